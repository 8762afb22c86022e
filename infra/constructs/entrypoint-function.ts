import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime, RuntimeFamily, type Code } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HANDLER, NODE_MAJOR, type Entrypoint } from '../bundles/entrypoints.ts';
import { acknowledge } from './acknowledged.ts';
import type { AlarmAction } from './alarm-action.ts';
import type { ObjectPermission } from './object-permission.ts';

/** What a role may do. */
export type Permission = PolicyStatement | ObjectPermission;

/** What is uploaded for a Lambda. */
export type CodeOf = (entrypoint: Entrypoint) => Code;

export interface EntrypointFunctionProps {
  readonly entrypoint: Entrypoint;
  /** Where others know it by its name; elsewhere CloudFormation finds one. */
  readonly functionName?: string;
  readonly description: string;
  readonly codeOf: CodeOf;
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** All that the role may do, beside writing to the log. */
  readonly permissions: readonly Permission[];
  readonly alarms: AlarmAction;
  /** Where it has no other way to refuse: its errors are no reason for an alarm. */
  readonly refusesByErrors?: true;
}

/** A Lambda of `src/entrypoints/lambda` with a role and a log of its own, and alarms for its failures. */
export class EntrypointFunction extends Construct {
  readonly function: Function;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: EntrypointFunctionProps) {
    super(scope, id);
    const {
      entrypoint,
      functionName,
      description,
      codeOf,
      timeout,
      memoryMb,
      environment,
      permissions,
      alarms,
      refusesByErrors,
    } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const writeLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    this.role = new Role(this, 'Role', {
      description: `What ${entrypoint} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      // Inline, so that it is complete before anything that needs it is made.
      inlinePolicies: {
        work: new PolicyDocument({ statements: [writeLog, ...permissions.map(statementOf)], minimize: true }),
      },
    });
    acknowledge(this.role, Object.fromEntries(permissions.flatMap(findingOf)));
    this.function = new Function(this, 'Function', {
      ...(functionName !== undefined && { functionName }),
      description,
      runtime: new Runtime(`nodejs${NODE_MAJOR}.x`, RuntimeFamily.NODEJS, { supportsInlineCode: true }),
      architecture: Architecture.X86_64,
      handler: HANDLER,
      code: codeOf(entrypoint),
      role: this.role,
      logGroup,
      memorySize: memoryMb,
      timeout,
      environment: { ...environment },
    });
    const { stackName } = Stack.of(this);
    const period = Duration.minutes(5);
    if (!refusesByErrors) {
      alarms.above(this, 'Errors', {
        metric: this.function.metricErrors({ period }),
        threshold: 0,
        description: `${stackName}: ${entrypoint} fails. Its log says why.`,
      });
    }
    alarms.above(this, 'Throttles', {
      metric: this.function.metricThrottles({ period }),
      threshold: 0,
      description: `${stackName}: ${entrypoint} is throttled. The account runs as many Lambdas at once as it may.`,
    });
  }
}

function statementOf(permission: Permission): PolicyStatement {
  return permission instanceof PolicyStatement ? permission : permission.statement;
}

function findingOf(permission: Permission): [string, string][] {
  return permission instanceof PolicyStatement ? [] : [[permission.finding, permission.reason]];
}

import { Aws, CfnOutput, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  ApiDefinition,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ApiDocument } from '../api/api-document.ts';
import { gatewayResponses } from '../api/gateway-responses.ts';
import { restApiBody } from '../api/rest-api-body.ts';
import { acknowledge } from './acknowledged.ts';
import type { AlarmAction } from './alarm-action.ts';
import type { ApiGuard } from './api-guard.ts';
import type { EntrypointFunction } from './entrypoint-function.ts';
import { invocationUri } from './invocation-uri.ts';

export interface ServiceApiProps {
  readonly name: string;
  /** The parts of the interface, and what serves each. */
  readonly parts: readonly { readonly document: ApiDocument; readonly by: EntrypointFunction }[];
  readonly guard: ApiGuard;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly alarms: AlarmAction;
}

const API_GATEWAY = new ServicePrincipal('apigateway.amazonaws.com');
const STAGE = 'live';
// A stage takes so many requests a second, and so many at once, before it says 429.
const REQUESTS_PER_SECOND = 200;
const BURST = 400;

/** A service's REST API: one stage, throttled, whose every request is a line of its access log. */
export class ServiceApi extends Construct {
  constructor(scope: Construct, id: string, props: ServiceApiProps) {
    super(scope, id);
    const { name, parts, guard, stageVariables, alarms } = props;
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const body = restApiBody({
      title: name,
      parts: parts.map(({ document, by }) => ({ document, integration: proxyTo(by) })),
      gatewayResponses: gatewayResponses(guard.access),
      guard: guard.requirement,
      securitySchemes: guard.securitySchemes,
      fillIn: (template) => Fn.sub(template),
    });
    const api = new SpecRestApi(this, 'RestApi', {
      restApiName: name,
      apiDefinition: ApiDefinition.fromInline(body),
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        throttlingRateLimit: REQUESTS_PER_SECOND,
        throttlingBurstLimit: BURST,
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        metricsEnabled: true,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: ACCESS_LOG_FORMAT,
        ...(stageVariables && { variables: { ...stageVariables } }),
      },
    });
    acknowledge(api, {
      'AwsSolutions-APIG2': 'Lambdas check parameters and bodies, and say of each fault where it is.',
      'AwsSolutions-APIG3':
        "A firewall is the account's to choose and to pay for; callers are known and throttled.",
      'AwsSolutions-APIG6':
        'The access log has every request and what failed of it. The other log has paths and queries, for ever.',
    });
    for (const by of new Set(parts.map((part) => part.by))) {
      by.function.addPermission('Api', {
        principal: API_GATEWAY,
        sourceArn: api.arnForExecuteApi('*', '/*', STAGE),
      });
    }
    guard.authorizer?.function.addPermission('Api', {
      principal: API_GATEWAY,
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: api.restApiId,
        // API Gateway names its authorizers itself.
        resourceName: 'authorizers/*',
      }),
    });
    alarms.above(this, 'ServerErrors', {
      metric: api.metricServerError({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 0,
      description: `${name} answers with 5xx. Its access log says to what, the logs of its Lambdas say why.`,
    });
    // The one that CDK makes says the same without its name.
    api.node.tryRemoveChild('Endpoint');
    new CfnOutput(this, 'Url', {
      // Without the slash of `api.url`: paths begin with one.
      value: `https://${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${api.deploymentStage.stageName}`,
      description: `Where ${name} is served`,
    });
  }
}

// No paths and no queries: they may hold what a log should not keep.
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTime(),
    ip: AccessLogField.contextIdentitySourceIp(),
    caller: AccessLogField.contextAuthorizerPrincipalId(),
    user: AccessLogField.contextIdentityUser(),
    method: AccessLogField.contextHttpMethod(),
    route: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    bytes: AccessLogField.contextResponseLength(),
    ms: AccessLogField.contextResponseLatency(),
    error: AccessLogField.contextErrorResponseType(),
  }),
);

function proxyTo(called: EntrypointFunction): object {
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: invocationUri(called),
    passthroughBehavior: 'when_no_match',
  };
}

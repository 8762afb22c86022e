import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal, type CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiDocument } from '../api/api-document.ts';
import { AlarmAction } from '../constructs/alarm-action.ts';
import { apiGuard } from '../constructs/api-guard.ts';
import { CursorSecret } from '../constructs/cursor-secret.ts';
import { encryptionKey } from '../constructs/encryption-key.ts';
import { EntrypointFunction, type CodeOf } from '../constructs/entrypoint-function.ts';
import { FailuresBucket } from '../constructs/failures-bucket.ts';
import { invokerPolicy } from '../constructs/invoker-policy.ts';
import { RegistryTable } from '../constructs/registry-table.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { StreamConsumer } from '../constructs/stream-consumer.ts';
import { statisticsFunctionName } from '../constructs/function-name.ts';
import { namedTopic } from '../constructs/topic-name.ts';
import { TopicSubscription } from '../constructs/topic-subscription.ts';
import { addServiceAlarms } from '../observability/service-alarms.ts';
import { ServiceDashboard } from '../observability/service-dashboard.ts';
import { TABLE_ACCESS } from '../permissions.ts';
import type { Settings } from '../settings.ts';
import { STATISTICS_TABLE } from '../tables.ts';

export interface StatisticsStackProps extends StackProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  /** What the Lambda of the interface says that it serves, and what API Gateway serves without one. */
  readonly document: ApiDocument;
}

const API_TIMEOUT = Duration.seconds(20);
const STREAM_TIMEOUT = Duration.minutes(1);
const TOPIC_TIMEOUT = Duration.seconds(30);
// A metric that becomes ranked has a board of all companies to make.
const METRIC_TIMEOUT = Duration.minutes(15);
const DIRECT_TIMEOUT = Duration.minutes(15);

/** The statistics service: figures of companies, under the names that a topic tells it. */
export class StatisticsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, codeOf, document, ...props }: StatisticsStackProps) {
    super(scope, id, { description: 'Company Registry: company statistics', ...props });
    const alarms = new AlarmAction(this, 'Alarms');
    const events = namedTopic(this, 'CompanyEventsTopicName');
    const observations = namedTopic(this, 'CompanyObservationsTopicName');

    const key = encryptionKey(this, 'Key', 'Company statistics');
    const table = new RegistryTable(this, 'Statistics', {
      definition: STATISTICS_TABLE,
      capacity: settings.capacity,
      key,
    });
    const cursors = new CursorSecret(this, 'CursorSecret', key);
    const failures = new FailuresBucket(this, 'Failures', key);
    const { delivery } = settings;
    const ofTopic = { delivery, timeout: TOPIC_TIMEOUT, alarms };
    const followed = new TopicSubscription(this, 'Events', { topicArn: events.topicArn, ...ofTopic });
    const observed = new TopicSubscription(this, 'Observations', {
      topicArn: observations.topicArn,
      ...ofTopic,
    });

    const ofRoutes = { ...cursors.environment, ACCESS: settings.access };
    const onTable = { STATISTICS_TABLE: table.table.tableName };
    const api = new EntrypointFunction(this, 'StatisticsApi', {
      entrypoint: 'statistics-api',
      description: 'API Gateway → statistics',
      codeOf,
      timeout: API_TIMEOUT,
      memoryMb: 1024,
      environment: { ...onTable, ...ofRoutes },
      permissions: [...table.allow(TABLE_ACCESS['statistics-api']), ...cursors.allow()],
      alarms,
    });
    const direct = new EntrypointFunction(this, 'StatisticsDirect', {
      entrypoint: 'statistics-direct',
      functionName: statisticsFunctionName(this),
      description: 'Direct invocation → statistics',
      codeOf,
      timeout: DIRECT_TIMEOUT,
      memoryMb: 1024,
      environment: { ...onTable, ...ofRoutes },
      permissions: [...table.allow(TABLE_ACCESS['statistics-direct']), ...cursors.allow()],
      alarms,
    });
    const follower = new EntrypointFunction(this, 'CompanyEvents', {
      entrypoint: 'company-events',
      description: 'Topic of company events → statistics',
      codeOf,
      timeout: TOPIC_TIMEOUT,
      memoryMb: 512,
      environment: onTable,
      permissions: [...table.allow(TABLE_ACCESS['company-events']), ...followed.allow()],
      alarms,
    });
    const observer = new EntrypointFunction(this, 'CompanyObservations', {
      entrypoint: 'company-observations',
      description: 'Topic of observations → statistics',
      codeOf,
      timeout: TOPIC_TIMEOUT,
      memoryMb: 512,
      environment: onTable,
      permissions: [...table.allow(TABLE_ACCESS['company-observations']), ...observed.allow()],
      alarms,
    });
    const ofStream = [...table.allowStream(), ...failures.allowWriting()];
    const projector = new EntrypointFunction(this, 'StatisticsChanges', {
      entrypoint: 'statistics-changes',
      description: 'Stream of the statistics table → boards, aggregates and identifiers',
      codeOf,
      timeout: STREAM_TIMEOUT,
      memoryMb: 512,
      environment: onTable,
      permissions: [...table.allow(TABLE_ACCESS['statistics-changes']), ...ofStream],
      alarms,
    });
    const metricProjector = new EntrypointFunction(this, 'MetricChanges', {
      entrypoint: 'metric-changes',
      description: 'Stream of the statistics table → boards of a metric whose definition has changed',
      codeOf,
      timeout: METRIC_TIMEOUT,
      memoryMb: 512,
      environment: onTable,
      permissions: [...table.allow(TABLE_ACCESS['metric-changes']), ...ofStream],
      alarms,
    });

    followed.deliverTo(follower, 0);
    observed.deliverTo(observer, 1);
    // Batches spare the boards writes; a definition changes seldom, and alone.
    new StreamConsumer(this, 'Projector', {
      table,
      failures,
      alarms,
      filter: 'statisticsChanges',
      consumer: projector,
      batchWindowS: 1,
    });
    new StreamConsumer(this, 'MetricProjector', {
      table,
      failures,
      alarms,
      filter: 'metricChanges',
      consumer: metricProjector,
      batchWindowS: 1,
    });

    this.#summaryReader(table);
    new ServiceApi(this, 'Api', {
      name: 'company-statistics',
      parts: [{ document, by: api }],
      guard: apiGuard(this, { access: settings.access, service: 'statistics', codeOf, alarms }),
      stageVariables: { statisticsTable: table.table.tableName },
      alarms,
    });
    const invokers = invokerPolicy(this, 'Invoker', direct);

    addServiceAlarms(this, 'statistics', alarms);
    new ServiceDashboard(this, 'Overview', 'statistics');

    new CfnOutput(this, 'TableName', { value: table.table.tableName });
    new CfnOutput(this, 'CursorSecretArn', { value: cursors.environment.CURSOR_SECRET_ARN });
    new CfnOutput(this, 'DirectFunctionName', { value: direct.function.functionName });
    new CfnOutput(this, 'InvokerPolicyArn', { value: invokers.managedPolicyArn });
  }

  /** What API Gateway is where it reads the table with no Lambda. The route's integration knows it by this name. */
  #summaryReader(table: RegistryTable): void {
    const role = new Role(this, 'SummaryReader', {
      description: 'What API Gateway may do without a Lambda',
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      inlinePolicies: {
        work: new PolicyDocument({ statements: table.allow({ table: ['Query'], indexes: [] }) }),
      },
    });
    (role.node.defaultChild as CfnRole).overrideLogicalId('StatisticsReader');
  }
}

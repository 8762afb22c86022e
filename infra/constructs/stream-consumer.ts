import { Duration, Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { STREAM_FILTERS } from '../stream-filters.ts';
import type { AlarmAction } from './alarm-action.ts';
import type { EntrypointFunction } from './entrypoint-function.ts';
import type { FailuresBucket } from './failures-bucket.ts';
import type { RegistryTable } from './registry-table.ts';

export interface StreamConsumerProps {
  readonly table: RegistryTable;
  readonly filter: keyof typeof STREAM_FILTERS;
  readonly consumer: EntrypointFunction;
  readonly failures: FailuresBucket;
  /** How long a batch may wait to become larger. */
  readonly batchWindowS: number;
  readonly alarms: AlarmAction;
}

const BATCH = 100;
// Lambda waits longer each time, up to a minute or so: what is wrong in passing has passed by then.
const RETRIES = 30;
const OLDEST = Duration.minutes(15);
/** A stream forgets its records after a day. */
const KEPT_BY_STREAM = Duration.days(1);

/** A table's stream → a Lambda. What fails is halved down to the record at fault, which in the end goes to a bucket. */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { table, filter, consumer, failures, batchWindowS, alarms } = props;
    const mapping = new CfnEventSourceMapping(this, 'Mapping', {
      eventSourceArn: table.streamArn,
      functionName: consumer.function.functionArn,
      startingPosition: 'TRIM_HORIZON',
      filterCriteria: { filters: [{ pattern: patternOf([STREAM_FILTERS[filter]].flat()) }] },
      batchSize: BATCH,
      maximumBatchingWindowInSeconds: batchWindowS,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ['ReportBatchItemFailures'],
      maximumRetryAttempts: RETRIES,
      maximumRecordAgeInSeconds: KEPT_BY_STREAM.toSeconds(),
      destinationConfig: { onFailure: { destination: failures.bucket.bucketArn } },
      metricsConfig: { metrics: ['EventCount'] },
    });
    mapping.node.addDependency(consumer.role);

    const { stackName } = Stack.of(this);
    alarms.above(this, 'IteratorAge', {
      metric: consumer.function.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
      threshold: OLDEST.toMilliseconds(),
      description: `${stackName}: ${id} is more than ${OLDEST.toMinutes()} minutes behind its stream, which forgets after a day.`,
    });
    alarms.above(this, 'GivenUp', {
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'OnFailureDestinationDeliveredEventCount',
        dimensionsMap: { EventSourceMappingUUID: mapping.ref },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 0,
      description: `${stackName}: ${id} gave up records, which are in ${failures.node.id}. The audit mends what they meant.`,
    });
  }
}

/** In the language of event source mappings: the records of items whose sort keys begin with one of these. */
function patternOf(prefixes: readonly string[]): string {
  return JSON.stringify({ dynamodb: { Keys: { sk: { S: prefixes.map((prefix) => ({ prefix })) } } } });
}

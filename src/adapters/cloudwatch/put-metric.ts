import { CloudWatchClient, PutMetricDataCommand, type StandardUnit } from '@aws-sdk/client-cloudwatch';

/** The client of CloudWatch; an endpoint is one on this machine, which knows no credentials. */
export function cloudWatchClient({ endpoint }: { readonly endpoint?: string } = {}): CloudWatchClient {
  return new CloudWatchClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
}

export interface Datum {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: StandardUnit;
  readonly value: number;
}

/** Tells one value of a metric, for what has no log of which CloudWatch makes metrics. */
export async function putMetric(
  client: CloudWatchClient,
  { namespace, name, dimensions, unit, value }: Datum,
): Promise<void> {
  await client.send(
    new PutMetricDataCommand({
      Namespace: namespace,
      MetricData: [
        {
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          Unit: unit,
          Value: value,
        },
      ],
    }),
  );
}

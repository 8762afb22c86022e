import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  MetricDefinitions,
  ProjectionProgress,
} from '../../../application/statistics/ports/metric-definitions.ts';
import { isSame } from '../../../domain/shared/equality.ts';
import type { Backoff } from '../../../domain/shared/time.ts';
import type { MetricDefinition } from '../../../domain/statistics/metric-definition.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { batchGet } from '../batch-get.ts';
import { answerOf } from '../errors.ts';
import { writeAll } from '../write-all.ts';
import { metricDefinitionOf, projectionProgressOf } from './metric-definition-item.ts';
import { putAtRevision } from './put-at-revision.ts';
import { metricKey, metricProgressKey } from './statistics-keys.ts';

export class DynamoDbMetricDefinitions implements MetricDefinitions {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly backoff: Backoff = fullJitter,
  ) {}

  async find(metric: string, consistency: 'eventual' | 'strong'): Promise<MetricDefinition | undefined> {
    const request = new GetCommand({
      TableName: this.tableName,
      Key: metricKey(metric),
      ConsistentRead: consistency === 'strong',
    });
    const { Item } = await answerOf(() => this.client.send(request), this.backoff);
    return Item && metricDefinitionOf(Item);
  }

  async definitionsOf(metrics: readonly string[]): Promise<ReadonlyMap<string, MetricDefinition>> {
    const keys = [...new Set(metrics)].map(metricKey);
    const items = await batchGet(this.client, this.tableName, keys, this.backoff);
    return new Map(items.map(metricDefinitionOf).map((definition) => [definition.metric, definition]));
  }

  async save(definition: MetricDefinition): Promise<boolean> {
    const { metric, revision } = definition;
    const write = putAtRevision(this.tableName, metricKey(metric), revision - 1, definition);
    const [refusal] = (await writeAll(this.client, [write], this.backoff)) ?? [];
    if (refusal === undefined) return true;
    // A write whose answer was lost, and that was sent again, finds itself.
    return refusal.found !== undefined && isSame(metricDefinitionOf(refusal.found), definition);
  }

  async progressOf(metric: string): Promise<ProjectionProgress | undefined> {
    const request = new GetCommand({
      TableName: this.tableName,
      Key: metricProgressKey(metric),
      ConsistentRead: true,
    });
    const { Item } = await answerOf(() => this.client.send(request), this.backoff);
    return Item && projectionProgressOf(Item);
  }

  async saveProgress(metric: string, progress: ProjectionProgress): Promise<void> {
    const request = new PutCommand({
      TableName: this.tableName,
      Item: { ...metricProgressKey(metric), ...progress },
    });
    await answerOf(() => this.client.send(request), this.backoff);
  }
}

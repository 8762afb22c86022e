import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TrackedSeries } from '../../../application/statistics/ports/tracked-series.ts';
import { companyIdOf, type CompanyId } from '../../../domain/shared/company-id.ts';
import type { Figures } from '../../../domain/statistics/figures.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import { allEntries } from '../all-items.ts';
import { batchGet } from '../batch-get.ts';
import { companyIdIn, companyPk, key, partsOf } from '../keys.ts';
import { query } from '../query.ts';
import { seriesOf } from './series-item.ts';
import { SERIES_PREFIX, seriesKeyOf } from './statistics-keys.ts';

export class DynamoDbTrackedSeries implements TrackedSeries {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    /** How far the index of everything may be behind. */
    readonly lagMs: number,
  ) {}

  async figuresOf(wanted: readonly CompanySeries[]): Promise<readonly (Figures | undefined)[]> {
    const keys = wanted.map(({ companyId, series }) => seriesKeyOf(companyId, series));
    const found = await batchGet(this.client, this.tableName, keys);
    const byKey = new Map(found.map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]));
    return keys.map(({ pk, sk }) => {
      const item = byKey.get(`${pk} ${sk}`);
      return item && seriesOf(item).figures;
    });
  }

  async ofCompany(companyId: CompanyId): Promise<readonly Series[]> {
    const series: Series[] = [];
    const found = query(this.client, {
      TableName: this.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': companyPk(companyId), ':prefix': SERIES_PREFIX },
      ProjectionExpression: 'sk',
      ConsistentRead: true,
    });
    for await (const { sk } of found) series.push(seriesIn(String(sk)));
    return series;
  }

  async *ofMetric(metric: string, after?: CompanyId): AsyncGenerator<CompanySeries> {
    const prefix = `${SERIES_PREFIX}${key(metric, '')}`;
    for await (const { pk, sk } of allEntries(this.client, this.tableName, after)) {
      if (sk.startsWith(prefix)) yield { companyId: companyIdOf(companyIdIn(pk)), series: seriesIn(sk) };
    }
  }
}

function seriesIn(sk: string): Series {
  const [metric = '', unit = ''] = partsOf(sk.slice(SERIES_PREFIX.length));
  return { metric, unit };
}

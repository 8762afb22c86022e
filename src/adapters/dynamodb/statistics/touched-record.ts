import type { DynamoDBRecord } from 'aws-lambda';
import type { Touched } from '../../../application/statistics/project-statistics.ts';
import { companyIdOf } from '../../../domain/shared/company-id.ts';
import { companyIdIn, partsOf, type ItemKey } from '../keys.ts';
import { metricKey, SERIES_PREFIX, seriesKeyOf, SUMMARY, summaryKey } from './statistics-keys.ts';

/** What a record of the statistics stream says has changed. @throws Error where it is neither a summary nor a series */
export function touchedOf({ dynamodb }: DynamoDBRecord): Touched {
  const pk = dynamodb?.Keys?.['pk']?.S ?? '';
  const sk = dynamodb?.Keys?.['sk']?.S ?? '';
  const companyId = companyIdOf(companyIdIn(pk));
  if (sk === SUMMARY) {
    const before = dynamodb?.OldImage?.['requestId']?.S;
    const requestId = dynamodb?.NewImage?.['requestId']?.S;
    return { companyId, ...(requestId !== undefined && requestId !== before && { requestId }) };
  }
  const [metric, unit] = sk.startsWith(SERIES_PREFIX) ? partsOf(sk.slice(SERIES_PREFIX.length)) : [];
  if (metric === undefined || unit === undefined) throw new Error(`${sk} is no summary and no series.`);
  return { companyId, series: { metric, unit } };
}

/** The metric whose definition a record says has changed. @throws Error where it says nothing of a metric */
export function metricOf({ dynamodb }: DynamoDBRecord): string {
  const [, metric] = partsOf(dynamodb?.Keys?.['pk']?.S ?? '');
  if (metric === undefined) throw new Error('The record is not of a metric.');
  return metric;
}

/** The record that a table's stream would tell a write by: the adapters in memory have no table. Its images have no more than somebody looks at. */
export function recordOfStatisticsChange(
  change: Touched | { readonly metric: string },
  sequenceNumber: string,
): DynamoDBRecord {
  const { pk, sk } = keyOf(change);
  return {
    eventName: 'MODIFY',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: sk } },
      ...('requestId' in change && { NewImage: { requestId: { S: change.requestId } } }),
      SequenceNumber: sequenceNumber,
    },
  };
}

function keyOf(change: Touched | { readonly metric: string }): ItemKey {
  if ('metric' in change) return metricKey(change.metric);
  return change.series ? seriesKeyOf(change.companyId, change.series) : summaryKey(change.companyId);
}

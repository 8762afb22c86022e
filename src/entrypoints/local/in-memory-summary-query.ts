import { companyIdIn } from '../../adapters/dynamodb/keys.ts';
import { summaryItems } from '../../adapters/dynamodb/statistics/summary-items.ts';
import type { Action } from '../../adapters/local/integration-handler.ts';
import type { SeriesReadings } from '../../application/statistics/ports/series-readings.ts';
import { companyIdOf } from '../../domain/shared/company-id.ts';

interface SummaryQuery {
  readonly ExpressionAttributeValues?: { readonly ':pk': { readonly S: string } };
  readonly Limit?: number;
}

/** The one Query of the direct route where there is no engine: what DynamoDB would answer. */
export function inMemorySummaryQuery(readings: Pick<SeriesReadings, 'summary'>): Action {
  return async (body) => {
    const { ExpressionAttributeValues: values, Limit: limit } = JSON.parse(body) as SummaryQuery;
    if (values === undefined || limit === undefined) return { status: 400, body: REFUSAL };
    const companyId = companyIdOf(companyIdIn(values[':pk'].S));
    // The company's own item counts too.
    const summary = await readings.summary(companyId, { limit: limit - 1 }, 'eventual');
    const Items = summary ? summaryItems(companyId, summary) : [];
    return { status: 200, body: JSON.stringify({ Items, ...(summary?.next && { LastEvaluatedKey: {} }) }) };
  };
}

const REFUSAL = JSON.stringify({ __type: 'com.amazon.coral.validate#ValidationException' });

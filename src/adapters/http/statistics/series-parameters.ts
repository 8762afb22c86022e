import type { NameSeries } from '../../../application/statistics/name-series.ts';
import { InvalidInput, type Violation } from '../../../domain/shared/errors.ts';
import { checkMetric, SERIES_BOUNDS, unitOf, type Series } from '../../../domain/statistics/series.ts';
import type { ApiRequest } from '../api-request.ts';
import { inPath, inQuery } from '../invalid-request.ts';
import type { Parameter } from '../route.ts';

export interface SeriesNaming {
  readonly nameSeries: Pick<NameSeries, 'execute' | 'executeRanked'>;
}

export const METRIC: Parameter = {
  in: 'path',
  name: 'metric',
  description: 'What is observed: a slug, such as price or revenues-3m.',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: SERIES_BOUNDS.metric },
  example: 'price',
};

export const UNIT: Parameter = {
  in: 'query',
  name: 'unit',
  description:
    'The unit of the series, as it was recorded. Without it, the unit of the definition of the metric is meant; where that says none, the unit is required.',
  schema: { type: 'string', minLength: 1, maxLength: SERIES_BOUNDS.unit },
  example: 'USD',
};

/** The metric in the path. @throws InvalidRequest */
export function metricParameter(request: ApiRequest): string {
  const metric = request.path('metric');
  const violations: Violation[] = [];
  checkMetric(metric, ['metric'], violations);
  if (violations.length > 0) throw inPath(new InvalidInput(violations));
  return metric;
}

/** The metric in the query. @throws InvalidRequest */
export function metricIn({ query: { metric } }: ApiRequest): string | undefined {
  const violations: Violation[] = [];
  if (metric !== undefined) checkMetric(metric, ['metric'], violations);
  if (violations.length > 0) throw inQuery(new InvalidInput(violations));
  return metric;
}

/** @throws InvalidRequest */
export function unitIn({ query: { unit } }: ApiRequest): string | undefined {
  if (unit === undefined) return undefined;
  const violations: Violation[] = [];
  const normal = unitOf(unit, ['unit'], violations);
  if (violations.length > 0) throw inQuery(new InvalidInput(violations));
  return normal;
}

/** The series that a request means. @throws InvalidRequest, MetricNotRanked where only a ranked one will do */
export async function namedSeries(
  { nameSeries }: SeriesNaming,
  request: ApiRequest,
  metric: string,
  only?: 'ranked',
): Promise<Series> {
  const unit = unitIn(request);
  try {
    return await (only ? nameSeries.executeRanked(metric, unit) : nameSeries.execute(metric, unit));
  } catch (error) {
    throw error instanceof InvalidInput ? inQuery(error) : error;
  }
}

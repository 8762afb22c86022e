import type { Cursors } from '../cursors.ts';
import { guarded } from '../guarded-routes.ts';
import type { GuardedRoute } from '../route.ts';
import { aggregateRoutes, type AggregateUseCases } from './aggregate-routes.ts';
import { metricRoutes, type MetricUseCases } from './metric-routes.ts';
import { observationRoutes, type ObservationUseCases } from './observation-routes.ts';
import { rankingRoutes, type RankingUseCases } from './ranking-routes.ts';
import { seriesRoutes, type SeriesUseCases } from './series-routes.ts';
import { summaryRoutes, type SummaryUseCases } from './summary-routes.ts';

export type StatisticsUseCases = SummaryUseCases &
  ObservationUseCases &
  SeriesUseCases &
  RankingUseCases &
  AggregateUseCases &
  MetricUseCases;

/** The HTTP interface of the statistics service. */
export function statisticsRoutes(service: StatisticsUseCases, cursors: Cursors): GuardedRoute[] {
  return guarded('statistics', [
    ...summaryRoutes(service, cursors),
    ...observationRoutes(service),
    ...seriesRoutes(service, cursors),
    ...rankingRoutes(service, cursors),
    ...aggregateRoutes(service, cursors),
    ...metricRoutes(service),
  ]);
}

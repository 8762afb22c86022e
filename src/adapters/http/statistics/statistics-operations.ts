import type { Fault } from '../invalid-request.ts';
import { inBody, inPath, inQuery, WHOLE_BODY, type OperationTable } from '../invocation/operation.ts';
import type { AggregatePageDto } from './aggregate-routes.ts';
import type { MetricBody, MetricDto } from './metric-routes.ts';
import type { StatedObservationDto } from './observation-body.ts';
import type { RankingPageDto } from './ranking-routes.ts';
import type { RecordingResultsDto } from './recording.ts';
import type { SeriesDto } from './series-representation.ts';
import type { SummaryDto } from './summary-representation.ts';
import type { PendingListDto, RedrivenDto } from './upkeep-routes.ts';

interface Paging {
  readonly limit?: number;
  readonly cursor?: string;
}

/** What the statistics service does when it is invoked directly. */
export interface StatisticsOperations {
  /** The summary of a company. */
  readonly get: {
    readonly input: { readonly companyId: string; readonly atLeastVersion?: number } & Paging;
    readonly result: SummaryDto;
  };
  readonly recordObservations: {
    /** Values are texts: the digits of a number may be lost before it arrives. */
    readonly input: {
      readonly companyId: string;
      readonly observations: readonly Readonly<StatedObservationDto>[];
    };
    readonly result: RecordingResultsDto;
  };
  readonly series: {
    readonly input: {
      readonly companyId: string;
      readonly metric: string;
      readonly unit?: string;
      readonly granularity?: 'raw' | 'month' | 'quarter' | 'year';
      readonly from?: string;
      readonly to?: string;
    } & Paging;
    readonly result: SeriesDto;
  };
  readonly rank: {
    readonly input: {
      readonly metric: string;
      readonly unit?: string;
      readonly order?: 'asc' | 'desc';
      readonly country?: string;
      readonly industry?: string;
    } & Paging;
    readonly result: RankingPageDto;
  };
  readonly aggregates: {
    readonly input: {
      readonly dimension: 'country' | 'industry';
      readonly metric?: string;
      readonly unit?: string;
    } & Paging;
    readonly result: AggregatePageDto;
  };
  readonly defineMetric: {
    readonly input: { readonly metric: string; readonly definition: MetricBody };
    readonly result: MetricDto;
  };
  readonly redrive: {
    readonly input: { readonly since?: string; readonly id?: string };
    readonly result: RedrivenDto;
  };
  readonly listPending: {
    readonly input: { readonly limit?: number };
    readonly result: PendingListDto;
  };
}

const PAGING = { limit: inQuery('limit'), cursor: inQuery('cursor') };
const COMPANY = { companyId: inPath('companyId') };
const METRIC = { metric: inPath('metric'), unit: inQuery('unit') };

export const STATISTICS_OPERATIONS: OperationTable<StatisticsOperations> = {
  get: { route: 'readSummary', places: { ...COMPANY, atLeastVersion: inQuery('atLeastVersion'), ...PAGING } },
  recordObservations: {
    route: 'recordObservations',
    places: { ...COMPANY, observations: inBody('observations') },
    faultsIn: ({ observations }) => numbersIn(observations),
  },
  series: {
    route: 'readSeries',
    places: {
      ...COMPANY,
      ...METRIC,
      granularity: inQuery('granularity'),
      from: inQuery('from'),
      to: inQuery('to'),
      ...PAGING,
    },
  },
  rank: {
    route: 'rankCompanies',
    places: {
      ...METRIC,
      order: inQuery('order'),
      country: inQuery('country'),
      industry: inQuery('industry'),
      ...PAGING,
    },
  },
  aggregates: {
    route: 'aggregateCompanies',
    places: {
      dimension: inPath('dimension'),
      metric: inQuery('metric'),
      unit: inQuery('unit'),
      ...PAGING,
    },
  },
  defineMetric: { route: 'defineMetric', places: { metric: inPath('metric'), definition: WHOLE_BODY } },
  redrive: { route: 'redrive', places: { since: inBody('since'), id: inBody('id') } },
  listPending: { route: 'listPending', places: { limit: inQuery('limit') } },
};

/** Whoever parsed the input made doubles of its numbers: nobody can tell any more which digits they had. */
function numbersIn(observations: unknown): Fault[] {
  if (!Array.isArray(observations)) return [];
  return observations.flatMap((observation: unknown, index) =>
    isRecord(observation) && typeof observation['value'] === 'number'
      ? [
          {
            pointer: `/observations/${index}/value`,
            detail:
              'must be a text, such as "12.5": the digits of a number may have been lost on the way here',
          },
        ]
      : [],
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

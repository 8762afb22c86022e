import type { ListEarlierReports } from '../../../application/statistics/list-earlier-reports.ts';
import type { ReadSeries, SeriesQuery } from '../../../application/statistics/read-series.ts';
import type { ApiRequest } from '../api-request.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import type { Cursors } from '../cursors.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { nextCursorOf, pageBody, pageRequestOf, PAGING, pagingBy } from '../paging.ts';
import type { Parameter, Route } from '../route.ts';
import { METRIC, metricParameter, namedSeries, UNIT, type SeriesNaming } from './series-parameters.ts';
import { SERIES } from './series-paths.ts';
import {
  GRANULARITIES,
  observationRepresentation,
  pointRepresentation,
  ReportPageDto,
  SERIES_POINTS,
  SeriesDto,
  type Granularity,
} from './series-representation.ts';
import { TIME_RANGE, timeRangeOf } from './time-range-parameters.ts';

export interface SeriesUseCases extends SeriesNaming {
  readonly readSeries: Pick<ReadSeries, 'raw' | 'byPeriod'>;
  readonly listEarlierReports: Pick<ListEarlierReports, 'execute'>;
}

const REPORTS = `${SERIES}/reports`;
const TAG = 'Series';
const GRANULARITY: Parameter = {
  in: 'query',
  name: 'granularity',
  description: 'What a point stands for: an observation (raw), or all those of a month, a quarter or a year.',
  schema: { type: 'string', enum: GRANULARITIES, default: 'raw' },
  example: 'month',
};

export function seriesRoutes(service: SeriesUseCases, cursors: Cursors): Route[] {
  return [
    {
      method: 'GET',
      path: SERIES,
      operationId: 'readSeries',
      tag: TAG,
      summary: 'Read a series of a company',
      description:
        'The observations, or what those of each month, quarter or year come to. A point is in the range if what it stands for begins in it: with from=2024-03-15 the month 2024-03 is not. A known company without such a series has no points; one of which nothing at all is known, or that was removed, is a 404.',
      parameters: [COMPANY_ID, METRIC, GRANULARITY, UNIT, ...TIME_RANGE, ...pagingBy(SERIES_POINTS)],
      responses: { 200: { description: 'A page of the series.', dto: SeriesDto, example: EXAMPLE } },
      problems: [404],
      handle: async (request) => {
        const granularity = granularityOf(request);
        const query = await seriesQueryOf(service, request);
        const { companyId, series } = query;
        const list = [...listOf(SERIES, query), granularity];
        const asked = await pageRequestOf(request, list, cursors, SERIES_POINTS);
        const page = await (granularity === 'raw'
          ? service.readSeries.raw(query, asked)
          : service.readSeries.byPeriod(query, granularity, asked));
        const { companyName, excluded } = page;
        const points = page.items.map(pointRepresentation);
        const { metric, unit } = series;
        const cursor = await nextCursorOf(page, list, cursors);
        return {
          status: 200,
          body: { companyId, companyName, metric, unit, granularity, points, excluded, ...cursor },
        };
      },
    },
    {
      method: 'GET',
      path: REPORTS,
      operationId: 'listEarlierReports',
      tag: TAG,
      summary: 'Read what was reported of a series before',
      description:
        'The reports that do not count: those of other values that were reported earlier, and of several that contradict each other all but one. What counts is in the series itself. The range is one of times of observation.',
      parameters: [COMPANY_ID, METRIC, UNIT, ...TIME_RANGE, ...PAGING],
      responses: {
        200: { description: 'A page of reports.', dto: ReportPageDto, example: { items: [EARLIER] } },
      },
      problems: [404],
      handle: async (request) => {
        const query = await seriesQueryOf(service, request);
        const list = listOf(REPORTS, query);
        const asked = await pageRequestOf(request, list, cursors);
        const page = await service.listEarlierReports.execute(query, asked);
        return { status: 200, body: await pageBody(page, observationRepresentation, list, cursors) };
      },
    },
  ];
}

async function seriesQueryOf(naming: SeriesNaming, request: ApiRequest): Promise<SeriesQuery> {
  const companyId = companyIdParameter(request);
  const metric = metricParameter(request);
  const range = timeRangeOf(request);
  return { companyId, range, series: await namedSeries(naming, request, metric) };
}

/** With the unit that is meant: a cursor is of no use after another one is. */
function listOf(route: string, { companyId, series, range }: SeriesQuery): unknown[] {
  return [route, companyId, series.metric, series.unit, range.from ?? null, range.to ?? null];
}

function granularityOf({ query }: ApiRequest): Granularity {
  const given = query['granularity'] ?? 'raw';
  const known = GRANULARITIES.find((each) => each === given);
  if (known === undefined)
    throw InvalidRequest.at('?granularity', `must be one of ${GRANULARITIES.join(', ')}`);
  return known;
}

const EXAMPLE = {
  companyId: COMPANY_ID.example,
  companyName: 'Apple Inc.',
  metric: 'price',
  unit: 'USD',
  granularity: 'month',
  points: [
    {
      period: '2026-01',
      count: 2,
      sum: '515.63',
      min: '256.26',
      max: '259.37',
      mean: '257.815',
      first: '256.26',
      last: '259.37',
    },
  ],
  excluded: 0,
};

const EARLIER = {
  observedAt: '2026-01-09T21:00:00.000Z',
  source: 'nasdaq',
  value: '259.73',
  reportedAt: '2026-01-09T21:01:00.000Z',
};

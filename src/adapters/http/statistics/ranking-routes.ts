import { ORDERS, type Order, type RankedCompany } from '../../../application/statistics/ports/rankings.ts';
import type { RankCompanies } from '../../../application/statistics/rank-companies.ts';
import { industryGroup, type Group } from '../../../domain/statistics/group.ts';
import type { ApiRequest } from '../api-request.ts';
import { COMPANY_ID } from '../company-id-parameter.ts';
import type { Cursors } from '../cursors.ts';
import { ListOf, Text, Whole } from '../dto.ts';
import { inOrder } from '../in-order.ts';
import { INDUSTRY, industryOf } from '../industry-parameter.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { pageBody, pageRequestOf, PAGING } from '../paging.ts';
import type { Parameter, Route } from '../route.ts';
import { METRIC, metricParameter, namedSeries, UNIT, type SeriesNaming } from './series-parameters.ts';

export interface RankingUseCases extends SeriesNaming {
  readonly rankCompanies: Pick<RankCompanies, 'execute'>;
}

const RANKING = '/v1/statistics/rankings/{metric}';

const ORDER: Parameter = {
  in: 'query',
  name: 'order',
  description: 'The highest value first, or the lowest.',
  schema: { type: 'string', enum: ORDERS, default: 'desc' },
  example: 'desc',
};
const COUNTRY: Parameter = {
  in: 'query',
  name: 'country',
  description: 'Only companies of this country, ISO 3166-1 alpha-2. Not together with industry.',
  schema: { type: 'string', minLength: 2, maxLength: 2 },
  example: 'US',
};
const OF_INDUSTRY: Parameter = {
  ...INDUSTRY,
  description: `Only companies of this industry: ${INDUSTRY.description} Not together with country.`,
};

class RankedCompanyDto {
  static readonly title: string = 'RankedCompany';

  @Whole('The place in the order. Companies of one value have places of their own, by their ids.', {
    minimum: 1,
  })
  rank!: number;

  @Text('The company.', { format: 'uuid' })
  companyId!: string;

  @Text('Its name, as replicated from the profiles service; null while it has not arrived.', {
    nullable: true,
  })
  companyName!: string | null;

  @Text('Its latest value. A decimal.')
  value!: string;

  @Text('When that was observed: a year, a month, a date or an instant.')
  observedAt!: string;
}

export class RankingPageDto {
  static readonly title: string = 'RankingPage';

  @ListOf(() => RankedCompanyDto, 'By latest value.', 100)
  items!: RankedCompanyDto[];

  @Text('Where the list goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

export function rankingRoutes(service: RankingUseCases, cursors: Cursors): Route[] {
  return [
    {
      method: 'GET',
      path: RANKING,
      operationId: 'rankCompanies',
      tag: 'Rankings',
      summary: 'Rank companies by their latest value',
      description:
        'Of a metric that is defined as ranked, over all companies, or within a country or an industry. Rankings follow what is recorded, renamed and moved within moments.',
      parameters: [METRIC, UNIT, ORDER, COUNTRY, OF_INDUSTRY, ...PAGING],
      responses: {
        200: { description: 'A page of the ranking.', dto: RankingPageDto, example: { items: [EXAMPLE] } },
      },
      problems: [404],
      handle: async (request) => {
        const metric = metricParameter(request);
        const order = orderOf(request);
        const group = groupOf(request);
        const series = await namedSeries(service, request, metric, 'ranked');
        const list = [RANKING, metric, series.unit, order, group?.dimension ?? null, group?.group ?? null];
        const asked = await pageRequestOf(request, list, cursors);
        const page = await service.rankCompanies.execute({ series, order, ...(group && { group }) }, asked);
        return { status: 200, body: await pageBody(page, rankedRepresentation, list, cursors) };
      },
    },
  ];
}

function rankedRepresentation({ latest, ...company }: RankedCompany): object {
  return inOrder(RankedCompanyDto, { ...company, ...latest });
}

function orderOf({ query }: ApiRequest): Order {
  const given = query['order'] ?? 'desc';
  const known = ORDERS.find((each) => each === given);
  if (known === undefined) throw InvalidRequest.at('?order', `must be one of ${ORDERS.join(', ')}`);
  return known;
}

function groupOf({ query: { country, industry } }: ApiRequest): Group | undefined {
  if (country !== undefined && industry !== undefined) {
    const detail = 'cannot be combined: give country or industry, or none of them';
    throw new InvalidRequest(['?country', '?industry'].map((pointer) => ({ pointer, detail })));
  }
  if (country !== undefined) return { dimension: 'country', group: countryCodeOf(country) };
  return industry === undefined
    ? undefined
    : { dimension: 'industry', group: industryGroup(industryOf(industry)) };
}

function countryCodeOf(country: string): string {
  if (/^[a-z]{2}$/i.test(country)) return country.toUpperCase();
  throw InvalidRequest.at('?country', 'must be an ISO 3166-1 alpha-2 country code, such as US');
}

const EXAMPLE = {
  rank: 1,
  companyId: COMPANY_ID.example,
  companyName: 'Apple Inc.',
  value: '259.37',
  observedAt: '2026-01-09T21:00:00.000Z',
};

import type { ReadSummary } from '../../../application/statistics/read-summary.ts';
import type { ApiRequest } from '../api-request.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import type { Cursors } from '../cursors.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { nextCursorOf, pageRequestOf, pagingBy } from '../paging.ts';
import { positiveInteger } from '../positive-integer.ts';
import type { Parameter, Route } from '../route.ts';
import { COMPANY_STATISTICS } from './series-paths.ts';
import { SUMMARY_SERIES, SummaryDto, summaryRepresentation } from './summary-representation.ts';

export interface SummaryUseCases {
  readonly readSummary: Pick<ReadSummary, 'execute'>;
}

const AT_LEAST_VERSION: Parameter = {
  in: 'query',
  name: 'atLeastVersion',
  description:
    'The version of the profile to see at least: until this service has it, the answer is a 409 not-yet-synced.',
  schema: { type: 'integer', minimum: 1 },
  example: '2',
};

export function summaryRoutes(service: SummaryUseCases, cursors: Cursors): Route[] {
  return [
    {
      method: 'GET',
      path: COMPANY_STATISTICS,
      operationId: 'readSummary',
      tag: 'Companies',
      summary: 'Read what statistics knows of a company',
      description:
        'Its name as replicated, and of each of its series what all observations come to. A company of which only observations have arrived has null for what its profile will say. A company that was removed is a 404, as is one of which nothing at all is known.',
      parameters: [COMPANY_ID, AT_LEAST_VERSION, ...pagingBy(SUMMARY_SERIES)],
      responses: { 200: { description: 'The company.', dto: SummaryDto, example: SUMMARY_EXAMPLE } },
      problems: [404, 409],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const list = [COMPANY_STATISTICS, companyId];
        const page = await pageRequestOf(request, list, cursors, SUMMARY_SERIES);
        const summary = await service.readSummary.execute(companyId, page, atLeastVersionOf(request));
        const body = {
          ...summaryRepresentation(companyId, summary),
          ...(await nextCursorOf(summary, list, cursors)),
        };
        return { status: 200, body };
      },
    },
  ];
}

function atLeastVersionOf({ query }: ApiRequest): number | undefined {
  if (query['atLeastVersion'] === undefined) return undefined;
  const version = positiveInteger(query['atLeastVersion']);
  if (version === undefined) throw InvalidRequest.at('?atLeastVersion', 'must be a whole number from 1');
  return version;
}

export const SUMMARY_EXAMPLE = {
  companyId: COMPANY_ID.example,
  companyName: 'Apple Inc.',
  status: 'active',
  countryCode: 'US',
  industry: { scheme: 'gics', code: '45202030', label: 'Technology Hardware, Storage & Peripherals' },
  replica: {
    profileVersion: 2,
    profileEpoch: 1,
    changedAt: '2026-01-09T18:30:00.000Z',
    syncedAt: '2026-01-09T18:30:00.042Z',
    lagMs: 42,
  },
  documents: { count: 2, bytes: 412_936, types: { 'application/pdf': 1, 'image/*': 1 } },
  series: [
    {
      metric: 'price',
      unit: 'USD',
      latest: { value: '259.37', observedAt: '2026-01-09T21:00:00.000Z' },
      count: 2,
      sum: '515.63',
      min: '256.26',
      max: '259.37',
      first: '256.26',
      last: '259.37',
    },
  ],
} as const;

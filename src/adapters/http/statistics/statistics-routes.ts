import type { FindTrackedCompany } from '../../../application/statistics/find-tracked-company.ts';
import type { TrackedCompany } from '../../../domain/statistics/tracked-company.ts';
import type { ApiRequest } from '../api-request.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import { inOrder } from '../in-order.ts';
import { ObjectOf, Text, Whole } from '../dto.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { positiveInteger } from '../positive-integer.ts';
import type { Parameter, Route } from '../route.ts';

export interface StatisticsUseCases {
  readonly findTrackedCompany: Pick<FindTrackedCompany, 'execute'>;
}

class TrackedIndustryDto {
  static readonly title: string = 'TrackedIndustry';

  @Text('The classification.')
  scheme!: string;

  @Text('The code within the classification.')
  code!: string;

  @Text('What the code means.')
  label!: string;
}

class ReplicaDto {
  static readonly title: string = 'Replica';

  @Whole('The version of the profile that this service has.', { minimum: 1 })
  profileVersion!: number;

  @Whole('Raised when the profiles were restored from a backup, after which versions went back.', {
    minimum: 1,
  })
  profileEpoch!: number;

  @Text('When the profile changed to it.', { format: 'date-time' })
  changedAt!: string;

  @Text('Since when this service has it.', { format: 'date-time' })
  syncedAt!: string;

  @Whole('syncedAt − changedAt, in milliseconds.')
  lagMs!: number;
}

class TrackedCompanyDto {
  static readonly title: string = 'TrackedCompany';

  @Text('The id, the same as in the profiles service.', { format: 'uuid' })
  companyId!: string;

  @Text('The name, as replicated from the profiles service.')
  companyName!: string;

  @Text('active, dormant or dissolved.')
  status!: string;

  @Text('ISO 3166-1 alpha-2.')
  countryCode!: string;

  @ObjectOf(() => TrackedIndustryDto, 'The industry.', { optional: true })
  industry?: TrackedIndustryDto;

  @ObjectOf(() => ReplicaDto, 'Which version of the profile this is, and since when.')
  replica!: ReplicaDto;
}

const AT_LEAST_VERSION: Parameter = {
  in: 'query',
  name: 'atLeastVersion',
  description:
    'The version of the profile to see at least: until this service has it, the answer is a 409 not-yet-synced.',
  schema: { type: 'integer', minimum: 1 },
  example: '2',
};

/** The HTTP interface of the statistics service. */
export function statisticsRoutes(service: StatisticsUseCases): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/statistics/companies/{companyId}',
      operationId: 'findTrackedCompany',
      tag: 'Statistics',
      summary: 'Read what statistics knows of a company',
      parameters: [COMPANY_ID, AT_LEAST_VERSION],
      responses: { 200: { description: 'The company.', dto: TrackedCompanyDto, example: EXAMPLE } },
      problems: [404, 409],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const company = await service.findTrackedCompany.execute(companyId, atLeastVersionOf(request));
        return { status: 200, body: trackedCompanyRepresentation(company) };
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

function trackedCompanyRepresentation({ companyId, facts, position, ...replica }: TrackedCompany): object {
  const { companyName, status, countryCode, industry } = facts;
  const { changedAt, syncedAt, lagMs } = replica;
  return {
    companyId,
    companyName,
    status,
    countryCode,
    industry: industry && inOrder(TrackedIndustryDto, industry),
    replica: { profileVersion: position.version, profileEpoch: position.epoch, changedAt, syncedAt, lagMs },
  };
}

const EXAMPLE = {
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
} as const;

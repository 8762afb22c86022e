import {
  AS_IDEMPOTENCY_KEY,
  AS_VERSION,
  inBody,
  inPath,
  inQuery,
  WHOLE_BODY,
  type OperationTable,
} from '../invocation/operation.ts';
import type { CompanyBody } from './company-body.ts';
import type { CompanyDto, CompanyPageDto } from './company-representation.ts';
import type { RevisionPageDto } from './revision-representation.ts';
import type { SnapshotsDto } from './snapshot-routes.ts';

type Defaults = 'status' | 'identifiers' | 'tags';

/** The facts of a company as a caller gives them. */
export type CompanyInput = Omit<CompanyBody, Defaults> & Partial<Pick<CompanyBody, Defaults>>;

/** Null removes a fact. */
export type CompanyChanges = { readonly [Fact in keyof CompanyInput]?: CompanyInput[Fact] | null };

interface Paging {
  readonly limit?: number;
  readonly cursor?: string;
}

/** What the profiles service does when it is invoked directly. */
export interface ProfilesOperations {
  readonly get: { readonly input: { readonly companyId: string }; readonly result: CompanyDto };
  readonly register: {
    readonly input: { readonly company: CompanyInput; readonly idempotencyKey?: string };
    readonly result: CompanyDto;
  };
  readonly change: {
    readonly input: {
      readonly companyId: string;
      readonly version: number;
      readonly changes: CompanyChanges;
    };
    readonly result: CompanyDto;
  };
  readonly rename: {
    readonly input: { readonly companyId: string; readonly version: number; readonly name: string };
    readonly result: CompanyDto;
  };
  readonly remove: {
    readonly input: { readonly companyId: string; readonly version: number };
    readonly result: null;
  };
  readonly list: {
    readonly input: {
      readonly name?: string;
      readonly country?: string;
      readonly industry?: string;
      readonly status?: string;
    } & Paging;
    readonly result: CompanyPageDto;
  };
  readonly revisions: {
    readonly input: { readonly companyId: string } & Paging;
    readonly result: RevisionPageDto;
  };
  readonly lookUpIdentifier: {
    readonly input: { readonly scheme: string; readonly value: string };
    readonly result: CompanyDto & { readonly others: readonly string[] };
  };
  readonly publishSnapshots: {
    readonly input: Readonly<Record<never, never>>;
    readonly result: SnapshotsDto;
  };
}

const PAGING = { limit: inQuery('limit'), cursor: inQuery('cursor') };
const VERSION_OF_COMPANY = { companyId: inPath('companyId'), version: AS_VERSION };

export const PROFILES_OPERATIONS: OperationTable<ProfilesOperations> = {
  get: { route: 'findCompany', places: { companyId: inPath('companyId') } },
  register: {
    route: 'registerCompany',
    places: { company: WHOLE_BODY, idempotencyKey: AS_IDEMPOTENCY_KEY },
  },
  change: { route: 'changeCompany', places: { ...VERSION_OF_COMPANY, changes: WHOLE_BODY } },
  rename: {
    route: 'changeCompany',
    places: { ...VERSION_OF_COMPANY, name: inBody('name') },
    faultsIn: ({ name }) =>
      typeof name === 'string' ? [] : [{ pointer: '/name', detail: 'must be a text: the new name' }],
  },
  remove: { route: 'removeCompany', places: VERSION_OF_COMPANY },
  list: {
    route: 'listCompanies',
    places: {
      name: inQuery('name'),
      country: inQuery('country'),
      industry: inQuery('industry'),
      status: inQuery('status'),
      ...PAGING,
    },
  },
  revisions: { route: 'listRevisions', places: { companyId: inPath('companyId'), ...PAGING } },
  lookUpIdentifier: {
    route: 'lookUpIdentifier',
    places: { scheme: inPath('scheme'), value: inPath('value') },
  },
  publishSnapshots: { route: 'publishSnapshots', places: {} },
};

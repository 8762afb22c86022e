import type { Entrypoint } from './bundles/entrypoints.ts';
import type { PROFILES_TABLE, STATISTICS_TABLE } from './tables.ts';

/** Actions that read or write items; of a transaction, those of its parts. */
export type TableAction =
  'BatchGetItem' | 'ConditionCheckItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';

type Index = (typeof PROFILES_TABLE | typeof STATISTICS_TABLE)['indexes'][number]['name'];

/** What a Lambda may do to the table of its service. An index can only be queried. */
export interface TableAccess {
  readonly table: readonly TableAction[];
  readonly indexes: readonly Index[];
}

export type ObjectAction = 'AbortMultipartUpload' | 'DeleteObject' | 'GetObject' | 'PutObject';

/** What a Lambda may do to the objects of the bucket. */
export interface BucketAccess {
  /** By what their keys begin with. */
  readonly objects: Readonly<Partial<Record<'documents/' | 'imports/', readonly ObjectAction[]>>>;
  /** Without it, S3 says of an object that is not there that it is forbidden. */
  readonly list: boolean;
}

const LISTS = ['by-name', 'by-country', 'by-industry'] as const;
const ALL_ACTIONS = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] as const;

/** What each Lambda does to its table, and no more: `test/infra/permissions.test.ts` has them do it. */
export const TABLE_ACCESS = {
  'profiles-api': { table: ALL_ACTIONS, indexes: LISTS },
  'profiles-direct': { table: ALL_ACTIONS, indexes: [...LISTS, 'all'] },
  'profile-revisions': { table: ['PutItem'], indexes: [] },
  'documents-api': { table: ['GetItem', 'PutItem', 'Query'], indexes: [] },
  'document-objects': { table: ['GetItem', 'PutItem'], indexes: [] },
  imports: {
    table: ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    indexes: [],
  },
  'statistics-api': {
    table: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'],
    indexes: ['by-value'],
  },
  'statistics-direct': { table: ALL_ACTIONS, indexes: ['by-value'] },
  'company-events': { table: ['GetItem', 'PutItem', 'UpdateItem'], indexes: [] },
  'company-observations': { table: ALL_ACTIONS, indexes: [] },
  'statistics-changes': { table: ALL_ACTIONS, indexes: [] },
  'metric-changes': { table: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem'], indexes: ['all'] },
} as const satisfies Partial<Record<Entrypoint, TableAccess>>;

/** The same of the bucket. */
export const BUCKET_ACCESS = {
  'documents-api': {
    objects: {
      'documents/': ['DeleteObject', 'GetObject', 'PutObject'],
      'imports/': ['GetObject', 'PutObject'],
    },
    list: false,
  },
  'document-objects': { objects: { 'documents/': ['DeleteObject', 'GetObject'] }, list: true },
  imports: {
    objects: { 'imports/': ['AbortMultipartUpload', 'DeleteObject', 'GetObject', 'PutObject'] },
    list: true,
  },
} as const satisfies Partial<Record<Entrypoint, BucketAccess>>;

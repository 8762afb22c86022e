/**
 * The tables, stated once: CDK deploys them, the local runtime creates them, the tests read them.
 * What their items are is told by the access-pattern table of docs/data-model.md.
 */
export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** The attributes that the index holds beside its keys and the table's; none: keys only. */
  readonly includes: readonly string[];
}

export interface TableDefinition {
  /** The name locally; a deployment may prefix it. */
  readonly name: string;
  readonly partitionKey: 'pk';
  readonly sortKey: 'sk';
  readonly indexes: readonly IndexDefinition[];
  readonly stream: 'NEW_AND_OLD_IMAGES';
  readonly timeToLiveAttribute: string;
}

// What a list shows of a company. No version and no times: a change of other facts touches no index.
const LISTED = ['companyId', 'name', 'status', 'countryCode', 'industry'];

export const PROFILES_TABLE = {
  name: 'company-profiles',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'by-name', partitionKey: 'nameKey', sortKey: 'foldedName', includes: LISTED },
    { name: 'by-country', partitionKey: 'countryKey', sortKey: 'foldedName', includes: LISTED },
    { name: 'by-industry', partitionKey: 'industryKey', sortKey: 'foldedName', includes: LISTED },
    { name: 'all', partitionKey: 'allKey', sortKey: 'companyId', includes: [] },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLiveAttribute: 'expiresAt',
} as const satisfies TableDefinition;

// What a ranking shows of a company.
const RANKED = ['companyName', 'value', 'observedAt'];

export const STATISTICS_TABLE = {
  name: 'company-statistics',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'all', partitionKey: 'allKey', sortKey: 'companyId', includes: [] },
    // Boards alone have a rankKey, and each board is a partition of its own in the table already.
    { name: 'by-value', partitionKey: 'pk', sortKey: 'rankKey', includes: RANKED },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLiveAttribute: 'expiresAt',
} as const satisfies TableDefinition;

/** The string attributes that keys and indexes are made of. */
export function keyAttributes(table: TableDefinition): string[] {
  const names = [
    table.partitionKey,
    table.sortKey,
    ...table.indexes.flatMap((i) => [i.partitionKey, i.sortKey]),
  ];
  return [...new Set(names)];
}

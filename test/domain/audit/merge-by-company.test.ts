import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AuditedCompany } from '../../../src/domain/audit/audited-company.ts';
import { driftOf } from '../../../src/domain/audit/drift.ts';
import { mergeByCompany, type KnownCompany, type Pair } from '../../../src/domain/audit/merge-by-company.ts';
import { companyIdAt, REGISTERED_AT } from '../../support/company-mother.ts';

const audited = fc.record({
  companyId: fc.integer({ min: 1, max: 12 }).map(companyIdAt),
  epoch: fc.integer({ min: 1, max: 2 }),
  version: fc.integer({ min: 1, max: 3 }),
  name: fc.constantFrom('A', 'B'),
  status: fc.constantFrom('active', 'dormant'),
  countryCode: fc.constantFrom('US', 'FR'),
  identifiers: fc.constantFrom([], [{ scheme: 'ticker', value: 'A' }]),
  removed: fc.boolean(),
  changedAt: fc.constant(REGISTERED_AT),
});

const sortedExport = fc
  .uniqueArray(audited, { selector: ({ companyId }) => companyId })
  .map((companies) => companies.sort((a, b) => (a.companyId < b.companyId ? -1 : 1)));

describe('merging two exports', () => {
  it('finds what comparing them company by company finds', async () => {
    await fc.assert(
      fc.asyncProperty(sortedExport, sortedExport, async (profiles, replicas) => {
        const merged = await collected(mergeByCompany(streamOf(profiles), streamOf(known(replicas))));
        expect(merged).toEqual(comparedByMaps(profiles, replicas));
        const found = (pairs: Pair[]) =>
          pairs.flatMap((pair) => driftOf({ ...pair, revisions: [1, 2, 3], discrepancies: [] }));
        expect(found(merged)).toEqual(found(comparedByMaps(profiles, replicas)));
      }),
    );
  });

  it.each([
    ['descends', [2, 1]],
    ['repeats a company', [1, 1]],
  ])('refuses an export that %s', async (_title, numbers) => {
    const unsorted = streamOf(numbers.map(companyNumber));
    await expect(collected(mergeByCompany(streamOf([]), unsorted))).rejects.toThrow(
      'The export of statistics is not in order',
    );
  });

  it('keeps a company of which statistics knows only figures', async () => {
    const [first, second] = [companyNumber(1), companyNumber(2)];
    const statistics = streamOf([{ companyId: first.companyId }, { companyId: second.companyId }]);
    expect(await collected(mergeByCompany(streamOf([second]), statistics))).toEqual([
      { companyId: first.companyId },
      { companyId: second.companyId, profile: second },
    ]);
  });

  it('ends both exports where its reader stops early', async () => {
    const ended: string[] = [];
    const endless = async function* (name: string): AsyncGenerator<AuditedCompany> {
      try {
        for (let number = 1; ; number++) yield companyNumber(number);
      } finally {
        ended.push(name);
      }
    };
    for await (const pair of mergeByCompany(endless('profiles'), endless('statistics'))) {
      if (pair.companyId === companyIdAt(3)) break;
    }
    expect(ended.sort()).toEqual(['profiles', 'statistics']);
  });
});

function comparedByMaps(profiles: readonly AuditedCompany[], replicas: readonly AuditedCompany[]): Pair[] {
  const left = new Map(profiles.map((company) => [company.companyId, company]));
  const right = new Map(replicas.map((company) => [company.companyId, company]));
  const ids = [...new Set([...left.keys(), ...right.keys()])].sort();
  return ids.map((companyId) => {
    const [profile, replica] = [left.get(companyId), right.get(companyId)];
    return { companyId, ...(profile && { profile }), ...(replica && { replica }) };
  });
}

/** As an export of statistics, which may know a company without its profile. */
function known(replicas: readonly AuditedCompany[]): KnownCompany[] {
  return replicas.map((replica) => ({ companyId: replica.companyId, replica }));
}

function companyNumber(number: number): AuditedCompany {
  return {
    companyId: companyIdAt(number),
    epoch: 1,
    version: 1,
    name: 'A',
    status: 'active',
    countryCode: 'US',
    identifiers: [],
    removed: false,
    changedAt: REGISTERED_AT,
  };
}

async function* streamOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

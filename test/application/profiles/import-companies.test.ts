import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { ImportCounts } from '../../../src/application/profiles/import-counts.ts';
import type { CompanyRepository } from '../../../src/application/profiles/ports/company-repository.ts';
import type { CompanyRows, ReadRow } from '../../../src/application/profiles/ports/company-rows.ts';
import { rename } from '../../../src/domain/profiles/company.ts';
import { IdentifierTaken } from '../../../src/domain/profiles/errors.ts';
import type { Identifier } from '../../../src/domain/shared/identifier.ts';
import type { RowFacts } from '../../../src/domain/profiles/import/company-row.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { RegistryInMemory } from '../../support/registry-in-memory.ts';

const CONTEXT = { requestId: 'import' };

type Line = readonly [name: string, identifiers: readonly Identifier[], facts?: RowFacts];

function position(rowNumber: number): ReadRow['position'] {
  return { rowNumber, line: rowNumber + 1, columns: [], cells: [] };
}

async function* rowsOf(lines: readonly Line[], error?: Error): CompanyRows & AsyncGenerator<ReadRow> {
  for (const [index, [name, identifiers, facts]] of lines.entries()) {
    const row = {
      identifiers: identifiers.map((identifier) => ({ ...identifier, onlySameName: false })),
      facts: { name, ...facts },
      defaults: { countryCode: 'US' },
      keepsKnown: false,
      observations: [],
    };
    yield { position: position(index + 1), row };
  }
  if (error) throw error;
}

const counts = (some: Partial<ImportCounts>): ImportCounts => ({
  created: 0,
  updated: 0,
  renamed: 0,
  unchanged: 0,
  rejected: 0,
  ...some,
});

const companies = (count: number): Line[] =>
  Array.from({ length: count }, (_, index) => [
    `Company ${index}`,
    [cikOf(index + 1), tickerOf(`T${index}`)],
  ]);

/** A repository of which some methods are replaced. */
function guarded(repository: CompanyRepository, other: Partial<CompanyRepository>): CompanyRepository {
  return {
    find: async (...call) => repository.find(...call),
    findAll: async (...call) => repository.findAll(...call),
    add: async (...call) => repository.add(...call),
    replace: async (...call) => repository.replace(...call),
    rewrite: async (...call) => repository.rewrite(...call),
    ...other,
  };
}

describe('importing companies', () => {
  it('changes nothing when the same file comes again', async () => {
    const { importCompanies, profiles } = new RegistryInMemory();
    const lines: Line[] = [
      ...companies(300),
      ['Alphabet (Class A)', [cikOf(9001), tickerOf('GOOGL')]],
      ...companies(300).map(([name, ids]): Line => [
        `${name} late`,
        [ids[0]!, tickerOf(`${ids[1]!.value}-B`)],
      ]),
      ['Alphabet (Class C)', [cikOf(9001), tickerOf('GOOG')]],
    ];
    expect(await importCompanies.execute(rowsOf(lines), CONTEXT)).toEqual(
      counts({ created: 301, updated: 301 }),
    );
    expect(await importCompanies.execute(rowsOf(lines), CONTEXT)).toEqual(counts({ unchanged: 602 }));
    expect(profiles.indexed()).toHaveLength(301);
  });

  it('names each company as the first of its rows, also where only what is stored shows that rows are one', async () => {
    const registry = new RegistryInMemory();
    const both: Line[] = [
      ['Alphabet', [cikOf(1), tickerOf('GOOGL')]],
      ['Other', [cikOf(1), tickerOf('GOOG')]],
    ];
    await registry.importCompanies.execute(rowsOf(both), CONTEXT);
    const tickersOnly: Line[] = [
      ['Class A', [tickerOf('GOOGL')]],
      ...companies(400).slice(200),
      ['Class C', [tickerOf('GOOG')]],
    ];
    const result = await registry.importCompanies.execute(rowsOf(tickersOnly), CONTEXT);
    expect(result).toEqual(counts({ created: 200, renamed: 1, unchanged: 1 }));
    expect(registry.bearerOf('ticker', 'GOOG')?.name).toBe('Class A');
  });

  it('joins what editions with tickers only have kept apart, and is stable after that', async () => {
    const registry = new RegistryInMemory();
    const older: Line[] = [
      ['Alphabet Class A', [tickerOf('GOOGL')]],
      ['Alphabet Class C', [tickerOf('GOOG')]],
    ];
    const newer: Line[] = [
      ['Class A', [cikOf(1), tickerOf('GOOGL')]],
      ['Class C', [cikOf(1), tickerOf('GOOG')]],
    ];
    for (const edition of [older, newer, older, newer]) {
      await registry.importCompanies.execute(rowsOf(edition), CONTEXT);
      const again = await registry.importCompanies.execute(rowsOf(edition), CONTEXT);
      expect(again).toEqual(counts({ unchanged: 2 }));
    }
    expect(registry.bearerOf('ticker', 'GOOG')).toMatchObject({
      name: 'Class A',
      identifiers: expect.arrayContaining([cikOf(1)]),
    });
  });

  it('ends in the same state wherever it is broken off, when it is run again', async () => {
    const lines = companies(300).flatMap(([name, ids]): Line[] => [
      [name, ids],
      [`${name} B`, [ids[0]!, tickerOf(`${name.slice(8)}B`)]],
    ]);
    const undisturbed = new RegistryInMemory();
    await undisturbed.importCompanies.execute(rowsOf(lines), CONTEXT);
    const state = (registry: RegistryInMemory): unknown =>
      lines.map(([, [cik]]) => {
        const { name, identifiers } = registry.bearerOf('cik', cik!.value)!;
        return { name, identifiers };
      });

    for (const rows of [1, 128, 129, 400]) {
      const registry = new RegistryInMemory();
      await registry.importCompanies.execute(rowsOf(lines.slice(0, rows)), CONTEXT);
      await registry.importCompanies.execute(rowsOf(lines), CONTEXT);
      expect(state(registry)).toEqual(state(undisturbed));
      expect(registry.companies).toHaveLength(300);
    }
  });

  it('stores what came before the end of a broken file, and says how much', async () => {
    const registry = new RegistryInMemory();
    let told: ImportCounts | undefined;
    const rows = rowsOf(companies(200), new Error('row 201 is broken'));
    const running = registry.importCompanies.execute(rows, CONTEXT, {
      progressed: (current) => (told = current),
    });
    await expect(running).rejects.toThrow('row 201 is broken');
    expect(told).toEqual(counts({ created: 200 }));
    expect(registry.companies).toHaveLength(200);
  });

  it('tells which rows were rejected, and goes on', async () => {
    const { importCompanies } = new RegistryInMemory();
    const rejected: [number, string][] = [];
    async function* rows(): AsyncGenerator<ReadRow> {
      yield* rowsOf([
        ['x'.repeat(201), [cikOf(1)]],
        ['Fine', [cikOf(2)]],
      ]);
      yield { position: position(3), violations: [{ path: ['cik'], detail: 'is no CIK' }] };
    }
    const result = await importCompanies.execute(rows(), CONTEXT, {
      rejected: ({ rowNumber }, [violation]) => void rejected.push([rowNumber, violation!.path.join('.')]),
    });
    expect(result).toEqual(counts({ created: 1, rejected: 2 }));
    expect(rejected).toEqual([
      [3, 'cik'],
      [1, 'name'],
    ]);
  });

  it('decides anew where someone else changes a company meanwhile', async () => {
    let interfere = true;
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        async replace(before, after, context) {
          if (interfere) {
            interfere = false;
            await repository.replace(
              before,
              { ...rename(before, 'Theirs', minutesLater(999)), website: 'https://theirs.example' },
              context,
            );
          }
          await repository.replace(before, after, context);
        },
      }),
    );
    await registry.importCompanies.execute(rowsOf([['Old', [cikOf(1)]]]), CONTEXT);
    expect(await registry.importCompanies.execute(rowsOf([['New', [cikOf(1)]]]), CONTEXT)).toEqual(
      counts({ renamed: 1 }),
    );
    expect(registry.bearerOf('cik', cikOf(1).value)).toMatchObject({
      name: 'New',
      website: 'https://theirs.example',
      version: 3,
    });
  });

  it('finds the company that someone else has registered meanwhile', async () => {
    let interfere = true;
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        async add(company, context) {
          if (interfere) {
            interfere = false;
            await repository.add(
              aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(777) }),
              context,
            );
          }
          return repository.add(company, context);
        },
      }),
    );
    const result = await registry.importCompanies.execute(rowsOf([['New', [cikOf(1)]]]), CONTEXT);
    expect(result).toEqual(counts({ renamed: 1 }));
    expect(registry.companies).toMatchObject([{ companyId: companyIdAt(777), name: 'New' }]);
  });

  it('rejects a row in the end whose identifier stays out of reach', async () => {
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        add: async ({ identifiers: [taken] }) =>
          Promise.reject(new IdentifierTaken(taken!, companyIdAt(777))),
      }),
    );
    const reasons: string[] = [];
    const result = await registry.importCompanies.execute(rowsOf([['New', [cikOf(1)]]]), CONTEXT, {
      rejected: (_position, [violation]) => void reasons.push(violation!.detail),
    });
    expect(result).toEqual(counts({ rejected: 1 }));
    expect(reasons).toEqual([`cik 0000000001 belongs to company ${companyIdAt(777)}.`]);
  });

  it('waits while the registry is unavailable, and takes for done what was done without an answer', async () => {
    let failures = 0;
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        async add(company, context) {
          const added = await repository.add(company, context);
          if (++failures <= 3) throw new Unavailable('no answer');
          return added;
        },
      }),
    );
    expect(await registry.importCompanies.execute(rowsOf(companies(5)), CONTEXT)).toEqual(
      counts({ created: 5 }),
    );
    expect(registry.writes).toBe(5);
    expect(registry.pauses).toEqual([50, 50, 50]);
  });

  it('gives up when the registry stays unavailable, and keeps the counts of what was stored', async () => {
    let added = 0;
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        add: async (company, context) =>
          ++added > 100 ? Promise.reject(new Unavailable('no answer')) : repository.add(company, context),
      }),
    );
    let told: ImportCounts | undefined;
    const running = registry.importCompanies.execute(rowsOf(companies(5000)), CONTEXT, {
      progressed: (current) => (told = current),
    });
    await expect(running).rejects.toThrow('no answer');
    expect(told).toEqual(counts({ created: 100 }));
    expect(registry.companies).toHaveLength(100);
  });

  it('decides no row on what is still being written', async () => {
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        async add(company, context) {
          await setImmediate();
          return repository.add(company, context);
        },
      }),
    );
    const tickersOnly = Array.from({ length: 300 }, (_, index): Line => [
      `Row ${index}`,
      [tickerOf(`T${index % 150}`)],
    ]);
    const result = await registry.importCompanies.execute(rowsOf(tickersOnly), CONTEXT);
    expect(result).toEqual(counts({ created: 150, unchanged: 150 }));
    expect(registry.bearerOf('ticker', 'T0')?.name).toBe('Row 0');
  });

  it('has several writes in flight, and never more than 32', async () => {
    let inFlight = 0;
    let most = 0;
    const registry = new RegistryInMemory((repository) =>
      guarded(repository, {
        async add(company, context) {
          most = Math.max(most, ++inFlight);
          await setImmediate();
          inFlight--;
          return repository.add(company, context);
        },
      }),
    );
    await registry.importCompanies.execute(rowsOf(companies(300)), CONTEXT);
    expect(most).toBe(32);
  });

  it('reads no further ahead than what it can write', async () => {
    let read = 0;
    let release = (): void => {};
    let isFull = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const full = new Promise<void>((resolve) => (isFull = resolve));
    const { importCompanies } = new RegistryInMemory((repository) =>
      guarded(repository, {
        async add(company, context) {
          if (company.name === 'Company 31') isFull();
          await released;
          return repository.add(company, context);
        },
      }),
    );
    async function* counted(): AsyncGenerator<ReadRow> {
      for await (const row of rowsOf(companies(2000))) {
        read++;
        yield row;
      }
    }
    const running = importCompanies.execute(counted(), CONTEXT);
    await full;
    expect(read).toBeLessThanOrEqual(256);
    release();
    expect(await running).toEqual(counts({ created: 2000 }));
  });
});

import { describe, expect, it } from '@jest/globals';
import type { ImportCounts, ObservationCounts } from '../../../src/application/profiles/import-counts.ts';
import type { CompanyRepository } from '../../../src/application/profiles/ports/company-repository.ts';
import type { ReadRow } from '../../../src/application/profiles/ports/company-rows.ts';
import type { ObservationSink } from '../../../src/application/profiles/ports/observation-sink.ts';
import { ProfileVersionConflict } from '../../../src/domain/profiles/errors.ts';
import type { StatedObservation } from '../../../src/domain/profiles/import/stated-observation.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { cikOf } from '../../support/company-mother.ts';
import { ObservationsInMemory } from '../../support/observations-in-memory.ts';
import { RegistryInMemory } from '../../support/registry-in-memory.ts';

const CONTEXT = { requestId: 'import' };

interface Line {
  readonly cik: number;
  readonly name?: string;
  readonly figures: readonly (Partial<StatedObservation> & Pick<StatedObservation, 'value'>)[];
}

async function* rowsOf(lines: readonly Line[]): AsyncGenerator<ReadRow> {
  for (const [index, { cik, name = `Company ${cik}`, figures }] of lines.entries()) {
    yield {
      position: { rowNumber: index + 1, line: index + 2, columns: [], cells: [] },
      row: {
        identifiers: [{ ...cikOf(cik), onlySameName: false }],
        facts: { name },
        defaults: { countryCode: 'US' },
        keepsKnown: false,
        observations: figures.map((figure) => ({
          metric: 'price',
          unit: 'USD',
          observedAt: '2024',
          source: 'test',
          ...figure,
        })),
      },
    };
  }
}

const counts = (some: Partial<ObservationCounts>): ObservationCounts => ({
  recorded: 0,
  unchanged: 0,
  corrected: 0,
  superseded: 0,
  conflict: 0,
  invalid: 0,
  ...some,
});

/** So many rows of one company, a figure for each of some years in each of them. */
const yearsOf = (cik: number, rows: number): Line[] =>
  Array.from({ length: rows }, (_, index) => ({
    cik,
    figures: [{ observedAt: String(1000 + index), value: String(index) }],
  }));

describe('importing observations', () => {
  it('records those of every row under its company, and nothing when the same file comes again', async () => {
    const registry = new RegistryInMemory();
    const sink = new ObservationsInMemory();
    const lines = Array.from({ length: 300 }, (_, index): Line => ({
      cik: index + 1,
      figures: [{ value: String(index) }, { metric: 'cap', value: '5' }],
    }));
    expect(await registry.importCompanies.execute(rowsOf(lines), CONTEXT, {}, sink)).toMatchObject({
      created: 300,
      observations: counts({ recorded: 600 }),
    });
    const company = registry.bearerOf('cik', cikOf(42).value)!;
    expect(sink.seriesOf(company.companyId, 'price')).toEqual({ '2024': '41' });
    expect(await registry.importCompanies.execute(rowsOf(lines), CONTEXT, {}, sink)).toMatchObject({
      unchanged: 300,
      observations: counts({ unchanged: 600 }),
    });
  });

  it('asks once for all rows of one company in a batch, in their order, and never twice at once', async () => {
    const registry = new RegistryInMemory();
    const sink = new ObservationsInMemory();
    const lines = yearsOf(1, 1000);
    expect(await registry.importCompanies.execute(rowsOf(lines), CONTEXT, {}, sink)).toMatchObject({
      created: 1,
      unchanged: 999,
      observations: counts({ recorded: 1000 }),
    });
    expect(sink.calls).toHaveLength(8);
    expect(sink.mostAtOnce).toEqual({ calls: 1, ofOneCompany: 1 });
    expect(sink.calls.flatMap(({ observations }) => observations.map(({ value }) => value))).toEqual(
      lines.map((_line, index) => String(index)),
    );
  });

  it('asks for several companies at once, and never more than 16', async () => {
    const sink = new ObservationsInMemory();
    const lines = Array.from({ length: 200 }, (_, index): Line => ({
      cik: (index % 50) + 1,
      figures: [{ value: '1' }],
    }));
    await new RegistryInMemory().importCompanies.execute(rowsOf(lines), CONTEXT, {}, sink);
    expect(sink.mostAtOnce).toEqual({ calls: 16, ofOneCompany: 1 });
  });

  it('tells corrections from what came too late, and refused ones by position and reason', async () => {
    const { importCompanies } = new RegistryInMemory();
    const refused: unknown[] = [];
    const figures: Line['figures'][] = [
      [{ value: '1', reportedAt: '2024-02-01' }],
      [{ value: '2', reportedAt: '2024-03-01' }],
      [{ value: '3', reportedAt: '2024-01-01' }],
      [
        { value: '4', reportedAt: '2024-03-01' },
        { metric: 'cap', value: 'Infinity' },
      ],
    ];
    const lines = figures.map((stated): Line => ({ cik: 1, figures: stated }));
    const result = await importCompanies.execute(
      rowsOf(lines),
      CONTEXT,
      {
        refused: ({ rowNumber }, { metric }, { status, detail }) =>
          void refused.push([rowNumber, metric, status, detail]),
      },
      new ObservationsInMemory(),
    );
    expect(result).toMatchObject({
      created: 1,
      unchanged: 3,
      rejected: 0,
      observations: counts({ recorded: 1, corrected: 1, superseded: 1, conflict: 1, invalid: 1 }),
    });
    expect(refused).toEqual([
      [4, 'price', 'conflict', '2 is known'],
      [4, 'cap', 'invalid', 'value: must be a decimal number'],
    ]);
  });

  it('records nothing of a row that is rejected', async () => {
    const sink = new ObservationsInMemory();
    const lines = [{ cik: 1, name: 'x'.repeat(201), figures: [{ value: '1' }] }];
    const { importCompanies } = new RegistryInMemory();
    expect(await importCompanies.execute(rowsOf(lines), CONTEXT, {}, sink)).toMatchObject({
      rejected: 1,
      observations: counts({}),
    });
    expect(sink.calls).toEqual([]);
  });

  it('records what belongs to a company that someone else changes meanwhile', async () => {
    let interfere = true;
    const registry = new RegistryInMemory((repository): CompanyRepository => ({
      find: async (...call) => repository.find(...call),
      findAll: async (...call) => repository.findAll(...call),
      replace: async (...call) => repository.replace(...call),
      rewrite: async (...call) => repository.rewrite(...call),
      async add(...call) {
        const added = await repository.add(...call);
        if (!interfere) return added;
        interfere = false;
        throw new ProfileVersionConflict(call[0].companyId, 0);
      },
    }));
    const sink = new ObservationsInMemory();
    const lines = [1, 2].map((value): Line => ({
      cik: 1,
      figures: [{ observedAt: `202${value}`, value: `${value}` }],
    }));
    const { observations } = await registry.importCompanies.execute(rowsOf(lines), CONTEXT, {}, sink);
    expect(observations).toEqual(counts({ recorded: 2 }));
    expect(sink.seriesOf(registry.companies[0]!.companyId, 'price')).toEqual({ '2021': '1', '2022': '2' });
  });

  it('asks again where the sink was unavailable', async () => {
    const registry = new RegistryInMemory();
    const kept = new ObservationsInMemory();
    let failures = 0;
    const sink: ObservationSink = {
      async record(...call) {
        if (++failures <= 2) throw new Unavailable('no answer');
        return kept.record(...call);
      },
    };
    expect(await registry.importCompanies.execute(rowsOf(yearsOf(1, 3)), CONTEXT, {}, sink)).toMatchObject({
      observations: counts({ recorded: 3 }),
    });
    expect(registry.pauses).toEqual([50, 100]);
  });

  it('ends where the sink fails, begins nothing after that, and tells what was recorded', async () => {
    const kept = new ObservationsInMemory();
    let calls = 0;
    const sink: ObservationSink = {
      async record(...call) {
        if (++calls > 2) throw new Error('the disk is full');
        return kept.record(...call);
      },
    };
    let told: ImportCounts | undefined;
    const running = new RegistryInMemory().importCompanies.execute(
      rowsOf(yearsOf(1, 128 * 200)),
      CONTEXT,
      { progressed: (current) => (told = current) },
      sink,
    );
    await expect(running).rejects.toThrow('the disk is full');
    expect(calls).toBe(3);
    expect(told!.observations).toEqual(counts({ recorded: 256 }));
    expect(kept.size).toBe(256);
    expect(told!.unchanged).toBeLessThan(128 * 100);
  });

  it('reads no further ahead than what waits to be recorded', async () => {
    let read = 0;
    let release = (): void => {};
    let isAsked = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const kept = new ObservationsInMemory();
    const sink: ObservationSink = {
      async record(...call) {
        if (read >= 4096) isAsked();
        await released;
        return kept.record(...call);
      },
    };
    async function* counted(): AsyncGenerator<ReadRow> {
      for await (const row of rowsOf(yearsOf(1, 9000))) {
        if (++read === 4096) isAsked();
        yield row;
      }
    }
    const running = new RegistryInMemory().importCompanies.execute(counted(), CONTEXT, {}, sink);
    await asked;
    // What could run on without an answer has run on by then.
    for (let turn = 0; turn < 1000; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBeLessThanOrEqual(4096 + 2 * 128);
    release();
    expect((await running).observations).toEqual(counts({ recorded: 9000 }));
  });

  it('is no import for rows with observations that nobody was given to record', async () => {
    const running = new RegistryInMemory().importCompanies.execute(rowsOf(yearsOf(1, 1)), CONTEXT);
    await expect(running).rejects.toThrow('nobody was given to record them');
  });

  it('tells no counts of observations where nobody records any', async () => {
    const { importCompanies } = new RegistryInMemory();
    const result = await importCompanies.execute(rowsOf([{ cik: 1, figures: [] }]), CONTEXT);
    expect(result).toEqual({ created: 1, updated: 0, renamed: 0, unchanged: 0, rejected: 0 });
  });
});

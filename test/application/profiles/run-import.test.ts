import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ImportTakenOver } from '../../../src/application/profiles/imports/import-work.ts';
import type { FoundImport } from '../../../src/application/profiles/imports/find-import.ts';
import { ImportNotFound } from '../../../src/domain/profiles/errors.ts';
import { rejectedKeyOf, uploadKeyOf } from '../../../src/domain/profiles/import/import-key.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { shortOrLong } from '../../support/test-length.ts';
import { importIdAt, Killed, UploadedImports, type Blow } from '../../support/uploaded-imports.ts';

const MAP = {
  identifiers: [{ scheme: 'ticker', column: 'ticker' }],
  company: { name: { column: 'name' }, countryCode: { constant: 'US' } },
  observations: {
    source: { constant: 'test' },
    unit: { constant: 'USD' },
    observedAt: { column: 'year' },
    metrics: [{ metric: { constant: 'revenues' }, value: { column: 'revenues' } }],
  },
};

/** Companies of one ticker each, some named again later under another name, a figure in each row, some rows wrong. */
function someRows(count: number): string {
  const lines = Array.from({ length: count }, (_, row) => {
    const company = row % 7 === 6 ? row - 5 : row;
    const name = row % 11 === 3 ? '' : `Company ${company}${row % 7 === 6 ? ' Inc' : ''}`;
    const revenues = row % 13 === 5 ? '=1+1' : String(row);
    return `${name},T${company},${2000 + (company % 3)},${revenues}`;
  });
  return ['name,ticker,year,revenues', ...lines].join('\n');
}

const ROWS = 24;
const FILE = someRows(ROWS);

/** What must be the same whatever happened on the way. Ids are new each time, and what is done again counts as unchanged. */
async function outcomeOf(system: UploadedImports): Promise<object> {
  const { report } = await system.find(importIdAt(1));
  if (report.status !== 'done') throw new Error(`It is ${report.status}.`);
  const { counts, rows, rowsInFile } = report.progress;
  const { created, updated, renamed, unchanged, rejected, observations = {} } = counts;
  const nameOf = new Map(system.registry.companies.map(({ companyId, name }) => [companyId, name]));
  return {
    rows,
    rowsInFile,
    accepted: created + updated + renamed + unchanged,
    rejected,
    observations: Object.values(observations).reduce((sum, count) => sum + count, 0),
    companies: system.registry.companies.map(({ name, identifiers }) => [name, identifiers]).sort(),
    figures: [...system.figures.all]
      .map(([key, { value }]) => [key.replace(/^\S+/, (id) => nameOf.get(id as never) ?? id), value])
      .sort(),
    objects: [...system.objects.objects.keys()].map((key) => key.replace(/^imports\/[^/]+\//, '')),
    rejectedRows: system.objects.textOf(rejectedKeyOf(importIdAt(1))),
  };
}

/** @param looks how often somebody may look at the time that is left before there is none, in each go */
async function played(blow: Blow | undefined, looks: number): Promise<UploadedImports> {
  const system = new UploadedImports();
  // A stretch of rows ends after two seconds.
  system.tickMs = 1000;
  system.blow = blow;
  let left = looks;
  const importId = await system.upload(FILE, MAP);
  await system.runToEnd(importId, () => {
    if (--left > 0) return 15 * 60_000;
    left = looks;
    return 0;
  });
  return system;
}

const reportOf = ({ report }: FoundImport): object => ({
  status: report.status,
  ...('reason' in report && { reason: report.reason }),
});

describe('an import by upload', () => {
  it('does what the command does, and says so', async () => {
    const system = new UploadedImports();
    const importId = await system.upload(FILE, MAP);
    expect((await system.find(importId)).report.status).toBe('waiting');
    expect(await system.run(importId)).toEqual({ outcome: 'done' });
    const { report, rejectedRows } = await system.find(importId);
    expect(report).toMatchObject({
      status: 'done',
      requestId: 'request-1',
      progress: {
        rows: ROWS,
        rowsInFile: ROWS,
        counts: { created: 19, updated: 0, renamed: 0, unchanged: 3, rejected: 2 },
      },
    });
    expect(rejectedRows?.url).toBe(`memory:${rejectedKeyOf(importId)}?a.csv.rejected.csv`);
    const [header, first, second] = system.objects.textOf(rejectedKeyOf(importId))!.split('\r\n');
    expect(header).toBe('row,line,field,reason,name,ticker,year,revenues');
    expect(first).toMatch(/^4,5,name,/);
    // What a spreadsheet would run is text.
    expect(second).toMatch(/^6,7,revenues,invalid: .*,"'=1\+1"$/);
  });

  it('goes on where it was when time was short, and comes to the same', async () => {
    const whole = await outcomeOf(await played(undefined, Infinity));
    expect(whole).toMatchObject({ rows: ROWS, accepted: 22, rejected: 2, objects: ['rejected.csv'] });
    for (const looks of [1, 2, 3, 7, 20])
      expect(await outcomeOf(await played(undefined, looks))).toEqual(whole);
  });

  it('comes to the same wherever its process is killed, before or after an effect of it', async () => {
    const unharmed = await played(undefined, 9);
    const whole = await outcomeOf(unharmed);
    expect(unharmed.effects).toBeGreaterThan(70);
    for (let at = 1; at <= unharmed.effects; at++) {
      for (const isDone of shortOrLong([at % 2 === 0], [false, true])) {
        const system = await played({ at, isDone }, 9);
        expect({ at, isDone, ...(await outcomeOf(system)) }).toEqual({ at, isDone, ...whole });
      }
    }
  });

  it('comes to the same when it is killed anywhere, however short its goes are', async () => {
    const whole = await outcomeOf(await played(undefined, Infinity));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 250 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 60 }),
        async (at, isDone, looks) => {
          expect(await outcomeOf(await played({ at, isDone }, looks))).toEqual(whole);
        },
      ),
      { numRuns: shortOrLong(20, 500) },
    );
  });
});

describe('two that are told of one import', () => {
  it('do not work on it at once: one of them comes again later', async () => {
    const system = new UploadedImports();
    const importId = await system.upload(FILE, MAP);
    const [one, other] = await Promise.allSettled([system.run(importId), system.run(importId)]);
    expect(one).toMatchObject({ status: 'fulfilled', value: { outcome: 'done' } });
    expect(other).toMatchObject({ status: 'rejected', reason: expect.any(ImportTakenOver) as unknown });
    expect(await system.run(importId)).toEqual({ outcome: 'ended' });
  });

  it('in one process do not either', async () => {
    const system = new UploadedImports();
    const importId = await system.upload(FILE, MAP);
    const alone = system.process(true);
    const time = { ms: () => 15 * 60_000 };
    const runs = await Promise.allSettled([alone.execute(importId, time), alone.execute(importId, time)]);
    expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('take over where the lease has ended, or where nobody else can be alive', async () => {
    const time = { ms: () => 15 * 60_000 };
    const brokenOff = async (): Promise<UploadedImports> => {
      const system = new UploadedImports();
      await system.upload(FILE, MAP);
      system.blow = { at: 20, isDone: true };
      await expect(system.run(importIdAt(1))).rejects.toThrow(Killed);
      system.blow = undefined;
      return system;
    };
    expect(await (await brokenOff()).process(true).execute(importIdAt(1), time)).toEqual({ outcome: 'done' });
    const system = await brokenOff();
    await expect(system.process().execute(importIdAt(1), time)).rejects.toThrow(ImportTakenOver);
    system.clock.advance(16 * 60_000);
    expect(await system.process().execute(importIdAt(1), time)).toEqual({ outcome: 'done' });
  });

  it('come to the same where one works on without knowing that its time is over', async () => {
    const whole = await outcomeOf(await played(undefined, Infinity));
    const system = new UploadedImports();
    system.tickMs = 1000;
    const importId = await system.upload(FILE, MAP);
    let goOn = (): void => {};
    const paused = new Promise<void>((resolve) => (goOn = resolve));
    const { figures } = system;
    let calls = 0;
    system.sink = {
      record: async (...given) => {
        if (++calls === 12) await paused;
        return figures.record(...given);
      },
    };
    const slow = system.run(importId);
    while (calls < 12) await new Promise((resolve) => setImmediate(resolve));
    system.sink = figures;
    system.clock.advance(60 * 60_000);
    expect(await system.run(importId)).toEqual({ outcome: 'done' });
    goOn();
    await expect(slow).rejects.toThrow(ImportTakenOver);
    // What the slow one kept for itself is nobody's: all that counts is as if it had not been.
    expect(await outcomeOf(system)).toMatchObject({ ...whole, objects: expect.anything() as unknown });
  });
});

describe('a file that was imported before', () => {
  it('is not imported again: the first report is the answer', async () => {
    const system = new UploadedImports();
    const first = await system.upload(FILE, MAP);
    await system.run(first);
    const { writes } = system.registry;
    // Written in another order, it is the same map.
    const map = Object.fromEntries(Object.entries(MAP).reverse());
    const second = await system.upload(FILE, map, 'other.csv');
    expect(await system.run(second)).toEqual({ outcome: 'repeated' });
    expect(system.registry.writes).toBe(writes);
    const [{ report }, again] = [await system.find(first), await system.find(second)];
    expect(again).toMatchObject({
      asked: { importId: second },
      report,
      rejectedRows: expect.anything() as unknown,
    });
    expect(system.objects.objects.has(uploadKeyOf(second))).toBe(false);
  });

  it('is imported again by another map, or as another file', async () => {
    const system = new UploadedImports();
    await system.run(await system.upload(FILE, MAP));
    const { observations: _, ...companies } = MAP;
    expect(await system.run(await system.upload(FILE, companies))).toEqual({ outcome: 'done' });
    expect(await system.run(await system.upload(`${FILE}\n`, MAP))).toEqual({ outcome: 'done' });
    expect(await system.run(await system.upload(FILE, MAP, 'a.tsv'))).toEqual({ outcome: 'done' });
  });

  it('has the report of the first one while this one is still on its way, and has it go on', async () => {
    const system = new UploadedImports();
    const first = await system.upload(FILE, MAP);
    await system.run(first, () => 0);
    expect(system.queue.splice(0)).toEqual([first]);
    const second = await system.upload(FILE, MAP);
    expect(await system.run(second)).toEqual({ outcome: 'repeated' });
    expect(reportOf(await system.find(second))).toEqual({ status: 'running' });
    expect(system.queue).toEqual([first]);
    await system.run(first);
    expect(reportOf(await system.find(second))).toEqual({ status: 'done' });
  });

  it('is imported anew where the first import failed', async () => {
    const system = new UploadedImports();
    const first = await system.upload(FILE, MAP);
    await system.run(first, () => 0);
    system.objects.objects.delete(uploadKeyOf(first));
    expect(await system.run(first)).toMatchObject({ outcome: 'failed' });
    expect(await system.run(await system.upload(FILE, MAP))).toEqual({ outcome: 'done' });
  });

  it('is imported anew where the first import is forgotten', async () => {
    const system = new UploadedImports();
    const first = await system.upload(FILE, MAP);
    await system.run(first);
    system.clock.advance(31 * 24 * 60 * 60_000);
    await expect(system.find(first)).rejects.toThrow(ImportNotFound);
    expect(await system.run(await system.upload(FILE, MAP))).toEqual({ outcome: 'done' });
  });
});

describe('a file that cannot be imported', () => {
  const bad: readonly (readonly [
    what: string,
    content: string | Uint8Array,
    reason: RegExp,
    map?: object,
  ])[] = [
    ['lacks a column that the map names', 'name,symbol\nAcme,A\n', /no column "ticker".*"name", "symbol"/],
    ['is a zip', Buffer.from('PK\x03\x04 and so on'), /ZIP archive.*unpack it/],
    [
      'has a line of more than 1 MB',
      `name,ticker\n${'x'.repeat(1_100_000)}`,
      /Row 1 .*more than 1048576 characters/,
    ],
    ['has a header of more than 1 MB', 'x'.repeat(1_100_000), /header has more than 1048576 characters/],
    [
      'is of another encoding',
      Buffer.concat([Buffer.from(`${FILE}\nCaf`), Buffer.from([0xe9])]),
      /not utf-8: line 26/,
    ],
    ['has a quote that is not closed', `${FILE}\n"open`, /never closed/],
    ['is binary', Buffer.from([1, 2, 0, 3]), /binary/],
    ['has only white space', '\n', /not even a header/],
    [
      'is named like no pattern of the map',
      FILE,
      /like no pattern/,
      {
        ...MAP,
        fileTime: ['{YYYY}.csv'],
        observations: { ...MAP.observations, observedAt: { fileTime: true } },
      },
    ],
  ];

  it.each(bad)(
    'because it %s fails with the reason, and nothing is stored',
    async (_what, content, reason, map = MAP) => {
      const system = new UploadedImports();
      system.objects.chunkBytes = 256 * 1024;
      const importId = await system.upload(content, map);
      expect(await system.run(importId)).toMatchObject({ outcome: 'failed' });
      const found = await system.find(importId);
      expect(reportOf(found)).toMatchObject({
        status: 'failed',
        reason: expect.stringMatching(reason) as unknown,
      });
      expect(found.rejectedRows).toBeUndefined();
      expect([system.registry.companies, system.figures.size, system.objects.objects.size]).toEqual([
        [],
        0,
        0,
      ]);
    },
  );

  it('because it is not of the size of its slot fails', async () => {
    const system = new UploadedImports();
    const importId = await system.request(10, MAP);
    system.objects.put(uploadKeyOf(importId), FILE);
    await system.run(importId);
    expect(reportOf(await system.find(importId))).toEqual({
      status: 'failed',
      reason: `The file has ${FILE.length} bytes, and its slot was for 10.`,
    });
  });

  it('because it is gone fails', async () => {
    const system = new UploadedImports();
    const importId = await system.request(10, MAP);
    await system.run(importId);
    expect(reportOf(await system.find(importId))).toEqual({
      status: 'failed',
      reason: 'The uploaded file is gone. Ask for a new slot, and upload it again.',
    });
  });

  it('because it is deleted half-way keeps what is done, and tells of what was rejected', async () => {
    const system = new UploadedImports();
    system.tickMs = 1000;
    const importId = await system.upload(FILE, MAP);
    let looks = 0;
    await system.run(importId, () => (++looks > 12 ? 0 : 15 * 60_000));
    system.objects.objects.delete(uploadKeyOf(importId));
    await system.run(importId);
    const { report, rejectedRows } = await system.find(importId);
    expect(report.status).toBe('failed');
    expect(report).toMatchObject({
      progress: { rows: 9, counts: { created: 7, unchanged: 1, rejected: 1 } },
    });
    expect(rejectedRows).toBeDefined();
    expect([...system.objects.objects.keys()]).toEqual([rejectedKeyOf(importId)]);
  });

  it('because something does not answer is tried five times, and then fails', async () => {
    const system = new UploadedImports();
    system.sink = {
      record: async () => {
        throw new Unavailable('The statistics service does not answer.');
      },
    };
    const importId = await system.upload(FILE, MAP);
    for (let attempt = 1; attempt < 5; attempt++) {
      await expect(system.run(importId)).rejects.toThrow(Unavailable);
      expect((await system.find(importId)).report.status).toBe('running');
    }
    expect(await system.run(importId)).toMatchObject({ outcome: 'failed' });
    expect(reportOf(await system.find(importId))).toMatchObject({
      reason: expect.stringMatching(
        /did not get on in 5 attempts. The statistics service does not/,
      ) as unknown,
    });
  });

  it('because its process dies of it, again and again, fails too', async () => {
    const system = new UploadedImports();
    const importId = await system.upload(FILE, MAP);
    for (let attempt = 0; attempt < 5; attempt++) {
      system.effects = 0;
      system.blow = { at: 2, isDone: false };
      await expect(system.run(importId)).rejects.toThrow();
      system.clock.advance(60 * 60_000);
    }
    system.blow = undefined;
    expect(await system.run(importId)).toMatchObject({ outcome: 'failed' });
  });
});

describe('what belongs to no import', () => {
  it('is deleted where there is no slot, or an old one', async () => {
    const system = new UploadedImports();
    system.objects.put(uploadKeyOf(importIdAt(9)), FILE);
    expect(await system.run(importIdAt(9))).toEqual({ outcome: 'unknown' });
    const importId = await system.upload(FILE, MAP);
    system.clock.advance(25 * 60 * 60_000);
    await expect(system.find(importId)).rejects.toThrow(ImportNotFound);
    expect(await system.run(importId)).toEqual({ outcome: 'unknown' });
    expect(system.objects.objects.size).toBe(0);
  });

  it('is deleted where a link is used again afterwards', async () => {
    const system = new UploadedImports();
    const importId = await system.upload('name,ticker,year,revenues\n', MAP);
    expect(await system.run(importId)).toEqual({ outcome: 'done' });
    system.objects.put(uploadKeyOf(importId), FILE);
    expect(await system.run(importId)).toEqual({ outcome: 'ended' });
    expect([system.objects.objects.size, system.registry.companies]).toEqual([0, []]);
  });
});

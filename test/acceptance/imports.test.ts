import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { placeFiles, rowsOf, type RawFile } from '../support/raw-files.ts';
import { RunningSystem } from '../support/running-system.ts';
import { PAY_GAPS } from '../support/statistics-files.ts';
import { shortOrLong } from '../support/test-length.ts';

interface Slot {
  readonly importId: string;
  readonly upload: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
  };
}

interface Report {
  readonly status: string;
  readonly reason?: string;
  readonly sameAs?: string;
  readonly progress: { readonly rows: number; readonly rowsInFile?: number };
  readonly counts: Record<'created' | 'updated' | 'renamed' | 'unchanged' | 'rejected', number> & {
    readonly observations?: Record<string, number>;
  };
  readonly rejectedRows?: { readonly url: string };
}

const CSV = 'text/csv';
const FILE = { ...PAY_GAPS, names: ['2017-18.csv'], taken: shortOrLong({ most: 25 }, {}) };

describe('imports by upload of the running system', () => {
  let system: RunningSystem;
  let place: string;
  let file: RawFile;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'imports-'));
    const { '2017-18.csv': sample = '' } = PAY_GAPS.samples;
    [file] = (await placeFiles(place, { ...FILE, samples: { '2017-18.csv': sample } })) as [RawFile];
    system = await RunningSystem.create();
    await system.start();
  });
  afterAll(async () => {
    await system.dispose();
    await rm(place, { recursive: true, force: true });
  });

  async function slotFor(size: number, map: string | object, fileName = '2017-18.csv'): Promise<Slot> {
    const { status, body } = await system.request('/v1/imports', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fileName, contentType: CSV, size, map }),
    });
    expect(status).toBe(201);
    return body as Slot;
  }
  const send = async ({ upload: { method, url, headers } }: Slot, body: string): Promise<number> =>
    (await fetch(url, { method, headers, body })).status;
  async function upload(content: string, map: string | object, fileName?: string): Promise<string> {
    const slot = await slotFor(Buffer.byteLength(content), map, fileName);
    expect(await send(slot, content)).toBe(200);
    return slot.importId;
  }
  const report = async (importId: string): Promise<Report> =>
    (await system.request(`/v1/imports/${importId}`)).body as Report;
  const ended = async (importId: string): Promise<Report> =>
    system.eventually(async () => {
      const told = await report(importId);
      return told.status === 'done' || told.status === 'failed' ? told : undefined;
    });

  it('go on where they were when the process is killed half-way, and come to every row once', async () => {
    const rows = rowsOf(file);
    const half = rows.filter(({ CompanyNumber }) => CompanyNumber).at(Math.floor(rows.length / 2) - 1)!;
    const number = half['CompanyNumber']!.padStart(8, '0');
    const importId = await upload(file.text, 'uk-pay-gap');
    await system.eventually(async () => {
      const { status } = await system.request(`/v1/identifiers/registration-number/${number}`);
      return status === 200 || undefined;
    });
    await system.killServer();
    await system.start();

    const { status, progress, counts, rejectedRows } = await ended(importId);
    const { observations = {}, rejected, ...accepted } = counts;
    const sumOf = (of: Record<string, number>): number => Object.values(of).reduce((sum, n) => sum + n, 0);
    expect({ status, progress, rejected, rejectedRows }).toEqual({
      status: 'done',
      progress: { rows: rows.length, rowsInFile: rows.length },
      rejected: 0,
      rejectedRows: undefined,
    });
    expect(sumOf(accepted)).toBe(rows.length);
    // As the command does it, nothing is left to do.
    const again = await system.json<Report['counts']>('import', file.path, '--map', 'uk-pay-gap');
    expect(again).toMatchObject({ created: 0, updated: 0, renamed: 0, unchanged: rows.length, rejected: 0 });
    expect(again.observations).toMatchObject({ recorded: 0, unchanged: sumOf(observations) });
    expect(await system.json('audit')).toMatchObject({ drift: 0 });

    const second = await ended(await upload(file.text, 'uk-pay-gap'));
    expect(second).toMatchObject({ status: 'done', sameAs: importId, counts });
  }, 3_600_000);

  it('tell what they rejected as a CSV of which nothing runs', async () => {
    const importId = await upload('name,countryCode,ticker\n=1+1,,A\nAcme,US,ACME\n', 'companies', 'a.csv');
    const { counts, rejectedRows } = await ended(importId);
    expect(counts).toMatchObject({ created: 1, rejected: 1 });
    const download = await fetch(rejectedRows!.url);
    expect(download.headers.get('content-disposition')).toContain('filename="a.csv.rejected.csv"');
    expect(await download.text()).toBe(
      'row,line,field,reason,name,countryCode,ticker\r\n1,2,countryCode,"is blank, and the company is new","\'=1+1",,A\r\n',
    );
  });

  it('fail with a reason where they cannot be read, and the system goes on', async () => {
    const reasonOf = async (content: string, map: string | object = 'companies'): Promise<string> => {
      const { status, reason = '', counts } = await ended(await upload(content, map, 'a.csv'));
      expect([status, counts.created]).toEqual(['failed', 0]);
      return reason;
    };
    expect(await reasonOf('PK\x03\x04 and so on')).toMatch(/ZIP archive/);
    expect(await reasonOf('name,country\nAcme,US\n')).toMatch(/no column "countryCode"/);
    const line = 'x'.repeat(shortOrLong(2_000_000, 50_000_000));
    expect(await reasonOf(`name,countryCode\n${line}`)).toMatch(/Row 1 .*more than 1048576 characters/);
    const slot = await slotFor(3, 'companies');
    expect(await send(slot, 'four')).toBe(413);
    expect((await report(slot.importId)).status).toBe('waiting');
    expect((await system.request('/health')).status).toBe(200);
  });
});

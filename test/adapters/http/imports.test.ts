import { readdir, readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SHIPPED_MAPS } from '../../../src/adapters/files/shipped-maps.ts';
import { StoredImportFiles } from '../../../src/adapters/files/stored-import-files.ts';
import { ImportCompanies } from '../../../src/application/profiles/import-companies.ts';
import { RunImport } from '../../../src/application/profiles/imports/run-import.ts';
import { importIdOf } from '../../../src/domain/profiles/import/file-import.ts';
import { uploadKeyOf } from '../../../src/domain/profiles/import/import-key.ts';
import { ObservationsInMemory } from '../../support/observations-in-memory.ts';
import { SequentialCompanyIds } from '../../support/sequential-company-ids.ts';
import { bothServices, type Answer, type BothServices } from './both-services.ts';

const MAPS = new URL('../../../maps/', import.meta.url);
const FILE = 'name,countryCode,ticker\nAcme,US,ACME\n=1+1,,X\n';
const BODY = { fileName: 'a.csv', contentType: 'text/CSV', size: FILE.length, map: 'companies' };

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

const request = async (body: object): Promise<Answer> => api.send('POST /v1/imports', { body });
const faultsOf = ({ body }: Answer): string[] =>
  (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);

/** What the bucket and the queue would have done. */
async function arrived(importId: unknown, content = FILE): Promise<void> {
  const { companies, identifiers, clock, imports } = api.profiles;
  const pause = { forMs: async () => {} };
  const id = importIdOf(String(importId));
  api.objects.put(uploadKeyOf(id), content);
  const run = new RunImport(
    {
      imports,
      files: new StoredImportFiles(api.objects, api.objects),
      importCompanies: new ImportCompanies(companies, identifiers, new SequentialCompanyIds(), clock, pause),
      observations: new ObservationsInMemory(),
      queue: { goOnWith: async () => {} },
      clock,
    },
    true,
  );
  await run.execute(id, { ms: () => 15 * 60_000 });
}

describe('an import', () => {
  it('is asked for, waits for its file, and has a report', async () => {
    const { status, headers, body } = await request(BODY);
    const { importId, upload } = body;
    expect([status, headers['location']]).toEqual([201, `/v1/imports/${String(importId)}`]);
    expect(upload).toMatchObject({ method: 'PUT', headers: { 'content-type': 'text/csv' } });
    expect((await api.send(`GET /v1/imports/${String(importId)}`)).body).toEqual({
      importId,
      ...BODY,
      contentType: 'text/csv',
      status: 'waiting',
      progress: { rows: 0 },
      counts: { created: 0, updated: 0, renamed: 0, unchanged: 0, rejected: 0 },
      requestedAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-01-02T00:00:00.000Z',
    });
    await arrived(importId);
    const report = {
      status: 'done',
      progress: { rows: 2, rowsInFile: 2 },
      counts: { created: 1, updated: 0, renamed: 0, unchanged: 0, rejected: 1 },
      rejectedRows: { url: expect.stringContaining('a.csv.rejected.csv') as unknown },
      finishedAt: '2026-01-01T00:00:00.000Z',
    };
    expect((await api.send(`GET /v1/imports/${String(importId)}`)).body).toMatchObject(report);

    const again = (await request({ ...BODY, fileName: 'b.csv' })).body['importId'];
    await arrived(again);
    const second = await api.send(`GET /v1/imports/${String(again)}`);
    expect(second.body).toMatchObject({ ...report, importId: again, fileName: 'b.csv', sameAs: importId });
  });

  it('says why it failed', async () => {
    const { importId } = (await request(BODY)).body;
    await arrived(importId, 'PK\x03\x04'.padEnd(FILE.length));
    const { body } = await api.send(`GET /v1/imports/${String(importId)}`);
    expect(body).toMatchObject({ status: 'failed', reason: expect.stringMatching(/ZIP archive/) as unknown });
  });

  it('takes a map of its own, whose numbers are numbers', async () => {
    const map = {
      identifiers: [{ scheme: 'ticker', column: 'ticker', apply: [{ split: '.', part: 1 }] }],
      company: { name: 'name', countryCode: 'countryCode' },
    };
    const { importId } = (await request({ ...BODY, map })).body;
    await arrived(importId);
    expect((await api.send(`GET /v1/imports/${String(importId)}`)).body).toMatchObject({ status: 'done' });
  });

  it('is refused with everything that is wrong', async () => {
    const wrong = { fileName: '../a', contentType: 'csv', size: 1_000_000_001, map: 'companies' };
    expect(faultsOf(await request(wrong))).toEqual(['/fileName', '/contentType', '/size']);
    expect(faultsOf(await request({ ...BODY, importId: 'x', map: 7 }))).toEqual(['/importId', '/map']);
    expect(faultsOf(await request({}))).toEqual(['/fileName', '/contentType', '/size', '/map']);
    const unknown = await request({ ...BODY, map: '__proto__' });
    expect(unknown.body['detail']).toMatch(
      /^\/map must be a map, or the name of one that ships: companies, /,
    );
    const company = { name: 'name', countryCode: { constant: 'US', apply: ['shout'] } };
    const identifiers = [{ scheme: 'ticker', column: 'ticker' }];
    expect(faultsOf(await request({ ...BODY, map: { identifiers, company } }))).toEqual([
      expect.stringMatching(/^\/map\/company\/countryCode/),
    ]);
    const describes = 'x'.repeat(50_000);
    const large = await request({ ...BODY, map: { describes, identifiers, company: { name: 'name' } } });
    expect(large.body['detail']).toMatch(/at most 50000 characters/);
  });

  it('that there is not is not found', async () => {
    const { status, body } = await api.send('GET /v1/imports/01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7');
    expect([status, body['type']]).toEqual([404, 'urn:company-registry:problem:import-not-found']);
    expect(faultsOf(await api.send('GET /v1/imports/what'))).toEqual(['{importId}']);
  });
});

describe('the maps that ship in the code', () => {
  it('are those of the folder', async () => {
    const files = (await readdir(MAPS)).filter((name) => name.endsWith('.json')).sort();
    expect(SHIPPED_MAPS.names.map((name) => `${name}.json`)).toEqual(files);
    for (const name of SHIPPED_MAPS.names) {
      const text = await readFile(new URL(`${name}.json`, MAPS), 'utf8');
      expect(SHIPPED_MAPS.find(name)).toEqual(JSON.parse(text));
    }
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { revisionOf } from '../../../src/domain/profiles/revision.ts';
import { companyIdOf } from '../../../src/domain/shared/company-id.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { change } from '../../../src/domain/profiles/company.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';
import { bothServices, type Answer, type BothServices } from './both-services.ts';

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

const GICS_BANKS = { scheme: 'gics', code: '4010', label: 'Banks' };

async function add(number: number, facts: Parameters<typeof aCompany>[0]): Promise<void> {
  const company = aCompany(facts, { companyId: companyIdAt(number) });
  await api.profiles.companies.add(company, { requestId: `request-${number}` });
}

function itemsOf({ body }: Answer): Record<string, unknown>[] {
  return body['items'] as Record<string, unknown>[];
}

describe('lists of companies', () => {
  beforeEach(async () => {
    await add(1, { name: 'Société Générale', countryCode: 'FR', industry: GICS_BANKS });
    await add(2, { name: 'Société du Tunnel', countryCode: 'FR', status: 'dormant' });
    await add(3, { name: 'SOCIETE X', countryCode: 'BE', industry: { ...GICS_BANKS, code: 'a:b' } });
    await add(4, { name: 'Acme', countryCode: 'US' });
  });

  it.each([
    ['', ['Acme', 'Société Générale', 'Société du Tunnel', 'SOCIETE X']],
    ['?status=dormant', ['Société du Tunnel']],
    ['?name=soci%C3%A9t%C3%A9%20', ['Société du Tunnel', 'Société Générale', 'SOCIETE X']],
    ['?name=SOCIETE+G', ['Société Générale']],
    ['?name=societe&status=active', ['Société Générale', 'SOCIETE X']],
    ['?country=fr', ['Société du Tunnel', 'Société Générale']],
    ['?industry=gics:4010', ['Société Générale']],
    ['?industry=gics:a:b', ['SOCIETE X']],
    ['?industry=GICS:4010', ['Société Générale']],
    ['?industry=gics:A:B', []],
    ['?industry=gics%3A9', []],
  ])('are asked for by %s', async (query, names) => {
    const answer = await api.send(`GET /v1/companies${query}`);
    expect(answer.status).toBe(200);
    expect(new Set(itemsOf(answer).map(({ name }) => name))).toEqual(new Set(names));
    expect(answer.body).not.toHaveProperty('nextCursor');
  });

  it('show the narrow facts', async () => {
    expect(itemsOf(await api.send('GET /v1/companies?industry=gics:4010'))).toEqual([
      {
        companyId: companyIdAt(1),
        name: 'Société Générale',
        status: 'active',
        countryCode: 'FR',
        industry: GICS_BANKS,
      },
    ]);
  });

  it('go on by cursors, whatever the limit', async () => {
    const names: unknown[] = [];
    let next: string | undefined;
    for (const limit of [1, 2, 3]) {
      const cursor: string = next === undefined ? '' : `&cursor=${next}`;
      const page = await api.send(`GET /v1/companies?name=s&limit=${limit}${cursor}`);
      names.push(...itemsOf(page).map(({ name }) => name));
      next = page.body['nextCursor'] as string | undefined;
      if (next === undefined) break;
    }
    expect(names).toEqual(['Société du Tunnel', 'Société Générale', 'SOCIETE X']);
  });

  it('refuse a cursor that was edited, or is of another list', async () => {
    const page = await api.send('GET /v1/companies?country=FR&limit=1');
    const cursor = String(page.body['nextCursor']);
    expect((await api.send(`GET /v1/companies?country=FR&cursor=${cursor}`)).status).toBe(200);
    const edited = (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1);
    for (const query of [
      `country=FR&cursor=${edited}`,
      `country=FR&cursor=${cursor}A`,
      `country=FR&cursor=${cursor.slice(0, -1)}`,
      `country=FR&cursor=${cursor}%3D`,
      `country=FR&cursor=%20${cursor}`,
      `country=BE&cursor=${cursor}`,
      `country=FR&status=active&cursor=${cursor}`,
      `cursor=${cursor}`,
    ]) {
      const answer = await api.send(`GET /v1/companies?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '?cursor' }] } });
    }
    const revisions = await api.send(`GET /v1/companies/${companyIdAt(1)}/revisions?cursor=${cursor}`);
    expect(revisions.status).toBe(400);
  });
});

describe('the history of a company', () => {
  const first = aCompany({ name: 'Before', website: 'https://example.org' });
  const second = change(first, { ...first, name: 'After' }, minutesLater(1));
  const path = `/v1/companies/${first.companyId}/revisions`;

  beforeEach(async () => {
    await api.profiles.revisions.append([
      revisionOf(undefined, first, 'request-1'),
      revisionOf(first, second),
    ]);
  });

  it('is newest first, and says what changed', async () => {
    const [newest, oldest, ...others] = itemsOf(await api.send(`GET ${path}`));
    expect(others).toEqual([]);
    expect(newest).toEqual({
      companyId: first.companyId,
      version: 2,
      revisedAt: minutesLater(1),
      removed: false,
      changed: ['name'],
      previous: { name: 'Before' },
      facts: {
        name: 'After',
        status: 'active',
        countryCode: 'US',
        website: 'https://example.org',
        identifiers: [],
        tags: [],
      },
    });
    expect(oldest).toMatchObject({
      version: 1,
      requestId: 'request-1',
      previous: {},
      facts: { name: 'Before' },
    });
  });

  it('goes on by cursors', async () => {
    const page = await api.send(`GET ${path}?limit=1`);
    expect(itemsOf(page)).toMatchObject([{ version: 2 }]);
    const rest = await api.send(`GET ${path}?limit=1&cursor=${String(page.body['nextCursor'])}`);
    expect(itemsOf(rest)).toMatchObject([{ version: 1 }]);
    const other = await api.send(
      `GET /v1/companies/${companyIdAt(2)}/revisions?cursor=${String(page.body['nextCursor'])}`,
    );
    expect(other.status).toBe(400);
  });

  it('is read by version', async () => {
    expect((await api.send(`GET ${path}/1`)).body).toMatchObject({ version: 1, facts: { name: 'Before' } });
    expect(await api.send(`GET ${path}/3`)).toMatchObject({
      status: 404,
      body: { type: 'urn:company-registry:problem:revision-not-found', version: 3 },
    });
  });

  it('of an unknown company is a 404; of a company whose history is not there yet, empty', async () => {
    const unknown = await api.send(`GET /v1/companies/${companyIdAt(9)}/revisions`);
    expect(unknown).toMatchObject({ status: 404, body: { title: 'Company not found' } });
    await add(9, {});
    const empty = await api.send(`GET /v1/companies/${companyIdAt(9)}/revisions`);
    expect(empty).toMatchObject({ status: 200, body: { items: [] } });
  });
});

describe('an identifier', () => {
  it('finds the newest claim, in any spelling, and names the others', async () => {
    await add(1, { identifiers: [tickerOf('BRK-B')] });
    await add(2, { identifiers: [tickerOf('BRK-B'), cikOf(320193)] });
    const answer = await api.send('GET /v1/identifiers/ticker/brk%2Eb');
    expect(answer.body).toMatchObject({ companyId: companyIdAt(2), version: 1, others: [companyIdAt(1)] });
    const cik = await api.send('GET /v1/identifiers/cik/320193');
    expect(cik.body).toMatchObject({ companyId: companyIdAt(2), others: [] });
  });

  it('may contain what a path cannot', async () => {
    const value = 'a/b c%2Fd?ü';
    await add(1, { identifiers: [{ scheme: 'house', value }] });
    const answer = await api.send(`GET /v1/identifiers/house/${encodeURIComponent(value)}`);
    expect(answer.body).toMatchObject({ companyId: companyIdAt(1) });
  });

  it('that nobody bears is a 404', async () => {
    const answer = await api.send('GET /v1/identifiers/ticker/NOPE');
    expect(answer).toMatchObject({ status: 404, body: { title: 'Identifier not found', value: 'NOPE' } });
  });
});

describe('statistics of a company', () => {
  const path = `/v1/statistics/companies/${companyIdAt(1)}`;

  it('say the name, and which version of the profile it is since when', async () => {
    await api.statistics.tracked.follow(aTrackedCompany(2));
    expect((await api.send(`GET ${path}?atLeastVersion=2`)).body).toEqual({
      companyId: companyIdOf(companyIdAt(1)),
      companyName: 'Name 2',
      status: 'active',
      countryCode: 'US',
      replica: {
        profileVersion: 2,
        profileEpoch: 1,
        changedAt: minutesLater(2),
        syncedAt: '2026-01-01T00:02:00.050Z',
        lagMs: 50,
      },
      documents: { count: 0, bytes: 0, types: {} },
      series: [],
    });
  });

  it('are not there before the company is known', async () => {
    expect(await api.send(`GET ${path}`)).toMatchObject({
      status: 404,
      body: { type: 'urn:company-registry:problem:company-not-tracked', companyId: companyIdAt(1) },
    });
  });

  it('ask for patience until they have the version', async () => {
    await api.statistics.tracked.follow(aTrackedCompany(2));
    const answer = await api.send(`GET ${path}?atLeastVersion=3`);
    expect(answer).toMatchObject({ status: 409, body: { title: 'Not yet synced', wantedVersion: 3 } });
    expect(answer.headers['retry-after']).toBe('1');
  });
});

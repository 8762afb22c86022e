import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSystem } from '../support/running-system.ts';

const JSON_BODY = { 'content-type': 'application/json' };

interface Company {
  companyId: string;
  name: string;
  version: number;
}

let system: RunningSystem;
beforeEach(async () => {
  system = await RunningSystem.create();
});
afterEach(() => system.dispose());

async function register(name: string): Promise<Company> {
  const body = JSON.stringify({ name, countryCode: 'US' });
  return (await system.request('/v1/companies', { method: 'POST', headers: JSON_BODY, body }))
    .body as Company;
}

async function rename({ companyId, version }: Company, name: string): Promise<Company> {
  const { body } = await system.request(`/v1/companies/${companyId}`, {
    method: 'PATCH',
    headers: { ...JSON_BODY, 'if-match': `"${version}"`, 'x-request-id': `rename-to-${name}` },
    body: JSON.stringify({ name }),
  });
  return body as Company;
}

/** All that are listed. A page may be short and yet have another one after it. */
async function everyCompany(): Promise<Company[]> {
  const found: Company[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { body } = await system.request(`/v1/companies?limit=100${cursor && `&cursor=${cursor}`}`);
    const page = body as { items: Company[]; nextCursor?: string };
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

/** What statistics says of a company once it has the version. */
async function inStatistics({
  companyId,
  version,
}: Pick<Company, 'companyId' | 'version'>): Promise<unknown> {
  return system.eventually(async () => {
    const { status, body } = await system.request(
      `/v1/statistics/companies/${companyId}?atLeastVersion=${version}`,
    );
    return status === 200 ? body : undefined;
  });
}

describe('the running system', () => {
  it.each([
    ['the local engine', []],
    ['memory', ['--in-memory']],
  ])('shows a new name in the other service, on %s', async (_where, args) => {
    await system.start(...args);
    const renamed = await rename(await register('Facebook'), 'Meta');
    expect(await inStatistics(renamed)).toMatchObject({
      companyName: 'Meta',
      replica: { profileVersion: 2, lagMs: expect.any(Number) as unknown },
    });
    expect(await system.stop()).toBe(0);
  });

  it('is the same from its sources, which is what npm starts', async () => {
    await system.dispose();
    system = await RunningSystem.fromSources();
    await system.start('--in-memory');
    await register('Sechs KG');
    expect((await system.command('help').result).stdout).toContain('audit');
    expect(await system.stop()).toBe(0);
  });

  it('keeps companies, names and cursors over a restart, and continues a change that was under way', async () => {
    await system.start('--sample');
    const company = await register('Zwei GmbH');
    const { body } = await system.request('/v1/companies?limit=2');
    const { nextCursor } = body as { nextCursor: string };
    const renamed = await rename(company, 'Drei GmbH');
    await system.killServer();
    await system.start();
    expect(await inStatistics(renamed)).toMatchObject({ companyName: 'Drei GmbH' });
    expect((await system.request(`/v1/companies?limit=2&cursor=${nextCursor}`)).status).toBe(200);
  });

  it('goes on when its engine is killed', async () => {
    await system.start();
    const company = await register('Vier AG');
    await system.killEngine();
    const renamed = await system.eventually(async () => {
      const answer = await rename(company, 'Fünf AG');
      return answer.version === 2 ? answer : undefined;
    });
    expect(await inStatistics(renamed)).toMatchObject({ companyName: 'Fünf AG' });
  });

  it.each([
    ['the local engine', []],
    ['memory', ['--in-memory']],
  ])('tells the same of every company of the sample with no Lambda between, on %s', async (_where, args) => {
    await system.start('--sample', ...args);
    const items = await everyCompany();
    expect(items.length).toBeGreaterThanOrEqual(30);
    const figure = { metric: 'price', unit: 'USD', observedAt: '2026-01-09', value: '259.37', source: 'x' };
    for (const { companyId } of items.slice(0, 3)) {
      const body = JSON.stringify({ observations: [figure] });
      const path = `/v1/statistics/companies/${companyId}/observations`;
      await system.request(path, { method: 'POST', headers: JSON_BODY, body });
    }
    for (const { companyId } of items) {
      const told = await inStatistics({ companyId, version: 1 });
      const { status, body } = await system.request(`/v1/direct/statistics/companies/${companyId}`);
      expect([status, body]).toEqual([200, told]);
    }
    expect((await system.request('/v1/direct/statistics/companies/nobody')).status).toBe(400);
    const { paths } = (await system.request('/openapi.json')).body as { paths: Record<string, object> };
    expect(paths).toHaveProperty([
      '/v1/direct/statistics/companies/{companyId}',
      'get',
      'x-amazon-apigateway-integration',
    ]);
  });

  it('loads the sample once, however often it is asked to', async () => {
    const first = await system.start('--sample');
    const registered = Number(/Sample: (\d+) registered/.exec(first)?.[1]);
    expect(registered).toBeGreaterThanOrEqual(30);
    await system.stop();
    expect(await system.start('--sample')).toContain('Sample: 0 registered');
    expect(await system.json('audit')).toMatchObject({ companies: registered, drift: 0 });
  });
});

describe('a start that cannot be', () => {
  it('says that the port is taken, and how to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { status, stderr } = await system.startInVain({ PORT: String(port) });
    other.close();
    expect(status).toBe(1);
    expect(stderr.trim()).toBe(
      `Port ${port} is in use. Stop what uses it, or choose another one: PORT=3001 npm start`,
    );
  });

  it('says that the engine is missing, what to install, and what needs none', async () => {
    const { status, stderr } = await system.startInVain({ DYNOXIDE_BIN: '/nowhere/dynoxide' });
    expect(status).toBe(1);
    expect(stderr).toContain('/nowhere/dynoxide');
    expect(stderr).toContain('--in-memory');
  });

  it('says that another one has the data folder, and leaves that one alone', async () => {
    await system.start();
    const { status, stderr } = await system.startInVain({ PORT: '0' });
    expect(status).toBe(1);
    expect(stderr).toContain(`The data folder ${system.dataFolder} is in use by process`);
    expect((await system.request('/health')).status).toBe(200);
  });

  it('does not go on at a lower epoch than before', async () => {
    await writeFile(join(system.dataFolder, 'highest-epoch'), '2');
    const { status, stderr } = await system.startInVain();
    expect(status).toBe(1);
    expect(stderr).toContain('Set REGISTRY_EPOCH=2; it is never lowered.');
  });

  it('names the variable that it cannot read', async () => {
    const { status, stderr } = await system.startInVain({ PORT: 'three' });
    expect(status).toBe(1);
    expect(stderr).toContain('PORT is "three"');
  });

  it('says what is missing where other machines could come in without a token', async () => {
    const { status, stdout, stderr } = await system.startInVain({ HOST: '0.0.0.0' }, '--in-memory');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^HOST is 0\.0\.0\.0.*JWT_ISSUER/)]);
  });

  it('tells a command that nothing is running', async () => {
    const { status, stderr } = await system.command('audit').result;
    expect(status).not.toBe(0);
    expect(stderr).toContain('npm start');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROFILES_TABLE } from '../../infra/tables.ts';
import { createTables } from '../../src/adapters/dynamodb/create-tables.ts';
import { auditCommand } from '../../src/entrypoints/cli/commands/audit.ts';
import { rewriteCommand } from '../../src/entrypoints/cli/commands/rewrite.ts';
import type { CompanyFacts } from '../../src/domain/profiles/company-facts.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { runCommand } from '../support/run-command.ts';
import { itemsOf, profilesOnTable, putItems } from '../support/system-on-tables.ts';
import { WholeSystem } from '../support/whole-system.ts';

const INDUSTRY = { scheme: 'gics', code: '4010', label: 'Banks' };

let database: TestDynamoDb;

beforeAll(async () => {
  database = await startDynamoDb();
});

afterAll(async () => {
  await database.stop();
});

describe('an upgrade by which companies are listed in another way', () => {
  it('lists those that were there before, as docs/upgrades.md says', async () => {
    const table = { ...PROFILES_TABLE, name: 'profiles-of-an-earlier-release' };
    const indexes = table.indexes.filter(({ name }) => name !== 'by-industry');
    await createTables(database.client, [{ ...table, indexes }]);
    const system = new WholeSystem(undefined, { profiles: profilesOnTable(database, table.name) });
    const { registry } = system;
    for (const name of ['Bank A', 'Bank B', 'Bank C']) {
      const facts = {
        name,
        status: 'active',
        countryCode: 'US',
        identifiers: [],
        tags: [],
        industry: INDUSTRY,
      };
      await registry.profiles.registerCompany.execute(facts as CompanyFacts, { requestId: 'r' });
    }
    await registry.profiles.removeCompany.execute(
      (await registry.profiles.listCompanies.execute({ by: 'name', prefix: 'Bank C' }, { limit: 1 }))
        .items[0]!.companyId,
      1,
      { requestId: 'r' },
    );
    await system.settle();
    // The release before had no such index, and nothing to find a company in it by.
    const items = await itemsOf(database, table.name);
    await putItems(
      database,
      table.name,
      items.map(({ industryKey: _, ...item }) => item),
    );
    await system.settle();
    const told = system.published.length;

    await createTables(database.client, [table]);
    const listed = async (): Promise<string[]> => {
      const page = await registry.profiles.listCompanies.execute(
        { by: 'industry', ...INDUSTRY },
        { limit: 5 },
      );
      return page.items.map(({ name }) => name);
    };
    expect(await listed()).toEqual([]);
    const { status, out } = await runCommand(rewriteCommand, ['--json'], registry);
    expect([status, JSON.parse(out)]).toEqual([0, { companies: 3 }]);
    expect(await listed()).toEqual(['Bank A', 'Bank B']);

    await system.settle();
    expect(system.published).toHaveLength(told);
    const audited = await runCommand(auditCommand, ['--json'], registry);
    expect(JSON.parse(audited.out)).toMatchObject({ companies: 2, tombstones: 1, drift: 0 });
  });
});

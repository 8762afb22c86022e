import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROFILES_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { openCompanyFile } from '../src/adapters/files/company-file.ts';
import { ImportCompanies } from '../src/application/profiles/import-companies.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import { profilesContainer } from '../src/entrypoints/composition/compose.ts';
import { profilesOnDynamoDb } from '../src/entrypoints/composition/dynamodb-adapters.ts';
import { companyMap, csvOf, registrationOf } from './company-csv.ts';
import { inTurns, load, type Load } from './load.ts';
import { someCompany } from './some-companies.ts';

const TableName = PROFILES_TABLE.name;
const ROWS = 1_000;
const ROUNDS = 9;

const MAP = companyMap();

/**
 * Rows a second of an import of new companies from a CSV, and of the same items as bare transactions; and how many
 * companies there are more, with the numbers from `firstNumber` on.
 */
export async function measureImport(
  client: DocumentClient,
  firstNumber: number,
): Promise<{ readonly loads: Record<'import' | 'bare', Load>; readonly companies: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const importCompanies = profilesContainer(profilesOnDynamoDb(client, TableName)).get(ImportCompanies);
  let next = firstNumber;
  const fresh = (): Company[] => Array.from({ length: ROWS }, () => someCompany(next++));
  try {
    const loads = await inTurns(ROUNDS, {
      bare: async () => {
        const companies = fresh();
        return load(ROWS, 32, (index) => client.send(registrationOf(companies[index]!)));
      },
      import: async () => {
        const file = join(folder, 'companies.csv');
        await writeFile(file, csvOf(fresh()));
        return load(1, 1, async () => {
          const { rows } = await openCompanyFile(file, MAP);
          const { created } = await importCompanies.execute(rows, { requestId: 'bench' });
          if (created !== ROWS) throw new Error(`Only ${created} of ${ROWS} rows were new.`);
        }).then((result) => ({ ...result, perSecond: result.perSecond * ROWS }));
      },
    });
    return { loads, companies: next - firstNumber };
  } finally {
    await rm(folder, { recursive: true });
  }
}

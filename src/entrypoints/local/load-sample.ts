import { fileURLToPath } from 'node:url';
import { openCompanyFile } from '../../adapters/files/company-file.ts';
import { loadColumnMap } from '../../adapters/files/load-column-map.ts';
import type { ImportCompanies } from '../../application/profiles/import-companies.ts';
import type { ImportCounts } from '../../application/profiles/import-counts.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Loads some well-known companies; those that are there already stay as they are in the sample. */
export async function loadSample(importCompanies: ImportCompanies): Promise<ImportCounts> {
  const file = await openCompanyFile(
    root('sample/companies.csv'),
    await loadColumnMap('companies', root('maps')),
  );
  return importCompanies.execute(file.rows, { requestId: 'sample' });
}

import { InMemoryCompanyRepository } from '../../src/adapters/in-memory/profiles/in-memory-company-repository.ts';
import { InMemoryIdentifierIndex } from '../../src/adapters/in-memory/profiles/in-memory-identifier-index.ts';
import { InMemoryProfiles } from '../../src/adapters/in-memory/profiles/in-memory-profiles.ts';

import { ImportCompanies } from '../../src/application/profiles/import-companies.ts';
import type { CompanyRepository } from '../../src/application/profiles/ports/company-repository.ts';
import type { Company } from '../../src/domain/profiles/company.ts';
import type { Identifier } from '../../src/domain/shared/identifier.ts';
import { minutesLater } from './company-mother.ts';
import { SequentialCompanyIds } from './sequential-company-ids.ts';

/** Imports into companies in memory, which a test can look at. */
export class RegistryInMemory {
  readonly profiles = new InMemoryProfiles();
  readonly pauses: number[] = [];
  readonly repository: CompanyRepository;
  readonly importCompanies: ImportCompanies;
  writes = 0;

  /** @param around what stands between the import and the repository */
  constructor(around: (repository: CompanyRepository) => CompanyRepository = (repository) => repository) {
    let minutes = 0;
    const clock = { now: () => minutesLater(++minutes) };
    this.repository = new InMemoryCompanyRepository(this.profiles, clock);
    this.profiles.onChange(() => this.writes++);
    const pause = { forMs: async (ms: number) => void this.pauses.push(ms) };
    const index = new InMemoryIdentifierIndex(this.profiles);
    this.importCompanies = new ImportCompanies(
      around(this.repository),
      index,
      new SequentialCompanyIds(),
      clock,
      pause,
    );
  }

  get companies(): Company[] {
    return this.profiles.indexed().map(({ company }) => company);
  }

  /** The newest bearer. */
  bearerOf(scheme: Identifier['scheme'], value: string): Company | undefined {
    const [companyId] = this.profiles.bearersOf({ scheme, value });
    return companyId && this.profiles.find(companyId, 'strong');
  }
}

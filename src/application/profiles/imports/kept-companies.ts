import { CompanyIdSet } from '../../../domain/profiles/import/company-id-set.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { NamedCompanies } from '../import-run.ts';

/** The companies that a file has named, and which of them since they were last kept. */
export class KeptCompanies implements NamedCompanies {
  readonly #all = new CompanyIdSet();
  #fresh: CompanyId[] = [];

  has(companyId: CompanyId): boolean {
    return this.#all.has(companyId);
  }

  add(companyId: CompanyId): void {
    if (this.#all.has(companyId)) return;
    this.#all.add(companyId);
    this.#fresh.push(companyId);
  }

  /** Those that were added since the last time. */
  takeFresh(): readonly CompanyId[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

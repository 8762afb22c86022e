import type { TrackedCompanies } from '../../../application/statistics/ports/tracked-companies.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import {
  comparePositions,
  follow,
  isSameContent,
  type TrackedCompany,
} from '../../../domain/statistics/tracked-company.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingMap } from '../lagging-map.ts';
import type { OnChange } from './statistics-change.ts';

export class InMemoryTrackedCompanies implements TrackedCompanies {
  readonly #companies = new LaggingMap<CompanyId, TrackedCompany>();

  constructor(private readonly onChange: OnChange = () => {}) {}

  /** From now on eventual reads and lists may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#companies.lag(writes);
  }

  /** Brings eventual reads and lists up to date once; later writes lag as before. */
  catchUp(): void {
    this.#companies.catchUp();
  }

  async find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Promise<TrackedCompany | undefined> {
    const company = this.#companies.get(companyId, consistency);
    return company && copyOf(company);
  }

  async findAll(companyIds: readonly CompanyId[]): Promise<readonly TrackedCompany[]> {
    return companyIds.flatMap((companyId) => copyOf(this.#companies.get(companyId, 'strong')) ?? []);
  }

  async follow(tracked: TrackedCompany): Promise<TrackedCompany | undefined> {
    const known = this.#companies.get(tracked.companyId, 'strong');
    if (known !== undefined && follow(known, tracked) !== 'followed') return copyOf(known);
    this.#set(tracked);
    return undefined;
  }

  async overwrite(tracked: TrackedCompany): Promise<boolean> {
    const known = this.#companies.get(tracked.companyId, 'strong');
    if (known !== undefined && comparePositions(known.position, tracked.position) > 0) return false;
    this.#set(tracked);
    return true;
  }

  async forget(tracked: TrackedCompany): Promise<boolean> {
    const known = this.#companies.get(tracked.companyId, 'strong');
    if (known === undefined) return false;
    if (comparePositions(known.position, tracked.position) !== 0 || !isSameContent(known, tracked))
      return false;
    this.#companies.delete(tracked.companyId);
    this.onChange({ companyId: tracked.companyId });
    return true;
  }

  #set(tracked: TrackedCompany): void {
    const { companyId, requestId } = tracked;
    this.#companies.set(companyId, copyOf(tracked));
    this.onChange({ companyId, ...(requestId !== undefined && { requestId }) });
  }

  async *all(): AsyncGenerator<TrackedCompany> {
    const companies = this.#companies.replicated();
    for (const company of companies.sort((a, b) => (a.companyId < b.companyId ? -1 : 1)))
      yield copyOf(company);
  }
}

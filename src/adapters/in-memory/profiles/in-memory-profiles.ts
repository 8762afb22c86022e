import type { Company } from '../../../domain/profiles/company.ts';
import type { DocumentRecord } from '../../../domain/profiles/document.ts';
import type { Identifier } from '../../../domain/shared/identifier.ts';
import { fold } from '../../../domain/shared/text.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingMap } from '../lagging-map.ts';

/** A write, before the stream of the table has numbered it. */
type Write =
  | {
      readonly of: 'company';
      readonly before?: Company;
      readonly after: Company;
      readonly requestId: string;
    }
  | { readonly of: 'document'; readonly before?: DocumentRecord; readonly after: DocumentRecord };

/** One write, as a stream of the table would tell it. */
export type ProfilesWrite = Write & {
  /** Digits of one length: later writes have a greater one. */
  readonly sequenceNumber: string;
};

export interface StoredCompany {
  readonly company: Company;
  readonly foldedName: string;
}

type Claim = readonly [CompanyId, Instant];

/** What the repository, the directory and the identifier index of one process share, as the real ones share a table. */
export class InMemoryProfiles {
  readonly #companies = new LaggingMap<CompanyId, StoredCompany>();
  /** By identifier its bearers, and since when they claim it. */
  readonly #bearers = new Map<string, Map<CompanyId, Instant>>();
  readonly #listeners: ((change: ProfilesWrite) => void)[] = [];
  #writes = 0;

  /** From now on eventual reads and lists may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#companies.lag(writes);
  }

  /** Brings eventual reads and lists up to date once; later writes lag as before. */
  catchUp(): void {
    this.#companies.catchUp();
  }

  /** Calls `listener` once a write, in the order of the writes, before the write is acknowledged. */
  onChange(listener: (change: ProfilesWrite) => void): void {
    this.#listeners.push(listener);
  }

  find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Company | undefined {
    const stored = this.#companies.get(companyId, consistency);
    return stored && copyOf(stored.company);
  }

  /** What the indexes hold, tombstones too, in no promised order; not to be changed. */
  indexed(): readonly StoredCompany[] {
    return this.#companies.replicated();
  }

  /** The newest claim first. */
  bearersOf(identifier: Identifier): CompanyId[] {
    const claims = [...(this.#bearers.get(keyOf(identifier)) ?? [])];
    return claims.sort(newestFirst).map(([companyId]) => companyId);
  }

  /** Has a claim name a company, whatever its profile says. */
  claim(identifier: Identifier, companyId: CompanyId, claimedAt: Instant): void {
    const key = keyOf(identifier);
    const bearers = this.#bearers.get(key) ?? new Map<CompanyId, Instant>();
    this.#bearers.set(key, bearers.set(companyId, claimedAt));
  }

  /** Takes a claim away, whatever the profile says; answers whether it was there. */
  disclaim(identifier: Identifier, companyId: CompanyId): boolean {
    const key = keyOf(identifier);
    const bearers = this.#bearers.get(key);
    const wasThere = bearers?.delete(companyId) ?? false;
    if (bearers?.size === 0) this.#bearers.delete(key);
    return wasThere;
  }

  /** Writes a company and its claims without asking: conditions are the caller's. */
  write(company: Company, requestId: string): void {
    const before = this.find(company.companyId, 'strong');
    const after = copyOf(company);
    this.#companies.set(after.companyId, { company: after, foldedName: fold(after.name) });
    this.#claim(after, before?.identifiers ?? []);
    this.tell({ of: 'company', ...(before && { before }), after, requestId });
  }

  /** Has the listeners know of a write, also of one that is kept elsewhere. */
  tell(write: Write): void {
    const sequenceNumber = String(++this.#writes).padStart(21, '0');
    for (const listener of this.#listeners) listener(copyOf({ ...write, sequenceNumber }));
  }

  #claim({ companyId, identifiers, updatedAt }: Company, before: readonly Identifier[]): void {
    const [kept, held] = [new Set(identifiers.map(keyOf)), new Set(before.map(keyOf))];
    for (const identifier of before) if (!kept.has(keyOf(identifier))) this.disclaim(identifier, companyId);
    for (const identifier of identifiers) {
      if (!held.has(keyOf(identifier))) this.claim(identifier, companyId, updatedAt);
    }
  }
}

function newestFirst([leftId, left]: Claim, [rightId, right]: Claim): number {
  if (left !== right) return left < right ? 1 : -1;
  return leftId < rightId ? 1 : -1;
}

function keyOf({ scheme, value }: Identifier): string {
  return JSON.stringify([scheme, value]);
}

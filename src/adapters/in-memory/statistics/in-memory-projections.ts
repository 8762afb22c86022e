import type { StoredMembership, StoredStanding } from '../../../application/statistics/ports/boards.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { seriesKey } from '../../../domain/statistics/series.ts';
import type { CompanySeries, Membership } from '../../../domain/statistics/standing.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingMap } from '../lagging-map.ts';

/** What boards, rankings and the bearers of identifiers of one process share, as the real ones share a table. */
export class InMemoryProjections {
  readonly #standings = new LaggingMap<string, StoredStanding>();
  readonly #memberships = new LaggingMap<CompanyId, StoredMembership>();
  /** By identifier its bearers, and since when they bear it. */
  readonly #bearers = new Map<string, Map<CompanyId, Instant>>();

  /** From now on rankings and aggregates may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#standings.lag(writes);
    this.#memberships.lag(writes);
  }

  /** Brings rankings and aggregates up to date once; later writes lag as before. */
  catchUp(): void {
    this.#standings.catchUp();
    this.#memberships.catchUp();
  }

  standing({ companyId, series }: CompanySeries): StoredStanding {
    const stored = this.#standings.get(keyOf({ companyId, series }), 'strong');
    return copyOf(stored ?? { companyId, series, revision: 0 });
  }

  membership(companyId: CompanyId): StoredMembership {
    return copyOf(this.#memberships.get(companyId, 'strong') ?? { companyId, revision: 0 });
  }

  /** What boards show, in no promised order; not to be changed. */
  currentStandings(): readonly StoredStanding[] {
    return this.#standings.current();
  }

  /** What aggregates should count, in no promised order; not to be changed. */
  currentMemberships(): readonly StoredMembership[] {
    return this.#memberships.current();
  }

  /** What rankings show, in no promised order; not to be changed. */
  standings(): readonly StoredStanding[] {
    return this.#standings.replicated();
  }

  /** What aggregates count, in no promised order; not to be changed. */
  memberships(): readonly StoredMembership[] {
    return this.#memberships.replicated();
  }

  /** The one that came last; of several at one time the one with the greatest companyId. */
  bearerOf(identifier: Identifier): CompanyId | undefined {
    const bearers = [...(this.#bearers.get(identifierKey(identifier)) ?? [])];
    const [newest] = bearers.sort(([leftId, left], [rightId, right]) =>
      left === right ? descending(leftId, rightId) : descending(left, right),
    );
    return newest?.[0];
  }

  isBearer(identifier: Identifier, companyId: CompanyId): boolean {
    return this.#bearers.get(identifierKey(identifier))?.has(companyId) === true;
  }

  /** Has an identifier lead to a company or not, whatever the company's membership says. */
  setBearer(identifier: Identifier, companyId: CompanyId, since: Instant | undefined): void {
    const bearers = this.#bearers.get(identifierKey(identifier)) ?? new Map<CompanyId, Instant>();
    if (since === undefined) bearers.delete(companyId);
    else if (!bearers.has(companyId)) bearers.set(companyId, since);
    this.#bearers.set(identifierKey(identifier), bearers);
  }

  /** Writes without asking: conditions are the caller's. */
  keepStanding(standing: StoredStanding): void {
    this.#standings.set(keyOf(standing), copyOf(standing));
  }

  /** Writes without asking: conditions are the caller's. */
  keepMembership(stored: StoredMembership, at: Instant): void {
    const { companyId, membership } = stored;
    this.#claim(companyId, this.membership(companyId).membership, membership, at);
    this.#memberships.set(companyId, copyOf(stored));
  }

  #claim(
    companyId: CompanyId,
    before: Membership | undefined,
    after: Membership | undefined,
    at: Instant,
  ): void {
    const borne = new Set(after?.identifiers.map(identifierKey));
    for (const key of before?.identifiers.map(identifierKey) ?? []) {
      if (!borne.has(key)) this.#bearers.get(key)?.delete(companyId);
    }
    for (const key of borne) {
      const bearers = this.#bearers.get(key) ?? new Map<CompanyId, Instant>();
      if (!bearers.has(companyId)) bearers.set(companyId, at);
      this.#bearers.set(key, bearers);
    }
  }
}

function keyOf({ companyId, series }: CompanySeries): string {
  return `${companyId} ${seriesKey(series)}`;
}

function identifierKey({ scheme, value }: Identifier): string {
  return JSON.stringify([scheme, value]);
}

function descending(left: string, right: string): number {
  return left < right ? 1 : -1;
}

import { claimDriftOf, type ClaimDrift } from '../../domain/audit/claim-drift.ts';
import type { Pair } from '../../domain/audit/merge-by-company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Identifier } from '../../domain/shared/identifier.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { Pause } from '../../domain/shared/time.ts';
import type { ClaimsOfCompanies, ClaimsWanted } from './ports/claims-of-companies.ts';

const WIDTH = 16;
/** A company and its claims are written at once, but not read at once: nothing else is waited for. */
const PAUSE_MS = 500;

/** An identifier whose claims may not be what they should, and the company that led to it. */
export interface SuspectClaim {
  readonly identifier: Identifier;
  readonly companyId: CompanyId;
}

/**
 * Compares the claims of identifiers with the companies that bear them, while writes go on. It sees the claims of
 * identifiers that a profile has, or a replica: nothing else leads to a claim.
 */
export class AuditClaims {
  constructor(
    private readonly claims: ClaimsOfCompanies,
    private readonly pause: Pause,
  ) {}

  /** What is worth a second look. Claims of others may be right, too. @throws Unavailable */
  async suspectedAmong(pairs: readonly Pair[]): Promise<readonly SuspectClaim[]> {
    const known = pairs.flatMap(({ companyId, profile, replica }) => {
      const borne = new Map(
        profile?.removed === false ? profile.identifiers.map((one) => [keyOf(one), one]) : [],
      );
      const all = new Map([
        ...borne,
        ...(replica?.identifiers ?? []).map((one) => [keyOf(one), one] as const),
      ]);
      return [...all].map(([key, identifier]) => ({ companyId, identifier, isBorne: borne.has(key) }));
    });
    const claimants = await this.claims.claimants(known.map(({ identifier }) => identifier));
    return known.filter(({ companyId, isBorne }, index) => {
      const named = claimants[index] ?? [];
      const isNamed = named.includes(companyId);
      return isNamed !== isBorne || named.length > (isNamed ? 1 : 0);
    });
  }

  /** What is wrong each of two times, ascending by companyId. @throws Unavailable */
  async confirm(suspected: readonly SuspectClaim[]): Promise<readonly ClaimDrift[]> {
    const first = await this.#wrongAmong(wantedOf(suspected));
    if (first.length === 0) return [];
    await this.pause.forMs(PAUSE_MS);
    const again = await this.#wrongAmong(wantedOf(first));
    const known = new Set(first.map(({ mark }) => mark));
    return again
      .filter(({ mark }) => known.has(mark))
      .sort((left, right) => (left.companyId < right.companyId ? -1 : 1));
  }

  /** Mends what can be mended, and answers how much of it. @throws Unavailable */
  async mend(found: readonly ClaimDrift[]): Promise<number> {
    const orphaned = found.filter(({ kind }) => kind === 'claim-orphaned');
    const missing = found.filter(({ kind }) => kind === 'claim-missing');
    // In this order: an orphan may be where a claim is missing.
    const released = await inParallel(orphaned, WIDTH, ({ companyId, identifier }) =>
      this.claims.release(companyId, identifier),
    );
    const restored = await inParallel(missing, WIDTH, ({ companyId, identifier }) =>
      this.claims.restore(companyId, identifier),
    );
    return [...released, ...restored].filter(Boolean).length;
  }

  async #wrongAmong(wanted: readonly ClaimsWanted[]): Promise<ClaimDrift[]> {
    return (await this.claims.check(wanted)).flatMap(claimDriftOf);
  }
}

function wantedOf(suspected: readonly SuspectClaim[]): ClaimsWanted[] {
  const wanted = new Map<string, { identifier: Identifier; companyIds: Set<CompanyId> }>();
  for (const { identifier, companyId } of suspected) {
    const key = keyOf(identifier);
    const one = wanted.get(key) ?? { identifier, companyIds: new Set<CompanyId>() };
    one.companyIds.add(companyId);
    wanted.set(key, one);
  }
  return [...wanted.values()].map(({ identifier, companyIds }) => ({
    identifier,
    companyIds: [...companyIds],
  }));
}

function keyOf({ scheme, value }: Identifier): string {
  return JSON.stringify([scheme, value]);
}

import { differenceOf, factsOf, isRemoved, type Company } from './company.ts';
import type { CompanyFacts, FactName } from './company-facts.ts';
import type { Revision } from './revision.ts';

/** Revisions that follow each other and are all lost. */
export interface LostRevisions {
  readonly first: number;
  readonly last: number;
  /** The revision before the first; undefined where the first is version 1. */
  readonly older?: Revision;
  /** The revision after the last; undefined where the last is the profile's own version. */
  readonly newer?: Revision;
}

/**
 * What can be known of lost revisions. The last of them is known: it is the profile itself, or the next revision with
 * what it changed put back. The others are taken to have changed nothing. When they were made is not known: the time is
 * the earliest that it can have been.
 */
export function reconstructRevisions(
  company: Company,
  { first, last, older, newer }: LostRevisions,
): Revision[] {
  const lastFacts = newer ? factsBefore(newer) : factsOf(company);
  const otherFacts = older?.facts ?? lastFacts;
  const revisions: Revision[] = [];
  let before = older?.facts;
  for (let version = first; version <= last; version++) {
    const facts = version === last ? lastFacts : otherFacts;
    const isCurrent = version === company.version;
    revisions.push({
      companyId: company.companyId,
      version,
      revisedAt: isCurrent ? company.updatedAt : (older?.revisedAt ?? company.createdAt),
      ...differenceOf(before, facts),
      facts,
      removed: isCurrent && isRemoved(company),
      reconstructed: true,
    });
    before = facts;
  }
  return revisions;
}

/** The facts before a revision changed some: a fact that had been absent is absent again. */
function factsBefore({ facts, changed, previous }: Revision): CompanyFacts {
  const unchanged = Object.entries(facts).filter(([fact]) => !changed.includes(fact as FactName));
  return factsOf({ ...Object.fromEntries(unchanged), ...previous } as CompanyFacts);
}

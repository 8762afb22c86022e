import type { CompanyId } from '../shared/company-id.ts';
import { isSame } from '../shared/equality.ts';
import { isSameIdentifier, type Identifier } from '../shared/identifier.ts';
import type { Instant } from '../shared/time.ts';
import { BOUNDS, companyFactsOf, FACT_NAMES, type CompanyFacts, type FactName } from './company-facts.ts';

/** A name that a company no longer has, and when it had it. */
export interface PreviousName {
  readonly name: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Company extends CompanyFacts {
  readonly companyId: CompanyId;
  /** Newest first, bounded; the revisions have them all. */
  readonly previousNames: readonly PreviousName[];
  /** 1 at registration, one more with each change that has an effect. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Set on a tombstone, which keeps the last facts but no identifiers, and is never changed again. */
  readonly removedAt?: Instant;
}

/** @throws InvalidInput */
export function register(companyId: CompanyId, facts: CompanyFacts, at: Instant): Company {
  return { companyId, ...companyFactsOf(facts), previousNames: [], version: 1, createdAt: at, updatedAt: at };
}

/**
 * The company with other facts; the very same company where they have no effect.
 *
 * @throws InvalidInput
 */
export function change(company: Company, facts: CompanyFacts, at: Instant): Company {
  const next = companyFactsOf(facts);
  if (differenceOf(company, next).changed.length === 0) return company;
  return {
    companyId: company.companyId,
    ...next,
    previousNames: next.name === company.name ? company.previousNames : withName(company, at),
    version: company.version + 1,
    createdAt: company.createdAt,
    updatedAt: at,
  };
}

/** @throws InvalidInput */
export function rename(company: Company, name: string, at: Instant): Company {
  return change(company, { ...factsOf(company), name }, at);
}

/** The tombstone of a company. Its identifiers are free for others. */
export function remove(company: Company, at: Instant): Company {
  return { ...company, identifiers: [], version: company.version + 1, updatedAt: at, removedAt: at };
}

export function isRemoved(company: Company): boolean {
  return company.removedAt !== undefined;
}

/** Whether a company that is there has an identifier. */
export function bears(company: Company, identifier: Identifier): boolean {
  return !isRemoved(company) && company.identifiers.some((one) => isSameIdentifier(one, identifier));
}

/** The facts alone, without the registry's bookkeeping. */
export function factsOf(company: CompanyFacts): CompanyFacts {
  const facts: Partial<Record<FactName, unknown>> = {};
  for (const fact of FACT_NAMES) if (company[fact] !== undefined) facts[fact] = company[fact];
  return facts as unknown as CompanyFacts;
}

/** The facts in which two states of a company differ. */
export interface Difference {
  readonly changed: readonly FactName[];
  /** What the changed facts were before; a fact that was absent is absent here too. */
  readonly previous: Partial<CompanyFacts>;
}

/** From nothing (`before` undefined), every fact that is there has changed. */
export function differenceOf(before: CompanyFacts | undefined, after: CompanyFacts): Difference {
  const changed = FACT_NAMES.filter((fact) => !isSame(before?.[fact], after[fact]));
  const previous: Partial<Record<FactName, unknown>> = {};
  for (const fact of changed) if (before?.[fact] !== undefined) previous[fact] = before[fact];
  return { changed, previous: previous as Partial<CompanyFacts> };
}

function withName(company: Company, until: Instant): PreviousName[] {
  const from = company.previousNames[0]?.until ?? company.createdAt;
  return [{ name: company.name, from, until }, ...company.previousNames].slice(0, BOUNDS.previousNames);
}

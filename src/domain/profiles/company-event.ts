import type { CompanyId } from '../shared/company-id.ts';
import type { Instant } from '../shared/time.ts';
import { differenceOf, factsOf, isRemoved, type Company, type Difference } from './company.ts';
import type { CompanyFacts } from './company-facts.ts';

export type CompanyEventKind = 'registered' | 'renamed' | 'updated' | 'removed' | 'snapshot';

/** Something that others may want to know about a company. */
export interface CompanyEvent extends Difference {
  readonly kind: CompanyEventKind;
  readonly companyId: CompanyId;
  /** The profile's version after what happened: later facts have a higher one. */
  readonly version: number;
  readonly occurredAt: Instant;
  /** The facts as they now are, all of them: a consumer needs no earlier event. */
  readonly facts: CompanyFacts;
  readonly removed: boolean;
}

/**
 * What two states of one item of the profiles table mean to others; undefined where they mean nothing.
 *
 * It looks at the content, not at the version alone, so that a change that by-passed the service is told too.
 */
export function eventOf(before: Company | undefined, after: Company | undefined): CompanyEvent | undefined {
  // The service never deletes a profile: it leaves a tombstone. A deletion by hand is the audit's to find.
  if (after === undefined) return undefined;
  const difference = differenceOf(before, after);
  if (before === undefined) return event(isRemoved(after) ? 'removed' : 'registered', after, difference);
  const { changed } = difference;
  if (changed.length === 0 && before.version === after.version && isRemoved(before) === isRemoved(after)) {
    return undefined;
  }
  return event(
    isRemoved(after) ? 'removed' : changed.includes('name') ? 'renamed' : 'updated',
    after,
    difference,
  );
}

/** The state of a company, told again: for consumers that start from nothing, or have missed something. */
export function snapshotOf(company: Company): CompanyEvent {
  return event('snapshot', company, { changed: [], previous: {} });
}

function event(kind: CompanyEventKind, company: Company, difference: Difference): CompanyEvent {
  return {
    kind,
    companyId: company.companyId,
    version: company.version,
    occurredAt: company.updatedAt,
    ...difference,
    facts: factsOf(company),
    removed: isRemoved(company),
  };
}

import type { CompanyId } from '../shared/company-id.ts';
import type { Figures, ValueAt } from './figures.ts';
import { groupsOf, type Group } from './group.ts';
import type { Series } from './series.ts';
import type { Identifier, TrackedCompany } from './tracked-company.ts';

/** Where a company stands in a series: what the boards of all companies and of its groups show of it. */
export interface Standing {
  /** Null while no profile is known. */
  readonly companyName: string | null;
  /** The latest one of the series. */
  readonly latest: ValueAt;
  readonly groups: readonly Group[];
}

/** What other items say of a company itself: the groups in which it is counted, and the identifiers that lead to it. */
export interface Membership {
  readonly companyName: string;
  readonly groups: readonly Group[];
  readonly identifiers: readonly Identifier[];
}

/** A series of a company. */
export interface CompanySeries {
  readonly companyId: CompanyId;
  readonly series: Series;
}

/** The standing that boards should show: none of a removed company, nor of a metric that is not ranked. */
export function standingOf(
  company: TrackedCompany | undefined,
  figures: Figures | undefined,
  isRanked: boolean,
): Standing | undefined {
  if (!isRanked || figures === undefined || company?.removed === true) return undefined;
  return {
    companyName: company?.facts.companyName ?? null,
    latest: figures.last,
    groups: groupsOf(company),
  };
}

/** The membership that other items should show: none of a removed company. */
export function membershipOf(company: TrackedCompany | undefined): Membership | undefined {
  if (company === undefined || company.removed) return undefined;
  const { companyName, identifiers } = company.facts;
  return { companyName, groups: groupsOf(company), identifiers };
}

import type { TrackedCompany } from './tracked-company.ts';

/** The ways in which companies are grouped. */
export const DIMENSIONS = ['country', 'industry'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Companies that have something in common. */
export interface Group {
  readonly dimension: Dimension;
  /** A country's code, or an industry's scheme and code joined by a colon: `GB`, `gics:45202030`. */
  readonly group: string;
}

/** The groups of a company; a removed one, and one of which no profile is known yet, has none. */
export function groupsOf(company: TrackedCompany | undefined): Group[] {
  if (company === undefined || company.removed) return [];
  const { countryCode, industry } = company.facts;
  return [
    { dimension: 'country', group: countryCode },
    ...(industry ? [{ dimension: 'industry', group: industryGroup(industry) } as const] : []),
  ];
}

export function industryGroup({ scheme, code }: { readonly scheme: string; readonly code: string }): string {
  return `${scheme}:${code}`;
}

export function isSameGroup(left: Group, right: Group): boolean {
  return left.dimension === right.dimension && left.group === right.group;
}

import type { CompanyId } from '../shared/company-id.ts';

/** The ways in which figures may differ from what they are made of. The slugs are part of the interface. */
export const FIGURE_KINDS = [
  'rollup-differs',
  'entry-differs',
  'membership-differs',
  'aggregate-differs',
  'document-totals-differ',
] as const;

/** A figure that is not what it is made of, as statistics itself tells. */
export interface Discrepancy {
  readonly kind: (typeof FIGURE_KINDS)[number];
  /** For a person: what it is, what is stored, and what should be. */
  readonly detail: string;
  /** The same for one that is found again: nothing has been done about it since. */
  readonly mark: string;
}

/** What is observed, and in which unit; each has its boards. */
export interface AuditedSeries {
  readonly metric: string;
  readonly unit: string;
}

/** Where boards show a series of a company, beside where they should. */
export interface Sighting {
  readonly companyId: CompanyId;
  readonly series: AuditedSeries;
  /** Groups on whose boards it was seen. */
  readonly seenIn: readonly { readonly dimension: 'country' | 'industry'; readonly group: string }[];
}

/** The figures of a company. */
export interface CompanyFigures {
  /** How many series it has, and observations of them. */
  readonly series: number;
  readonly observations: number;
  readonly discrepancies: readonly Discrepancy[];
}

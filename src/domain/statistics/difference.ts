/** The ways in which what was computed may differ from what it was computed of. The slugs are part of the interface. */
export const DIFFERENCE_KINDS = [
  'rollup-differs',
  'entry-differs',
  'membership-differs',
  'aggregate-differs',
  'document-totals-differ',
] as const;

/** Something computed that is not what its sources come to. */
export interface Difference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number];
  /** For a person: what it is, what is stored, and what should be. */
  readonly detail: string;
  /** The same for one that is found again: nothing has been done about it since. */
  readonly mark: string;
}

const LONGEST = 300;

/** A value for a person to see. */
export function told(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

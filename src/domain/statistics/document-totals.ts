import type { CountedDocument } from './counted-document.ts';
import { kindOf } from './document-kind.ts';

/** What the documents of a company come to. */
export interface DocumentTotals {
  readonly count: number;
  /** Exact up to 2^53. */
  readonly bytes: number;
  /** How many there are of each kind, those of which there are any, in the order of their names. */
  readonly types: Readonly<Record<string, number>>;
}

export const NO_DOCUMENTS: DocumentTotals = { count: 0, bytes: 0, types: {} };

/** The totals after a document became another one, was added or was removed. */
export function recounted(
  totals: DocumentTotals,
  before: CountedDocument | undefined,
  after: CountedDocument | undefined,
): DocumentTotals {
  return counting(counting(totals, before, -1), after, 1);
}

/** The totals of documents, counted one by one. */
export function totalsOf(documents: Iterable<CountedDocument>): DocumentTotals {
  let totals = NO_DOCUMENTS;
  for (const document of documents) totals = recounted(totals, undefined, document);
  return totals;
}

function counting(
  { count, bytes, types }: DocumentTotals,
  document: CountedDocument | undefined,
  times: 1 | -1,
): DocumentTotals {
  if (document?.content === undefined) return { count, bytes, types };
  const { contentType, size } = document.content;
  const kind = kindOf(contentType);
  const counts = new Map(Object.entries(types));
  counts.set(kind, (counts.get(kind) ?? 0) + times);
  if (counts.get(kind) === 0) counts.delete(kind);
  return {
    count: count + times,
    bytes: bytes + times * size,
    types: Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

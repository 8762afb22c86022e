import { isSame } from '../shared/equality.ts';
import { comparePositions } from './audited-company.ts';

/** The ways in which statistics may count other documents than there are. The slugs are part of the interface. */
export const DOCUMENT_KINDS = ['document-missing', 'document-differs', 'document-unknown'] as const;

/** A document of a company, as either service tells it to the audit. */
export interface AuditedDocument {
  readonly documentId: string;
  /** Where the document itself stood. */
  readonly epoch: number;
  readonly version: number;
  /** Absent where it is not there: not yet, or no more. */
  readonly content?: { readonly contentType: string; readonly size: number };
}

/** A document as both services know it. */
export interface DocumentPair {
  readonly documentId: string;
  /** What profiles says, which is right by definition. */
  readonly told?: AuditedDocument;
  /** What statistics counts. */
  readonly counted?: AuditedDocument;
}

/** A disagreement on one document. */
export interface DocumentDrift {
  readonly kind: (typeof DOCUMENT_KINDS)[number];
  readonly detail: string;
  readonly pair: DocumentPair;
  /** The same for one that is found again: nothing has been done about it since. */
  readonly mark: string;
}

export function documentPairs(
  told: readonly AuditedDocument[],
  counted: readonly AuditedDocument[],
): readonly DocumentPair[] {
  const pairs = new Map<string, DocumentPair>();
  for (const one of told) pairs.set(one.documentId, { documentId: one.documentId, told: one });
  for (const one of counted) {
    const { documentId } = one;
    pairs.set(documentId, { ...pairs.get(documentId), documentId, counted: one });
  }
  return [...pairs.values()];
}

/** Everything in which the services disagree on the documents of a company. */
export function documentDriftOf(pairs: readonly DocumentPair[]): DocumentDrift[] {
  return pairs.flatMap((pair) => {
    const found = disagreementOn(pair);
    return found ? [{ ...found, pair, mark: JSON.stringify([found.kind, pair]) }] : [];
  });
}

function disagreementOn({
  documentId,
  told,
  counted,
}: DocumentPair): Pick<DocumentDrift, 'kind' | 'detail'> | undefined {
  if (told?.content === undefined) {
    if (counted?.content === undefined) return undefined;
    const detail = `statistics counts document ${documentId}, which is not there`;
    return { kind: 'document-unknown', detail };
  }
  if (counted === undefined)
    return { kind: 'document-missing', detail: `statistics does not count document ${documentId}` };
  if (comparePositions(told, counted) === 0 && isSame(told.content, counted.content)) return undefined;
  return {
    kind: 'document-differs',
    detail: `document ${documentId} is ${described(told)}, statistics counts ${described(counted)}${adviceOn(told, counted)}`,
  };
}

function described({ content, epoch, version }: AuditedDocument): string {
  const what = content ? `${content.contentType} of ${content.size} bytes` : 'nothing';
  return `${what} at version ${version} of epoch ${epoch}`;
}

function adviceOn(told: AuditedDocument, counted: AuditedDocument): string {
  if (comparePositions(counted, told) <= 0) return '';
  const epoch = counted.epoch > told.epoch ? counted.epoch : counted.epoch + 1;
  return `, as after a restore from a backup. It cannot be mended at this epoch: set REGISTRY_EPOCH to ${epoch} for all of the system, start it anew and rebuild`;
}

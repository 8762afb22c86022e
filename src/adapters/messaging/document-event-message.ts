import { cloudEvent, eventType, type CloudEvent, type Fact } from './cloud-event.ts';
import { envelopedEventIn, MalformedMessage, objectIn, textIn, uuidIn, wholeIn } from './message-parts.ts';

export const DOCUMENT_EVENT_KINDS = ['document-added', 'document-removed'] as const;
export type DocumentEventMessageKind = (typeof DOCUMENT_EVENT_KINDS)[number];

/** The facts of a document that a consumer may replicate. */
export interface DocumentEventFacts {
  readonly fileName: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256?: string;
  readonly sniffedType?: string;
  readonly storedAt: string;
}

export type DocumentEventMessage = CloudEvent<
  `company.${DocumentEventMessageKind}.v1`,
  {
    readonly companyId: string;
    readonly documentId: string;
    /** The document's own. */
    readonly version: number;
    /** The names of the facts that changed; of a document that is told again, none. */
    readonly changed: readonly string[];
    readonly previous: Partial<DocumentEventFacts>;
    /** As it now is; absent where it was removed. */
    readonly document?: DocumentEventFacts;
  }
>;

/** What goes into a message; a publisher's own event fits as it is. */
export interface DocumentFact extends Fact<DocumentEventMessageKind> {
  readonly documentId: string;
  readonly changed: readonly string[];
  readonly previous: object;
  readonly document?: DocumentEventFacts;
}

export function documentEventMessage(
  fact: DocumentFact,
  epoch: number,
  requestId?: string,
): DocumentEventMessage {
  const { companyId, documentId, version, changed, previous, document } = fact;
  const data = { companyId, documentId, version, changed, previous, ...(document && { document }) };
  return cloudEvent(fact, `${companyId}/${documentId}`, data, epoch, requestId);
}

/** Whether a message is of a document, as far as its type tells; whether it is well-formed, the one who parses it finds out. */
export function isOfDocument({ type }: { readonly type: string }): boolean {
  return DOCUMENT_EVENT_KINDS.some((kind) => eventType(kind) === type);
}

/** Reads a message as a tolerant consumer does. @throws MalformedMessage */
export function parseDocumentEventMessage(text: string): DocumentEventMessage {
  const { event, type, data } = envelopedEventIn(text);
  if (!isOfDocument({ type })) throw new MalformedMessage(`type ${type} is not of a document`);
  uuidIn(data['documentId'], 'data.documentId');
  if (type === eventType('document-added')) {
    const document = objectIn(data['document'], 'data.document');
    textIn(document['contentType'], 'data.document.contentType');
    wholeIn(document['size'], 'data.document.size');
  } else if (data['document'] !== undefined) {
    throw new MalformedMessage('data.document is there, though it was removed');
  }
  return event as unknown as DocumentEventMessage;
}

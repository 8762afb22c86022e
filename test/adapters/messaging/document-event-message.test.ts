import { describe, expect, it } from '@jest/globals';
import { eventMessage } from '../../../src/adapters/messaging/event-message.ts';
import { readCompanyEvent } from '../../../src/adapters/sns/statistics/read-company-event.ts';
import { Unintelligible } from '../../../src/application/statistics/ports/unintelligible.ts';
import {
  documentEventOf,
  documentSnapshotOf,
  type DocumentEvent,
} from '../../../src/domain/profiles/document-event.ts';
import type { DocumentRecord } from '../../../src/domain/profiles/document.ts';
import { minutesLater } from '../../support/company-mother.ts';
import { aStoredDocument } from '../../support/document-mother.ts';
import { validatorOf } from '../../support/event-schemas.ts';

const plain = aStoredDocument();
const full = aStoredDocument({ version: 7, size: 0, sha256: 'ab'.repeat(32), contentType: 'text/csv; a=b' });
const gone = ({ companyId, documentId, objectKey, version }: DocumentRecord): DocumentRecord => ({
  ...{ companyId, documentId, objectKey, version: version + 1 },
  ...{ status: 'removed', removedAt: minutesLater(9), requestId: 'request-2' },
});

const EVENTS: DocumentEvent[] = [
  ...[plain, full].map((document) => documentEventOf(undefined, document)!),
  ...[plain, full].map((document) => documentEventOf(document, gone(document))!),
  documentEventOf(plain, full)!,
  documentSnapshotOf(full)!,
];
const told = EVENTS.map((event) => [event.kind, event] as const);
const messageOf = (event: DocumentEvent) =>
  JSON.parse(JSON.stringify(eventMessage(event, 3, 'request-1'))) as ReturnType<typeof eventMessage>;

describe('the contract of events of documents', () => {
  it.each(told)('the publisher keeps to it: %s', (_kind, event) => {
    const message = messageOf(event);
    const validate = validatorOf(message.dataschema);
    expect(validate?.(message)).toBe(true);
    expect(message).toMatchObject({ subject: event.companyId, epoch: 3, requestid: 'request-1' });
    expect(Number(message.sequence)).toBe(event.version);
  });

  it.each(told)('the consumer understands it: %s', (_kind, event) => {
    const { companyId, documentId, version, occurredAt, document } = event;
    expect(readCompanyEvent(JSON.stringify(messageOf(event)))).toEqual({
      of: 'document',
      companyId,
      documentId,
      position: { epoch: 3, version },
      ...(document && { content: { contentType: document.contentType, size: document.size } }),
      changedAt: occurredAt,
      requestId: 'request-1',
    });
  });

  it('gives the same fact the same id, told again too, and another fact another one', () => {
    const ids = EVENTS.slice(0, 4).map((event) => messageOf(event).id);
    expect(new Set(ids).size).toBe(4);
    expect(messageOf(documentSnapshotOf(full)!).id).toBe(ids[1]);
    expect(eventMessage(EVENTS[0]!, 4).id).not.toBe(ids[0]);
  });

  const [added, removed] = [EVENTS[0]!, EVENTS[2]!];
  const broken = (event: DocumentEvent, change: object, data: object = {}): object => {
    const message = messageOf(event);
    return { ...message, ...change, data: { ...message.data, ...data } };
  };
  // What the schemas demand of what the consumer needs, the consumer demands too: each of these fails both.
  it.each([
    ['type', broken(added, { type: 'company.document-lost.v1' })],
    ['sequence', broken(added, { sequence: 'x' })],
    ['subject', broken(added, { subject: plain.documentId.slice(1) })],
    ['data.documentId', broken(added, {}, { documentId: '../x' })],
    ['data.version', broken(removed, {}, { version: 0 })],
    ['data.document', broken(added, {}, { document: undefined })],
    ['data.document.size', broken(added, {}, { document: { ...added.document, size: -1 } })],
    ['data.document.contentType', broken(added, {}, { document: { ...added.document, contentType: '' } })],
    ['a document that was removed', broken(removed, {}, { document: added.document })],
  ])('the consumer refuses a message that breaks it: %s', (_what, message) => {
    const text = JSON.stringify(message);
    expect(() => readCompanyEvent(text)).toThrow(Unintelligible);
    const { dataschema } = message as { dataschema: string };
    expect(validatorOf(dataschema)?.(JSON.parse(text))).toBe(false);
  });
});

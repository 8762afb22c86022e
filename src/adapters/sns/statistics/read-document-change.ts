import { parseDocumentEventMessage } from '../../messaging/document-event-message.ts';
import { companyIdOf } from '../../../domain/shared/company-id.ts';
import type { DocumentChange } from '../../../domain/statistics/counted-document.ts';

/**
 * What a message of a document means to statistics.
 *
 * @throws MalformedMessage
 */
export function readDocumentChange(payload: string): DocumentChange {
  const { data, time, epoch, requestid } = parseDocumentEventMessage(payload);
  const { documentId, version, document } = data;
  return {
    companyId: companyIdOf(data.companyId),
    documentId,
    position: { epoch, version },
    ...(document && { content: { contentType: document.contentType, size: document.size } }),
    changedAt: time,
    ...(requestid !== undefined && { requestId: requestid }),
  };
}

import { companyEventMessage, type CompanyEventMessage, type CompanyFact } from './company-event-message.ts';
import {
  documentEventMessage,
  type DocumentEventMessage,
  type DocumentFact,
} from './document-event-message.ts';

/** The message of an event of the topic `company-events`, of whatever kind. */
export function eventMessage(
  fact: CompanyFact | DocumentFact,
  epoch: number,
  requestId?: string,
): CompanyEventMessage | DocumentEventMessage {
  return 'documentId' in fact
    ? documentEventMessage(fact, epoch, requestId)
    : companyEventMessage(fact, epoch, requestId);
}

import { isOfDocument } from '../../messaging/document-event-message.ts';
import { envelopedEventIn, MalformedMessage } from '../../messaging/message-parts.ts';
import type { ReadCompanyEvent } from '../../../application/statistics/ports/read-company-event.ts';
import { Unintelligible } from '../../../application/statistics/ports/unintelligible.ts';
import { readDocumentChange } from './read-document-change.ts';
import { readProfileChange } from './read-profile-change.ts';

/** What a message of the topic `company-events` means to statistics. */
export const readCompanyEvent: ReadCompanyEvent = (payload) => {
  try {
    return isOfDocument(envelopedEventIn(payload))
      ? { of: 'document', ...readDocumentChange(payload) }
      : { of: 'company', ...readProfileChange(payload) };
  } catch (error) {
    if (error instanceof MalformedMessage) throw new Unintelligible(error.message);
    throw error;
  }
};

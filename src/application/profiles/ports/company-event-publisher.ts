import type { CompanyEvent } from '../../../domain/profiles/company-event.ts';
import type { DocumentEvent } from '../../../domain/profiles/document-event.ts';

export interface PublishableEvent {
  readonly event: CompanyEvent | DocumentEvent;
  readonly requestId?: string;
}

/** Tells others what happened to companies and their documents. */
export interface CompanyEventPublisher {
  /**
   * Publishes all that can be published, and answers with the indexes of those that could not, ascending.
   * What was published may be delivered more than once, and in any order.
   */
  publish(events: readonly PublishableEvent[]): Promise<readonly number[]>;
}

import type {
  CompanyEventPublisher,
  PublishableEvent,
} from '../../application/profiles/ports/company-event-publisher.ts';
import { eventMessage } from '../messaging/event-message.ts';
import type { TopicMessage } from './topic.ts';

/** Publishes company events to the topic of this machine; see `SnsCompanyEventPublisher` for the one on AWS. */
export class LocalCompanyEventPublisher implements CompanyEventPublisher {
  constructor(
    private readonly publishAll: (messages: readonly TopicMessage[]) => Promise<void>,
    private readonly epoch: number,
    private readonly onFailure: (reason: unknown) => void,
  ) {}

  async publish(events: readonly PublishableEvent[]): Promise<readonly number[]> {
    if (events.length === 0) return [];
    try {
      await this.publishAll(
        events.map(({ event, requestId }) => {
          const message = eventMessage(event, this.epoch, requestId);
          return {
            message: JSON.stringify(message),
            attributes: { type: message.type, companyId: event.companyId },
          };
        }),
      );
      return [];
    } catch (reason) {
      this.onFailure(reason);
      return events.map((_, index) => index);
    }
  }
}

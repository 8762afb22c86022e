import { eventOf } from '../../domain/profiles/company-event.ts';
import type { CompanyChange } from './company-change.ts';
import type { CompanyEventPublisher } from './ports/company-event-publisher.ts';

export class PublishCompanyChanges {
  constructor(private readonly publisher: CompanyEventPublisher) {}

  /** Publishes what the changes mean to others, and answers with the indexes of those that must come again. */
  async execute(changes: readonly CompanyChange[]): Promise<readonly number[]> {
    const publishable = changes.flatMap(({ before, after, requestId }, index) => {
      const event = eventOf(before, after);
      return event ? [{ index, event, ...(requestId !== undefined && { requestId }) }] : [];
    });
    const failed = await this.publisher.publish(publishable);
    return failed.map((position) => publishable[position]!.index);
  }
}

import { eventOf } from '../../domain/profiles/company-event.ts';
import { documentEventOf } from '../../domain/profiles/document-event.ts';
import type { CompanyChange } from './company-change.ts';
import type { DocumentChange } from './document-change.ts';
import type { CompanyEventPublisher, PublishableEvent } from './ports/company-event-publisher.ts';

/** What has changed of a company: its profile, or one of its documents. */
export type PublishableChange =
  ({ readonly of: 'company' } & CompanyChange) | ({ readonly of: 'document' } & DocumentChange);

export class PublishCompanyChanges {
  constructor(private readonly publisher: CompanyEventPublisher) {}

  /** Publishes what the changes mean to others, and answers with the indexes of those that must come again. */
  async execute(changes: readonly PublishableChange[]): Promise<readonly number[]> {
    const publishable = changes.flatMap((change, index) => {
      const event = meaningOf(change);
      const { requestId } = change;
      return event ? [{ index, event, ...(requestId !== undefined && { requestId }) }] : [];
    });
    const failed = await this.publisher.publish(publishable);
    return failed.map((position) => publishable[position]!.index);
  }
}

function meaningOf(change: PublishableChange): PublishableEvent['event'] | undefined {
  return change.of === 'company'
    ? eventOf(change.before, change.after)
    : documentEventOf(change.before, change.after);
}

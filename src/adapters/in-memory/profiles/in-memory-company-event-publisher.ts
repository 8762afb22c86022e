import type {
  CompanyEventPublisher,
  PublishableEvent,
} from '../../../application/profiles/ports/company-event-publisher.ts';
import { copyOf } from '../copy-of.ts';

/** Collects what is published. */
export class InMemoryCompanyEventPublisher implements CompanyEventPublisher {
  readonly #published: PublishableEvent[] = [];
  #refuses: (event: PublishableEvent['event']) => boolean = () => false;

  /** What was published, in the order of publication. */
  get published(): readonly PublishableEvent[] {
    return copyOf(this.#published);
  }

  /** From now on fails the entries of the events that `refuses` answers true for. */
  refuse(refuses: (event: PublishableEvent['event']) => boolean): void {
    this.#refuses = refuses;
  }

  async publish(events: readonly PublishableEvent[]): Promise<readonly number[]> {
    return events.flatMap(({ event, requestId }, index) => {
      if (this.#refuses(event)) return [index];
      this.#published.push(copyOf({ event, ...(requestId !== undefined && { requestId }) }));
      return [];
    });
  }
}

import type {
  SetAsideEvents,
  SetAsideMessage,
} from '../../../application/statistics/ports/set-aside-events.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import { copyOf } from '../copy-of.ts';

export class InMemorySetAsideEvents implements SetAsideEvents {
  readonly #events = new Map<string, SetAsideEvent>();

  async keep(message: SetAsideMessage): Promise<void> {
    const { messageId, sentAt, topic, payload, reason, seenAt } = message;
    const [day, time] = sentAt.split('T');
    const id = `${day}/${time}/${messageId}`;
    const firstSeenAt = this.#events.get(id)?.firstSeenAt ?? seenAt;
    this.#events.set(id, { id, topic, payload, reason, firstSeenAt, lastSeenAt: seenAt });
  }

  async *list(since: Instant, until: Instant): AsyncGenerator<SetAsideEvent> {
    const [first, last] = [dayOf(since), dayOf(until)];
    const ids = [...this.#events.keys()].filter((id) => dayOf(id) >= first && dayOf(id) <= last).sort();
    for (const id of ids) {
      const event = this.#events.get(id);
      if (event !== undefined) yield copyOf(event);
    }
  }

  async find(id: string): Promise<SetAsideEvent | undefined> {
    const event = this.#events.get(id);
    return event && copyOf(event);
  }

  async remove(id: string): Promise<void> {
    this.#events.delete(id);
  }
}

function dayOf(text: string): string {
  return text.slice(0, 'yyyy-mm-dd'.length);
}

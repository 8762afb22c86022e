import type { SetAsideEvent, Topic } from '../../domain/statistics/set-aside-event.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';
import type { Receiver, Reception } from './receiver.ts';

export interface Redriven {
  readonly event: SetAsideEvent;
  readonly reception: Reception;
}

export class RedriveSetAside {
  constructor(
    private readonly setAside: SetAsideEvents,
    private readonly receivers: Readonly<Record<Topic, Pick<Receiver, 'attempt'>>>,
  ) {}

  /**
   * Tries set-aside messages again, in any order. What succeeds now leaves; what does not, stays.
   */
  async execute(
    events: AsyncIterable<SetAsideEvent>,
    onRedriven: (redriven: Redriven) => void,
  ): Promise<void> {
    for await (const event of events) {
      const reception = await this.receivers[event.topic].attempt(event.payload);
      if (reception.reason === undefined) await this.setAside.remove(event.id);
      onRedriven({ event, reception });
    }
  }
}

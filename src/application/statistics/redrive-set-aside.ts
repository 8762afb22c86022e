import type { SetAsideEvent } from '../../domain/statistics/set-aside-event.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';
import type { ReceiveCompanyEvent, Reception } from './receive-company-event.ts';

export interface Redriven {
  readonly event: SetAsideEvent;
  readonly reception: Reception;
}

export class RedriveSetAside {
  constructor(
    private readonly setAside: SetAsideEvents,
    private readonly receive: ReceiveCompanyEvent,
  ) {}

  /**
   * Tries set-aside messages again, in any order. What succeeds now leaves; what does not, stays.
   */
  async execute(
    events: AsyncIterable<SetAsideEvent>,
    onRedriven: (redriven: Redriven) => void,
  ): Promise<void> {
    for await (const event of events) {
      const reception = await this.receive.attempt(event.payload);
      if (!('reason' in reception)) await this.setAside.remove(event.id);
      onRedriven({ event, reception });
    }
  }
}

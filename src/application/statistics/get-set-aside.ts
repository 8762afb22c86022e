import { SetAsideEventNotFound } from '../../domain/statistics/errors.ts';
import type { SetAsideEvent } from '../../domain/statistics/set-aside-event.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';

export class GetSetAside {
  constructor(private readonly setAside: SetAsideEvents) {}

  /** @throws SetAsideEventNotFound, Unavailable */
  async execute(id: string): Promise<SetAsideEvent> {
    const event = await this.setAside.find(id);
    if (event === undefined) throw new SetAsideEventNotFound(id);
    return event;
  }
}

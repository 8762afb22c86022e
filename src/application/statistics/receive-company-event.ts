import type { FollowOutcome, ProfileChange } from '../../domain/statistics/tracked-company.ts';
import type { Clock } from '../../domain/shared/time.ts';
import type { FollowCompany } from './follow-company.ts';
import type { ReadProfileChange } from './ports/read-profile-change.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';
import { Unintelligible } from './ports/unintelligible.ts';
import type { ReceivedMessage, Receiver } from './receiver.ts';

export type EventReception =
  | {
      readonly outcome: Exclude<FollowOutcome, 'fork'>;
      readonly change: ProfileChange;
      readonly lagMs: number;
    }
  | { readonly outcome: 'fork'; readonly change: ProfileChange; readonly reason: string }
  | { readonly outcome: 'unintelligible'; readonly reason: string };

/** What a message of the profiles service leads to. */
export class ReceiveCompanyEvent implements Receiver {
  constructor(
    private readonly followCompany: FollowCompany,
    private readonly setAside: SetAsideEvents,
    private readonly readChange: ReadProfileChange,
    private readonly clock: Clock,
  ) {}

  async execute(message: ReceivedMessage): Promise<EventReception> {
    const reception = await this.attempt(message.payload);
    if ('reason' in reception) {
      await this.setAside.keep({
        ...message,
        topic: 'company-events',
        reason: reception.reason,
        seenAt: this.clock.now(),
      });
    }
    return reception;
  }

  async attempt(payload: string): Promise<EventReception> {
    let change: ProfileChange;
    try {
      change = this.readChange(payload);
    } catch (error) {
      if (error instanceof Unintelligible) return { outcome: 'unintelligible', reason: error.message };
      throw error;
    }
    const { outcome, lagMs } = await this.followCompany.execute(change);
    if (outcome !== 'fork') return { outcome, change, lagMs };
    const { epoch, version } = change.position;
    return {
      outcome,
      change,
      reason: `fork: company ${change.companyId} is known with other content at epoch ${epoch}, version ${version}, or was removed before`,
    };
  }
}

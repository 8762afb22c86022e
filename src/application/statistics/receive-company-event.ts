import type { FollowOutcome, ProfileChange } from '../../domain/statistics/tracked-company.ts';
import type { Clock, Instant } from '../../domain/shared/time.ts';
import type { FollowCompany } from './follow-company.ts';
import { Unintelligible, type ReadProfileChange } from './ports/read-profile-change.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';

export interface ReceivedMessage {
  readonly messageId: string;
  readonly sentAt: Instant;
  readonly payload: string;
}

export type Reception =
  | {
      readonly outcome: Exclude<FollowOutcome, 'fork'>;
      readonly change: ProfileChange;
      readonly lagMs: number;
    }
  | { readonly outcome: 'fork'; readonly change: ProfileChange; readonly reason: string }
  | { readonly outcome: 'unintelligible'; readonly reason: string };

/** What a message leads to. Whatever is thrown may succeed when the message comes again. */
export class ReceiveCompanyEvent {
  constructor(
    private readonly followCompany: FollowCompany,
    private readonly setAside: SetAsideEvents,
    private readonly readChange: ReadProfileChange,
    private readonly clock: Clock,
  ) {}

  /** Follows what a message says; sets it aside, durably, where that can never succeed. */
  async execute(message: ReceivedMessage): Promise<Reception> {
    const reception = await this.attempt(message.payload);
    if ('reason' in reception) {
      await this.setAside.keep({ ...message, reason: reception.reason, seenAt: this.clock.now() });
    }
    return reception;
  }

  /** Follows what a message says, without setting it aside. */
  async attempt(payload: string): Promise<Reception> {
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

import type { FollowOutcome } from '../../domain/statistics/tracked-company.ts';
import type { Clock } from '../../domain/shared/time.ts';
import type { CountDocument } from './count-document.ts';
import type { FollowCompany } from './follow-company.ts';
import type { CompanyEventChange, ReadCompanyEvent } from './ports/read-company-event.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';
import { Unintelligible } from './ports/unintelligible.ts';
import type { ReceivedMessage, Receiver } from './receiver.ts';

export type EventReception =
  | {
      readonly outcome: Exclude<FollowOutcome, 'fork'>;
      readonly change: CompanyEventChange;
      readonly lagMs: number;
    }
  | { readonly outcome: 'fork'; readonly change: CompanyEventChange; readonly reason: string }
  | { readonly outcome: 'unintelligible'; readonly reason: string };

/** What a message of the profiles service leads to. */
export class ReceiveCompanyEvent implements Receiver {
  constructor(
    private readonly followCompany: FollowCompany,
    private readonly countDocument: CountDocument,
    private readonly setAside: SetAsideEvents,
    private readonly readChange: ReadCompanyEvent,
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
    let change: CompanyEventChange;
    try {
      change = this.readChange(payload);
    } catch (error) {
      if (error instanceof Unintelligible) return { outcome: 'unintelligible', reason: error.message };
      throw error;
    }
    const { outcome, lagMs } = await (change.of === 'document'
      ? this.countDocument.execute(change)
      : this.followCompany.execute(change));
    return outcome === 'fork' ? { outcome, change, reason: forkReason(change) } : { outcome, change, lagMs };
  }
}

function forkReason(change: CompanyEventChange): string {
  const { companyId, position } = change;
  const at = `at epoch ${position.epoch}, version ${position.version}`;
  return change.of === 'document'
    ? `fork: document ${change.documentId} of company ${companyId} is known with other content ${at}`
    : `fork: company ${companyId} is known with other content ${at}, or was removed before`;
}

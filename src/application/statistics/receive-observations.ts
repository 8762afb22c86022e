import { InvalidInput, type Violation } from '../../domain/shared/errors.ts';
import type { DecimalArithmetic } from '../../domain/shared/decimal.ts';
import { millisecondsBetween, type Clock } from '../../domain/shared/time.ts';
import {
  observationOf,
  type Observation,
  type StatedObservation,
} from '../../domain/statistics/observation.ts';
import type { Identifier } from '../../domain/statistics/tracked-company.ts';
import type { RecordingResult } from './plan-recording.ts';
import type { PendingObservations } from './ports/pending-observations.ts';
import type { ObservationsMessage, ReadObservations } from './ports/read-observations.ts';
import type { SetAsideEvents } from './ports/set-aside-events.ts';
import { Unintelligible } from './ports/unintelligible.ts';
import type { ReceivedMessage, Receiver, Reception } from './receiver.ts';
import type { RecordObservations } from './record-observations.ts';
import type { RecordPending } from './record-pending.ts';

/** The faults that a reason tells one by one. */
const MOST_FAULTS = 10;

type Result = RecordingResult | { readonly status: 'pending' };

/** What became of the observations of a message: how many ended how. */
export interface ObservationsReception extends Reception {
  readonly outcome: 'received' | 'invalid' | 'unintelligible';
  readonly counts: Readonly<Partial<Record<Result['status'], number>>>;
}

/** The same, and how long the message was on its way and at work. */
export interface TimedReception extends ObservationsReception {
  readonly lagMs: number;
}

/** What a message of the topic `company-observations` leads to. */
export class ReceiveObservations implements Receiver {
  constructor(
    private readonly recordObservations: RecordObservations,
    private readonly recordPending: RecordPending,
    private readonly pending: PendingObservations,
    private readonly setAside: SetAsideEvents,
    private readonly readObservations: ReadObservations,
    private readonly arithmetic: DecimalArithmetic,
    private readonly clock: Clock,
  ) {}

  /** A message of which a part is invalid is set aside whole, after the rest was recorded: that is harmless to repeat. */
  async execute(message: ReceivedMessage): Promise<TimedReception> {
    const reception = await this.attempt(message.payload);
    const { reason } = reception;
    if (reason !== undefined) {
      await this.setAside.keep({
        ...message,
        topic: 'company-observations',
        reason,
        seenAt: this.clock.now(),
      });
    }
    return { ...reception, lagMs: millisecondsBetween(message.sentAt, this.clock.now()) };
  }

  async attempt(payload: string): Promise<ObservationsReception> {
    let message: ObservationsMessage;
    try {
      message = this.readObservations(payload);
    } catch (error) {
      if (error instanceof Unintelligible)
        return { outcome: 'unintelligible', reason: error.message, counts: {} };
      throw error;
    }
    const results = await this.#record(message);
    const counts: Partial<Record<Result['status'], number>> = {};
    for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
    const faults = results.flatMap((result, index) =>
      result.status === 'invalid'
        ? result.violations.map(
            ({ path, detail }) => `${['observations', index, ...path].join('.')}: ${detail}`,
          )
        : [],
    );
    if (faults.length === 0) return { outcome: 'received', counts };
    const told = faults.slice(0, MOST_FAULTS);
    if (faults.length > told.length) told.push(`and ${faults.length - told.length} more`);
    return { outcome: 'invalid', reason: told.join('; '), counts };
  }

  async #record({ company, observations }: ObservationsMessage): Promise<readonly Result[]> {
    const results: Result[] = [];
    const stated = new Map<number, StatedObservation>();
    for (const [index, one] of observations.entries()) {
      if ('violations' in one) results[index] = { status: 'invalid', violations: one.violations };
      else stated.set(index, one);
    }
    const taken =
      'companyId' in company
        ? await this.recordObservations.execute(company.companyId, [...stated.values()])
        : await this.#recordOrWait(company.identifier, [...stated.values()]);
    for (const [place, index] of [...stated.keys()].entries()) results[index] = taken[place]!;
    return results;
  }

  async #recordOrWait(
    identifier: Identifier,
    stated: readonly StatedObservation[],
  ): Promise<readonly Result[]> {
    const companyId = await this.pending.bearerOf(identifier);
    if (companyId !== undefined) return this.recordObservations.execute(companyId, stated);
    const checked = stated.map((one) => this.#checked(one));
    const since = this.clock.now();
    await this.pending.keep(
      checked.flatMap((one) => ('violations' in one ? [] : [{ identifier, observation: one, since }])),
    );
    // A company that came to bear the identifier meanwhile may have been looked for what waits, before it waited.
    await this.recordPending.execute(identifier);
    return checked.map((one) =>
      'violations' in one ? { status: 'invalid', violations: one.violations } : { status: 'pending' },
    );
  }

  #checked(stated: StatedObservation): Observation | { readonly violations: readonly Violation[] } {
    try {
      return observationOf(stated, this.arithmetic);
    } catch (error) {
      if (error instanceof InvalidInput) return { violations: error.violations };
      throw error;
    }
  }
}

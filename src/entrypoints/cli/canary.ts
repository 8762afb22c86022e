import { randomUUID } from 'node:crypto';
import type { Invoker } from '../composition/open-invoker.ts';

/** One rename on its way from the profiles to the statistics. */
export interface Flight {
  readonly version: number;
  /** By it the rename is found in the logs of every hop. */
  readonly requestId: string;
  /** How long after the answer to the rename statistics showed it; undefined where it did not in time. */
  readonly shownMs?: number;
  /** How far statistics says that it was behind: its write less the change. */
  readonly lagMs?: number;
  /** What statistics shows where it is not this version. */
  readonly replicaVersion?: number;
}

/** Time, as a canary needs it. */
export interface CanaryTime {
  nowMs(): number;
  pause(ms: number): Promise<void>;
}

const BETWEEN_LOOKS_MS = 20;
/** How often somebody else may change the canary between a look at it and its rename. */
const ATTEMPTS = 5;

// Where no company is, so that the canary is in nobody's figures.
const CANARY = { name: 'Canary', countryCode: 'AQ', tags: ['canary'] };

interface Problem {
  readonly type: string;
  readonly detail: string;
  readonly companyId?: string;
  readonly replicaVersion?: number;
}

type Answer<Result> =
  { readonly result: Result; readonly error?: never } | { readonly error: Problem; readonly result?: never };

interface Versioned {
  readonly companyId: string;
  readonly version: number;
}

/** A company that is there to be renamed. */
export class Canary {
  constructor(
    private readonly profiles: Pick<Invoker, 'invoke'>,
    private readonly statistics: Pick<Invoker, 'invoke'>,
    private readonly time: CanaryTime,
  ) {}

  /** The id of the canary of a key, which is registered where there is none. @throws Error that says what was answered */
  async companyOf(key: string): Promise<string> {
    const input = { company: CANARY, idempotencyKey: key };
    const { result, error } = await ask<Versioned>(this.profiles, 'register', input);
    if (result !== undefined) return result.companyId;
    // Days after it was registered the answer is forgotten, and the company still there.
    if (isOf(error, 'idempotency-key-expired') && error.companyId !== undefined) return error.companyId;
    throw refused('registered', error);
  }

  /** Renames the canary, and waits until statistics shows it. @throws Error that says what was answered */
  async fly(companyId: string, timeoutMs: number): Promise<Flight> {
    const requestId = `canary-${randomUUID()}`;
    const { version } = await this.#rename(companyId, requestId);
    const answeredAt = this.time.nowMs();
    for (;;) {
      const input = { companyId, atLeastVersion: version, limit: 1 };
      const { result, error } = await ask<{ replica: { lagMs: number } }>(this.statistics, 'get', input);
      const waitedMs = this.time.nowMs() - answeredAt;
      if (result !== undefined) return { version, requestId, shownMs: waitedMs, lagMs: result.replica.lagMs };
      if (!isOf(error, 'not-yet-synced')) throw refused('shown', error);
      if (waitedMs >= timeoutMs) {
        const { replicaVersion } = error;
        return { version, requestId, ...(replicaVersion !== undefined && { replicaVersion }) };
      }
      await this.time.pause(BETWEEN_LOOKS_MS);
    }
  }

  async #rename(companyId: string, requestId: string): Promise<Versioned> {
    for (let attempt = 1; ; attempt++) {
      const found = await ask<Versioned>(this.profiles, 'get', { companyId });
      if (found.error) throw refused('found', found.error, ' Give another one with --key.');
      const { version } = found.result;
      const input = { companyId, version, name: `Canary ${version + 1}` };
      const renamed = await ask<Versioned>(this.profiles, 'rename', input, requestId);
      if (renamed.result) return renamed.result;
      if (attempt === ATTEMPTS || !isOf(renamed.error, 'profile-version-conflict'))
        throw refused('renamed', renamed.error);
    }
  }
}

async function ask<Result>(
  service: Pick<Invoker, 'invoke'>,
  operation: string,
  input: object,
  requestId?: string,
): Promise<Answer<Result>> {
  return (await service.invoke({
    operation,
    input,
    ...(requestId !== undefined && { requestId }),
  })) as Answer<Result>;
}

function isOf({ type }: Problem, slug: string): boolean {
  return type.endsWith(`:${slug}`);
}

function refused(done: string, { detail }: Problem, advice = ''): Error {
  return new Error(`The canary could not be ${done}: ${detail}${advice}`);
}

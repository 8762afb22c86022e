import { setTimeout as delay } from 'node:timers/promises';
import type { MetricName } from '../../../infra/observability/metrics.ts';
import { QueueEventSource } from '../../adapters/local/queue-event-source.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { loggedMetrics } from '../../adapters/system/logged-metrics.ts';
import type { RunImport } from '../../application/profiles/imports/run-import.ts';
import { importsHandler } from '../lambda/handlers/imports-handler.ts';
import type { Consumed } from './messaging.ts';

/** Works on the imports of this machine. */
export interface ImportWorker {
  /** Runs until it is stopped. */
  run(): Promise<void>;
  /** Ends `run` within moments: what is under way is kept, and goes on with the next run. */
  stop(): void;
}

/** As long as a Lambda may run at the most. */
const GO_MS = 15 * 60_000;
const RECEIVES = 30;
/** Files at once. */
const CONCURRENCY = 2;

export function importWorker(
  runImport: Pick<RunImport, 'execute'>,
  { queue, deadLetters }: Consumed,
  log: Log,
): ImportWorker {
  const ending = new AbortController();
  const handler = importsHandler(runImport, log, loggedMetrics<MetricName>(log));
  const source = new QueueEventSource({
    queue,
    deadLetters,
    handler: (event) => {
      const endsAt = Date.now() + GO_MS;
      const left = (): number => (ending.signal.aborted ? 0 : endsAt - Date.now());
      return handler(event, { getRemainingTimeInMillis: left });
    },
    maxReceiveCount: RECEIVES,
    batchSize: 1,
    concurrency: CONCURRENCY,
    wait: (ms) => delay(ms, undefined, { signal: ending.signal }).catch(() => {}),
    onDeadLetters: (messages) =>
      log.error('imports: given up until the next start', {
        alarm: 'dead-letters',
        messages: messages.length,
      }),
    onFailure: (error, messages) =>
      log.warn('imports: failed, and comes again', { error, messages: messages.length }),
  });
  return {
    run: async () => source.run(),
    stop: () => {
      ending.abort();
      source.stop();
    },
  };
}

import type { Log } from '../../../adapters/system/json-log.ts';
import type { ReceiveObservations } from '../../../application/statistics/receive-observations.ts';
import type { RegistryMetrics } from '../../composition/metrics.ts';
import { topicHandler } from './topic-handler.ts';

/** Topic `company-observations` → statistics: records what others observe. */
export function companyObservationsHandler(
  receiver: ReceiveObservations,
  log: Log,
  metrics: RegistryMetrics,
) {
  return topicHandler({
    receiver,
    log,
    metrics,
    tell: ({ outcome, counts, lagMs }, messageId) =>
      log.info('company observations', { outcome, messageId, ...counts, lagMs }),
    figuresOf: (taken) => ({
      ObservationLag: taken.flatMap(({ received: { outcome, lagMs } }) =>
        outcome === 'received' ? [lagMs] : [],
      ),
    }),
  });
}

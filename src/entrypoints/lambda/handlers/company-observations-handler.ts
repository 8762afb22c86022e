import type { Log } from '../../../adapters/system/json-log.ts';
import type { ReceiveObservations } from '../../../application/statistics/receive-observations.ts';
import { topicHandler } from './topic-handler.ts';

/** Topic `company-observations` → statistics: records what others observe. */
export function companyObservationsHandler(receive: ReceiveObservations, log: Log) {
  return topicHandler(receive, log, ({ outcome, counts }, messageId) =>
    log.info('company observations', { outcome, messageId, ...counts }),
  );
}

import type { Log } from '../../../adapters/system/json-log.ts';
import type { ReceiveCompanyEvent } from '../../../application/statistics/receive-company-event.ts';
import { topicHandler } from './topic-handler.ts';

/** Topic `company-events` → statistics: follows the profiles. */
export function companyEventsHandler(receive: ReceiveCompanyEvent, log: Log) {
  return topicHandler(receive, log, (reception) => {
    if ('reason' in reception) return;
    const { companyId, position, requestId } = reception.change;
    const { outcome, lagMs } = reception;
    log.info('company event', { outcome, companyId, ...position, requestId, lagMs });
  });
}

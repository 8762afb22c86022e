import { eventHeadersOf } from '../../../adapters/messaging/event-headers.ts';
import type { Log } from '../../../adapters/system/json-log.ts';
import type {
  EventReception,
  ReceiveCompanyEvent,
} from '../../../application/statistics/receive-company-event.ts';
import type { RegistryMetrics } from '../../composition/metrics.ts';
import { counted } from './counted.ts';
import { topicHandler, type Taken } from './topic-handler.ts';

/** Topic `company-events` → statistics: follows the profiles, and counts their documents. */
export function companyEventsHandler(receiver: ReceiveCompanyEvent, log: Log, metrics: RegistryMetrics) {
  return topicHandler({
    receiver,
    log,
    metrics,
    tell: (reception) => {
      if ('reason' in reception) return;
      const { companyId, position, requestId } = reception.change;
      const documentId = reception.change.of === 'document' ? reception.change.documentId : undefined;
      const { outcome, lagMs } = reception;
      log.info('company event', { outcome, companyId, documentId, ...position, requestId, lagMs });
    },
    figuresOf: (taken) => ({
      RenamePropagation: taken.flatMap(propagationOf),
      Stale: outcomes(taken, 'stale'),
      Duplicate: outcomes(taken, 'duplicate'),
      Fork: outcomes(taken, 'fork'),
    }),
  });
}

const RENAMED = 'company.renamed.v1';

/** How long a rename was on its way; a snapshot tells of changes that may be years old. */
function propagationOf({ message, received }: Taken<EventReception>): readonly number[] {
  return received.outcome === 'followed' && eventHeadersOf(message.payload).type === RENAMED
    ? [received.lagMs]
    : [];
}

function outcomes(
  taken: readonly Taken<EventReception>[],
  outcome: EventReception['outcome'],
): readonly number[] {
  return counted(taken.filter(({ received }) => received.outcome === outcome).length);
}

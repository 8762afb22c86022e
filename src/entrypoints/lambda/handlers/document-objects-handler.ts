import type { S3Event, S3EventRecord, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { FollowObject, Following } from '../../../application/profiles/documents/follow-object.ts';
import { placeOf } from '../../../domain/profiles/document-key.ts';
import type { RegistryMetrics } from '../../composition/metrics.ts';
import { counted } from './counted.ts';

type Notice = S3EventRecord | undefined;

/**
 * Object store → documents, directly or by a queue: takes the events of both, in any order and any number of times.
 *
 * Behind a queue a message that failed is reported and comes again alone; a direct delivery fails as a whole.
 */
export function documentObjectsHandler(
  follow: Pick<FollowObject, 'execute' | 'setAside'>,
  log: Log,
  metrics: RegistryMetrics,
) {
  return async (event: S3Event | SQSEvent): Promise<SQSBatchResponse> => {
    // A bucket that is told where to send its events sends a test first, without records.
    const records: readonly (S3EventRecord | SQSEvent['Records'][number])[] = event.Records ?? [];
    const batchItemFailures: { itemIdentifier: string }[] = [];
    const failures: unknown[] = [];
    let setAside = 0;
    for (const record of records) {
      try {
        for (const notice of 's3' in record ? [record] : noticesIn(record.body)) {
          if ((await followOne(notice)) === 'set-aside') setAside++;
        }
      } catch (error) {
        log.warn('a notification of an object failed and comes again', { error });
        if ('s3' in record) failures.push(error);
        else batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    metrics.emit({ SetAside: counted(setAside) });
    if (failures.length > 0) throw failures[0];
    return { batchItemFailures };
  };

  async function followOne(notice: Notice): Promise<Following['outcome'] | undefined> {
    if (notice?.s3?.object?.key === undefined) {
      log.warn('a notification of no object');
      return undefined;
    }
    const { key, sequencer } = notice.s3.object;
    const notification = { notifiedAt: notice.eventTime, ...(sequencer && { sequencer }) };
    const objectKey = decoded(key);
    const following =
      objectKey === undefined
        ? await follow.setAside(
            { ...notification, objectKey: key },
            'The key is not well-formed in its URL encoding.',
          )
        : await follow.execute({ ...notification, objectKey });
    tell(following, objectKey);
    return following.outcome;
  }

  /** A key and a reason may quote what somebody made up: they are kept with what was set aside, and not told here. */
  function tell({ outcome }: Following, objectKey: string | undefined): void {
    const { companyId, documentId } = (objectKey === undefined ? undefined : placeOf(objectKey)) ?? {};
    const fields = { outcome, companyId, documentId };
    if (outcome === 'set-aside') log.error('an object was set aside', { alarm: 'set-aside', ...fields });
    else if (outcome === 'refused' || outcome === 'deleted')
      log.warn('an object was refused and deleted', fields);
    else log.info('object', fields);
  }
}

/** A body that is no event is nobody's, and comes again until the queue gives it up. */
function noticesIn(body: string): readonly Notice[] {
  const event = JSON.parse(body) as Partial<S3Event>;
  return event.Records ?? [];
}

/** Keys come as a form sends them; undefined where the encoding is broken. */
function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

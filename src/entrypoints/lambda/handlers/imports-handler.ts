import type { Context, S3Event, S3EventRecord, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../../adapters/system/json-log.ts';
import type { ImportOutcome, RunImport } from '../../../application/profiles/imports/run-import.ts';
import type { TimeLeft } from '../../../application/profiles/imports/import-work.ts';
import { importIdOf, type ImportId } from '../../../domain/profiles/import/file-import.ts';
import { importIdIn } from '../../../domain/profiles/import/import-key.ts';
import type { RegistryMetrics } from '../../composition/metrics.ts';
import { counted } from './counted.ts';

type Clocked = Pick<Context, 'getRemainingTimeInMillis'>;

/**
 * Queue `imports` → imports: takes what the object store tells of uploaded files, and `{importId}` of imports that are to go
 * on; the object store may tell directly too. One after the other: each is told how much time is left.
 *
 * Behind the queue a message that failed is reported and comes again alone; a direct delivery fails as a whole.
 */
export function importsHandler(runImport: Pick<RunImport, 'execute'>, log: Log, metrics: RegistryMetrics) {
  return async (event: SQSEvent | S3Event, context: Clocked): Promise<SQSBatchResponse> => {
    const timeLeft = { ms: () => context.getRemainingTimeInMillis() };
    const batchItemFailures: { itemIdentifier: string }[] = [];
    const failures: unknown[] = [];
    const outcomes: ImportOutcome['outcome'][] = [];
    // A bucket that is told where to send its events sends a test first, without records.
    for (const record of (event.Records ?? []) as readonly (SQSEvent['Records'][number] | S3EventRecord)[]) {
      try {
        for (const importId of 's3' in record ? importIn(record) : importsIn(record.body))
          outcomes.push(await run(importId, timeLeft));
      } catch (error) {
        log.warn('an import was not taken up, or did not get on, and comes again', { error });
        if ('s3' in record) failures.push(error);
        else batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    const ended = (outcome: ImportOutcome['outcome']) => outcomes.filter((each) => each === outcome).length;
    metrics.emit({ Imports: counted(ended('done')), FailedImports: counted(ended('failed')) });
    if (failures.length > 0) throw failures[0];
    return { batchItemFailures };
  };

  async function run(importId: ImportId, timeLeft: TimeLeft): Promise<ImportOutcome['outcome']> {
    // Why one failed may quote the file: it is kept with the import, and not told here.
    const { outcome } = await runImport.execute(importId, timeLeft);
    if (outcome === 'failed' || outcome === 'unknown')
      log.warn('an import came to nothing', { importId, outcome });
    else log.info('import', { importId, outcome });
    return outcome;
  }
}

/** A body that is neither is nobody's, and comes again until the queue gives it up. */
function importsIn(body: string): readonly ImportId[] {
  const message = JSON.parse(body) as Partial<S3Event> & { readonly importId?: string };
  if (message.importId !== undefined) return [importIdOf(message.importId)];
  return (message.Records ?? []).flatMap(importIn);
}

/** What is no uploaded file, or was deleted, is no matter of an import. */
function importIn({ s3, eventName }: Partial<S3EventRecord>): readonly ImportId[] {
  const isCreated = eventName?.startsWith('ObjectCreated') ?? false;
  const importId = isCreated ? importIdIn(s3?.object?.key ?? '') : undefined;
  return importId === undefined ? [] : [importId];
}

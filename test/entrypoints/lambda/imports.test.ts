import { beforeEach, describe, expect, it } from '@jest/globals';
import type { S3Event, SQSEvent } from 'aws-lambda';
import { uploadKeyOf } from '../../../src/domain/profiles/import/import-key.ts';
import { importsHandler } from '../../../src/entrypoints/lambda/handlers/imports-handler.ts';
import { recordedMetrics } from '../../support/recorded-metrics.ts';
import { importIdAt, UploadedImports } from '../../support/uploaded-imports.ts';

const FILE = 'name,countryCode,ticker\nAcme,US,ACME\n';
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const context = { getRemainingTimeInMillis: () => 15 * 60_000 };

const noticeOf = (key: string, eventName = 'ObjectCreated:Put') => ({ eventName, s3: { object: { key } } });
const eventOf = (...records: object[]) => ({ Records: records }) as unknown as S3Event;
const queued = (...bodies: object[]) =>
  ({
    Records: bodies.map((body, index) => ({ messageId: `m-${index}`, body: JSON.stringify(body) })),
  }) as unknown as SQSEvent;

describe('what the queue of imports tells', () => {
  let system: UploadedImports;
  let handle: (event: SQSEvent | S3Event) => Promise<{ batchItemFailures: object[] }>;
  const statusOf = async (number: number): Promise<string> =>
    (await system.find(importIdAt(number))).report.status;

  beforeEach(() => {
    system = new UploadedImports();
    const handler = importsHandler(system.process(), silent, recordedMetrics());
    handle = async (event) => handler(event, context);
  });

  it('begins the import of a file that has arrived, told by the bucket itself or by the queue', async () => {
    const [one, other] = [
      await system.upload(FILE, 'companies'),
      await system.upload(`${FILE} `, 'companies'),
    ];
    await handle(eventOf(noticeOf(uploadKeyOf(one))));
    await handle(queued(eventOf(noticeOf(uploadKeyOf(other)))));
    expect([await statusOf(1), await statusOf(2)]).toEqual(['done', 'done']);
  });

  it('goes on with an import', async () => {
    const importId = await system.upload(FILE, 'companies');
    expect(await handle(queued({ importId }))).toEqual({ batchItemFailures: [] });
    expect(await statusOf(1)).toBe('done');
  });

  it('is no matter of an import where it is a test, a removal, or of another object', async () => {
    const importId = await system.upload(FILE, 'companies');
    const key = uploadKeyOf(importId);
    for (const event of [
      queued({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }),
      { Service: 'Amazon S3', Event: 's3:TestEvent' } as unknown as S3Event,
      eventOf(noticeOf(key, 'ObjectRemoved:Delete')),
      queued(eventOf({ eventName: 'ObjectCreated:Put' }, {})),
      eventOf(
        ...['', '%E0%A4%A', 'imports/x/file', `${key}/more`, `documents/${importId}`, key.toUpperCase()].map(
          (other) => noticeOf(other),
        ),
      ),
      eventOf(noticeOf(`imports/${importId}/parts/2-1-rejected`)),
    ])
      expect(await handle(event)).toEqual({ batchItemFailures: [] });
    expect(await statusOf(1)).toBe('waiting');
  });

  it('fails alone where it fails, and a direct delivery as a whole', async () => {
    const importId = await system.upload(FILE, 'companies');
    const answer = await handle(queued({ importId: 'what' }, { importId }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
    expect(await statusOf(1)).toBe('done');
    const next = await system.upload(`${FILE}\n`, 'companies');
    system.blow = { at: system.effects + 1, isDone: false };
    await expect(handle(eventOf(noticeOf(uploadKeyOf(next))))).rejects.toThrow();
  });
});

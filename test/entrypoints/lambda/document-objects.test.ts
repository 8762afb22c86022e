import { beforeEach, describe, expect, it } from '@jest/globals';
import type { S3Event, SQSEvent } from 'aws-lambda';
import { FollowObject } from '../../../src/application/profiles/documents/follow-object.ts';
import type { SetAsideObject } from '../../../src/application/profiles/ports/set-aside-objects.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { documentObjectsHandler } from '../../../src/entrypoints/lambda/handlers/document-objects-handler.ts';
import { aCompany, companyIdAt } from '../../support/company-mother.ts';
import { ObjectStoreInMemory } from '../../support/object-store-in-memory.ts';
import { profilesInMemory, type ProfilesFixture } from '../../support/profiles-fixture.ts';
import { recordedMetrics, type RecordedMetrics } from '../../support/recorded-metrics.ts';
import { SequentialDocumentIds } from '../../support/sequential-document-ids.ts';

const { companyId } = aCompany();
const FOLDER = `documents/${companyId}`;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

const recordOf = (key: string, sequencer = '0A', eventName = 'ObjectCreated:Put') => ({
  eventSource: 'aws:s3',
  eventName,
  eventTime: '2026-01-02T00:00:00.000Z',
  s3: { bucket: { name: 'b' }, object: { key, sequencer, size: 9, eTag: 'e' } },
});
const eventOf = (...records: object[]) => ({ Records: records }) as unknown as S3Event;
const queued = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m-${index}`, body })) }) as unknown as SQSEvent;

describe('notifications of objects', () => {
  let fixture: ProfilesFixture;
  let objects: ObjectStoreInMemory;
  let metrics: RecordedMetrics;
  let handle: ReturnType<typeof documentObjectsHandler>;

  beforeEach(async () => {
    fixture = profilesInMemory();
    objects = new ObjectStoreInMemory();
    const { documents, companies, setAsideObjects, clock } = fixture;
    const ids = new SequentialDocumentIds();
    handle = documentObjectsHandler(
      new FollowObject(documents, objects, companies, setAsideObjects, ids, clock),
      silent,
      (metrics = recordedMetrics()),
    );
    await companies.add(aCompany(), { requestId: 'request-1' });
  });

  const names = async (): Promise<string[]> => {
    const { items } = await fixture.documents.list(companyId, { limit: 100 });
    return items.map(({ fileName }) => fileName).sort();
  };
  const setAside = async (): Promise<SetAsideObject[]> => {
    const all: SetAsideObject[] = [];
    for await (const object of fixture.setAsideObjects.list('2026-01-02', '2026-01-02')) all.push(object);
    return all;
  };
  const putAll = (...keys: string[]): void => keys.forEach((key) => objects.put(`${FOLDER}/${key}`));

  it('are followed one by one where an event has several', async () => {
    putAll('a', 'b', 'c');
    await handle(eventOf(...['a', 'b', 'c'].map((key) => recordOf(`${FOLDER}/${key}`))));
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it('have keys as a form encodes them', async () => {
    putAll('red flower+.jpg', 'Société.pdf');
    await handle(
      eventOf(recordOf(`${FOLDER}/red+flower%2B.jpg`), recordOf(`${FOLDER}/Soci%C3%A9t%C3%A9.pdf`)),
    );
    expect(await names()).toEqual(['Société.pdf', 'red flower+.jpg'].sort());
  });

  it('with a malformed key are set aside, and keep no other from being followed', async () => {
    putAll('a');
    await handle(eventOf(recordOf('%E0%A4%A'), recordOf(`${FOLDER}/a`)));
    expect(await names()).toEqual(['a']);
    expect(await setAside()).toMatchObject([
      { objectKey: '%E0%A4%A', notifiedAt: '2026-01-02T00:00:00.000Z' },
    ]);
    expect(metrics.figures).toEqual({ SetAside: [1] });
  });

  it('that are a test of S3 are no error', async () => {
    const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' };
    expect(await handle(test as unknown as S3Event)).toEqual({ batchItemFailures: [] });
    expect(await handle(queued(JSON.stringify(test)))).toEqual({ batchItemFailures: [] });
  });

  it('of an empty object are followed', async () => {
    objects.put(`${FOLDER}/empty`, { size: 0, firstBytes: new Uint8Array() });
    await handle(eventOf(recordOf(`${FOLDER}/empty`)));
    expect(await names()).toEqual(['empty']);
  });

  it('of an object that was deleted before it was read are no error', async () => {
    await handle(eventOf(recordOf(`${FOLDER}/gone`)));
    expect(await names()).toEqual([]);
    expect(await setAside()).toEqual([]);
  });

  it('come to the same, duplicated and in any order', async () => {
    const created = recordOf(`${FOLDER}/a`, '0A');
    const removed = recordOf(`${FOLDER}/a`, '0B', 'ObjectRemoved:Delete');
    const again = recordOf(`${FOLDER}/a`, '0100');
    putAll('a');
    await handle(eventOf(again, created, removed, again, created));
    expect(await names()).toEqual(['a']);
    objects.objects.clear();
    await handle(eventOf(recordOf(`${FOLDER}/a`, '0101', 'ObjectRemoved:DeleteMarkerCreated'), created));
    expect(await names()).toEqual([]);
  });

  it('of objects that belong to no company are set aside', async () => {
    await handle(eventOf(recordOf(`documents/${companyIdAt(9)}/a`), recordOf('elsewhere/a')));
    expect(await setAside()).toHaveLength(1);
    objects.put(`documents/${companyIdAt(9)}/a`);
    await handle(eventOf(recordOf(`documents/${companyIdAt(9)}/a`)));
    expect((await setAside()).map(({ objectKey }) => objectKey)).toEqual([
      `documents/${companyIdAt(9)}/a`,
      'elsewhere/a',
    ]);
  });

  it('that fail come again: all of an event, or alone behind a queue', async () => {
    putAll('a', 'b');
    let fails = true;
    objects.afterLook = async () => {
      if (!fails) return;
      fails = false;
      throw new Unavailable('The object store did not answer in time.');
    };
    const both = eventOf(recordOf(`${FOLDER}/a`), recordOf(`${FOLDER}/b`));
    await expect(handle(both)).rejects.toThrow(Unavailable);
    expect(await names()).toEqual(['b']);
    await handle(both);
    expect(await names()).toEqual(['a', 'b']);

    putAll('c', 'd');
    fails = true;
    const [c, d] = ['c', 'd'].map((key) => JSON.stringify(eventOf(recordOf(`${FOLDER}/${key}`))));
    expect(await handle(queued(c!, d!, 'no JSON'))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-0' }, { itemIdentifier: 'm-2' }],
    });
    expect(await names()).toEqual(['a', 'b', 'd']);
  });
});

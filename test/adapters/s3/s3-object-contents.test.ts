import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListMultipartUploadsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { S3ObjectContents } from '../../../src/adapters/s3/profiles/s3-object-contents.ts';
import { s3Client } from '../../../src/adapters/s3/s3-client.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { objectContentsContract } from '../../contracts/object-contents.contract.ts';
import { ContentsInMemory } from '../../support/contents-in-memory.ts';

const BUCKET = 'company-documents';
const RANGE_BYTES = 1000;
/** S3 takes no smaller parts. */
const PART_BYTES = 5 * 1024 * 1024;

let server: FauxqsServer;
let client: S3Client;
let contents: S3ObjectContents;
const inMemory = new ContentsInMemory();

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  server.createBucket(BUCKET);
  client = s3Client({ endpoint: `http://127.0.0.1:${server.port}` });
  contents = new S3ObjectContents(client, BUCKET, PART_BYTES);
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

objectContentsContract('in memory', () => inMemory);
objectContentsContract('in S3, over the wire', () => contents);

describe('contents in S3', () => {
  const inRanges = (): S3ObjectContents => new S3ObjectContents(client, BUCKET, RANGE_BYTES);
  const put = async (Key: string, Body: string): Promise<unknown> =>
    client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));

  it('come in ranges, whatever the size is a multiple of', async () => {
    for (const [size, ranges] of [
      [999, [999]],
      [1000, [1000]],
      [1001, [1000, 1]],
      [2000, [1000, 1000]],
    ] as const) {
      await put('ranges', 'r'.repeat(size));
      const sizes: number[] = [];
      for await (const chunk of inRanges().read('ranges')) sizes.push(chunk.length);
      expect(sizes).toEqual(ranges);
    }
  });

  it('that change while they are read are not mixed', async () => {
    await put('changing', 'a'.repeat(2000));
    const chunks = inRanges().read('changing');
    await chunks.next();
    await put('changing', 'b'.repeat(2000));
    await expect(chunks.next()).rejects.toThrow(Unavailable);
  });

  it('are written in parts where they are large', async () => {
    const large = Buffer.from('0123456789abcdef'.repeat((2 * PART_BYTES) / 16 + 1));
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for (let from = 0; from < large.length; from += 300_001) yield large.subarray(from, from + 300_001);
    };
    await contents.write('large', 'text/csv', chunks());
    const read: Uint8Array[] = [];
    for await (const chunk of contents.read('large')) read.push(chunk);
    expect(read).toHaveLength(3);
    expect(Buffer.concat(read).equals(large)).toBe(true);
  });

  it('whose writing fails leave no parts behind', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3 * PART_BYTES);
      throw new Error('no more');
    };
    await expect(contents.write('failing', 'text/plain', failing())).rejects.toThrow('no more');
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    expect(Uploads).toEqual([]);
  });
});

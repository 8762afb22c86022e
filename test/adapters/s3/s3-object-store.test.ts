import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { s3Client } from '../../../src/adapters/s3/s3-client.ts';
import { S3ObjectStore } from '../../../src/adapters/s3/profiles/s3-object-store.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { objectStoreContract } from '../../contracts/object-store.contract.ts';
import { PDF } from '../../support/document-mother.ts';

const BUCKET = 'company-documents';

let server: FauxqsServer;
let client: S3Client;
let objects: S3ObjectStore;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  server.createBucket(BUCKET);
  client = s3Client({ endpoint: `http://127.0.0.1:${server.port}` });
  objects = new S3ObjectStore(client, BUCKET);
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

objectStoreContract('in S3, over the wire', () => ({
  objects,
  put: async (Key, ContentType, Body) => {
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, ContentType, Body }));
  },
}));

describe('links of S3', () => {
  const now = (): string => new Date().toISOString();
  const place = { objectKey: 'documents/c/d', contentType: 'application/pdf', size: PDF.length };
  const parametersOf = (url: string): URLSearchParams => new URL(url).searchParams;

  it('have type, length and If-None-Match signed, and no checksum of a content that is not there yet', async () => {
    const { url } = await objects.uploadLink(place, now());
    const parameters = parametersOf(url);
    expect(parameters.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;if-none-match');
    expect(parameters.get('X-Amz-Expires')).toBe('300');
    expect([...parameters.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    expect(new URL(url).pathname).toBe(`/${BUCKET}/documents/c/d`);
  });

  it('have the digest signed where it is known', async () => {
    const { url, headers } = await objects.uploadLink({ ...place, sha256: 'ab'.repeat(32) }, now());
    expect(parametersOf(url).get('X-Amz-SignedHeaders')).toContain('x-amz-checksum-sha256');
    expect(headers['x-amz-checksum-sha256']).toBe(Buffer.from('ab'.repeat(32), 'hex').toString('base64'));
  });

  it('upload, and download as an attachment', async () => {
    const { method, url, headers } = await objects.uploadLink(place, now());
    const put = await fetch(url, { method, headers, body: PDF });
    expect([put.status, await put.text()]).toEqual([200, '']);
    expect(await objects.look(place.objectKey, 5)).toMatchObject({
      size: PDF.length,
      contentType: 'application/pdf',
    });
    const download = await objects.downloadLink(place.objectKey, 'Café "1".pdf', 'application/pdf', now());
    const parameters = parametersOf(download.url);
    expect(parameters.get('response-content-disposition')).toBe(
      `attachment; filename="Caf_ _1_.pdf"; filename*=UTF-8''Caf%C3%A9%20%221%22.pdf`,
    );
    expect(parameters.get('response-content-type')).toBe('application/pdf');
    expect(parameters.get('X-Amz-Expires')).toBe('300');
    const got = await fetch(download.url);
    expect(Buffer.from(await got.arrayBuffer())).toEqual(Buffer.from(PDF));
  });
});

describe('an S3 that does not answer', () => {
  it('is unavailable', async () => {
    const gone = await startFauxqs({ port: 0, logger: false });
    const nobody = s3Client({ endpoint: `http://127.0.0.1:${gone.port}` });
    await gone.stop();
    await expect(new S3ObjectStore(nobody, BUCKET).look('documents/x', 1)).rejects.toThrow(Unavailable);
    nobody.destroy();
  });

  it('of no such bucket is an error of the deployment', async () => {
    await expect(new S3ObjectStore(client, 'another').delete('documents/x')).rejects.not.toThrow(Unavailable);
  });
});

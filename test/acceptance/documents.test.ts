import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { sharedBytes } from '../support/shared-data.ts';
import { RunningSystem } from '../support/running-system.ts';

interface Slot {
  readonly documentId: string;
  readonly upload: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly expiresAt: string;
  };
}

interface Document {
  readonly documentId: string;
  readonly fileName: string;
  readonly size: number;
  readonly download: { readonly url: string };
}

const PDF = sharedBytes('documents/formc.pdf') ?? Buffer.from(`%PDF-1.7\n${'x'.repeat(300_000)}`);
const FACTS = { fileName: 'Form C.pdf', contentType: 'application/pdf', size: PDF.length };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('documents of the running system', () => {
  let system: RunningSystem;
  let documents: string;
  let statistics: string;

  beforeAll(async () => {
    system = await RunningSystem.create();
    await system.start();
    const { body } = await system.request('/v1/companies', {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ name: 'Acme', countryCode: 'US' }),
    });
    const { companyId } = body as { companyId: string };
    documents = `/v1/companies/${companyId}/documents`;
    statistics = `statistics/companies/${companyId}`;
  });
  afterAll(() => system.dispose());

  async function slotFor(facts: object = FACTS): Promise<Slot> {
    const { status, body, headers } = await system.request(documents, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify(facts),
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${documents}/${(body as Slot).documentId}`);
    return body as Slot;
  }
  async function send(
    { method, url, headers }: Slot['upload'],
    body: Uint8Array = PDF,
    more: Record<string, string> = {},
  ): Promise<string> {
    const response = await fetch(url, { method, headers: { ...headers, ...more }, body });
    const { type = '' } = JSON.parse((await response.text()) || '{}') as { type?: string };
    return `${response.status} ${type.split(':').at(-1)}`.trim();
  }
  const find = async (documentId: string): Promise<{ status: number; body: unknown }> =>
    system.request(`${documents}/${documentId}`);
  const arrived = (documentId: string): Promise<Document> =>
    system.eventually(async () => {
      const { status, body } = await find(documentId);
      return status === 200 ? (body as Document) : undefined;
    });
  const listed = async (): Promise<string[]> =>
    ((await system.request(documents)).body as { items: Document[] }).items.map(
      ({ documentId }) => documentId,
    );

  /** What statistics counts, once it counts so many, by the route with a Lambda and by the one without. */
  const counted = (count: number): Promise<object[]> =>
    system.eventually(async () => {
      const both = await Promise.all(
        ['v1', 'v1/direct'].map(async (root) => (await system.request(`/${root}/${statistics}`)).body),
      );
      const totals = (both as { documents?: { count: number } }[]).map((body) => body.documents);
      return totals.every((one) => one?.count === count) ? (totals as object[]) : undefined;
    });

  it('are uploaded, listed, downloaded and removed for good, and statistics counts them', async () => {
    const { documentId, upload } = await slotFor();
    expect(await find(documentId)).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/not-arrived$/) as unknown },
    });
    expect(await send(upload)).toBe('200');
    const document = await arrived(documentId);
    expect(document).toMatchObject({
      ...FACTS,
      documentId,
      sniffedType: 'application/pdf',
      sha256: createHash('sha256').update(PDF).digest('hex'),
    });
    expect(await listed()).toEqual([documentId]);
    const totals = { count: 1, bytes: PDF.length, types: { 'application/pdf': 1 } };
    expect(await counted(1)).toEqual([totals, totals]);

    const download = await fetch(document.download.url);
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Form C.pdf"; filename*=UTF-8''Form%20C.pdf`,
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(await download.arrayBuffer()).equals(PDF)).toBe(true);

    expect(await send(upload)).toBe('412 link-used');
    const removal = await system.request(`${documents}/${documentId}`, { method: 'DELETE' });
    expect(removal.status).toBe(204);
    expect((await find(documentId)).status).toBe(404);
    expect(await listed()).toEqual([]);
    expect(await send(upload)).toBe('412 link-used');
    expect((await fetch(document.download.url)).status).toBe(404);
    const none = { count: 0, bytes: 0, types: {} };
    expect(await counted(0)).toEqual([none, none]);
    expect((await system.request(`${documents}/${documentId}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('are refused where they are not what their slots are for, and nothing of them is kept', async () => {
    const { documentId, upload } = await slotFor();
    expect(await send(upload, Buffer.concat([PDF, Buffer.from('x')]))).toBe('413 body-too-large');
    expect(await send(upload, PDF.subarray(1))).toBe('400 wrong-content');
    expect(await send(upload, PDF, { 'content-type': 'text/html' })).toBe('415 unsupported-media-type');
    expect(await send(upload, PDF, { 'if-none-match': 'x' })).toBe('403 link-invalid');
    for (const url of [
      upload.url.replace(documentId, `..%2F${documentId}`),
      upload.url.replace(documentId, '%2e%2e'),
      upload.url.replace(/permit=./, 'permit=A'),
      upload.url.split('?')[0]!,
    ]) {
      expect(await send({ ...upload, url })).toBe('403 link-invalid');
    }
    expect(await send({ ...upload, method: 'POST' })).toBe('405 method-not-allowed');
    expect((await find(documentId)).status).toBe(404);
    expect(await send(upload)).toBe('200');
    await arrived(documentId);
  });

  it('whose first bytes say otherwise are refused with the reason', async () => {
    const zip = Buffer.from('PK\x03\x04 and so on');
    const { documentId, upload } = await slotFor({ ...FACTS, contentType: 'text/csv', size: zip.length });
    expect(await send(upload, zip)).toBe('200');
    const refused = await system.eventually(async () => {
      const { body } = await find(documentId);
      const { type, detail } = body as { type: string; detail: string };
      return type.endsWith('document-refused') ? detail : undefined;
    });
    expect(refused).toMatch(/declared as text\/csv.*those of application\/zip.*new slot/);
    expect(await listed()).not.toContain(documentId);
  });

  it('of another digest than declared are refused as they arrive', async () => {
    const { upload } = await slotFor({ ...FACTS, sha256: 'ab'.repeat(32) });
    expect(await send(upload)).toBe('400 wrong-content');
  });

  it('are asked for by a file name, a type and a size that can be', async () => {
    const { status, body } = await system.request(documents, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ fileName: '../x', contentType: 'pdf', size: 100_000_001 }),
    });
    expect(status).toBe(400);
    const { errors } = body as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/fileName', '/contentType', '/size']);
    expect((await find('..%2F..')).status).toBe(400);
  });

  it('survive a kill', async () => {
    const { documentId, upload } = await slotFor();
    expect(await send(upload)).toBe('200');
    await system.killServer();
    await system.start();
    const { download } = await arrived(documentId);
    const again = await fetch(download.url);
    expect(Buffer.from(await again.arrayBuffer()).equals(PDF)).toBe(true);
  });
});

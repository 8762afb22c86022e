import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { attachmentNamed } from '../http/content-disposition.ts';
import { problemResult } from '../http/problem.ts';
import { Refusal } from '../http/refusal.ts';
import type { Log } from '../system/json-log.ts';
import { WrongContent, type FolderObjectStore } from './folder-object-store.ts';
import type { ObjectLinks, ObjectPermit } from './object-links.ts';

/** Where links to objects lead, behind the gateway's own address. */
export const OBJECT_DOOR = '/_local/objects';

/** How much of a refused body is read over, so that its sender gets to read the answer. */
const MOST_DISCARDED_BYTES = 16_000_000;

/** Serves the signed links of a folder of objects, and nothing else. */
export function objectDoor(store: FolderObjectStore, links: ObjectLinks, nowMs: () => number, log: Log) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!request.url?.startsWith(`${OBJECT_DOOR}/`)) return false;
    void serve(request, response).catch((error: unknown) => refuse(request, response, error));
    return true;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const permit = permitOf(request, links, nowMs());
    if (permit.method === 'GET') return download(permit.objectKey, permit, response);
    checkUpload(request, permit);
    if (store.isDeletedSince(permit.objectKey, permit.issuedAtMs) || (await store.facts(permit.objectKey)))
      throw linkUsed();
    if (!(await store.create(permit, request))) throw linkUsed();
    response.writeHead(200, { 'content-length': 0 }).end();
  }

  async function download(
    objectKey: string,
    { fileName, contentType }: Extract<ObjectPermit, { method: 'GET' }>,
    response: ServerResponse,
  ): Promise<void> {
    const facts = await store.facts(objectKey);
    if (facts === undefined) throw new Refusal(404, 'object-not-found', 'There is no content any more.');
    response.writeHead(200, {
      'content-type': contentType,
      'content-length': facts.size,
      'content-disposition': attachmentNamed(fileName),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      etag: facts.entityTag,
    });
    await pipeline(store.contentOf(objectKey), response);
  }

  function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const requestId = randomUUID();
    if (response.headersSent || request.errored) {
      response.destroy();
      return;
    }
    const told = error instanceof WrongContent ? new Refusal(400, 'wrong-content', error.message) : error;
    const { statusCode, headers = {}, body } = problemResult(told, requestId);
    if (statusCode >= 500) log.error('an object was not served', { requestId, error });
    // What is left of the body would be taken for the next request.
    response.writeHead(statusCode, { ...(headers as Record<string, string>), connection: 'close' }).end(body);
    let discarded = 0;
    request.on('data', (chunk: Buffer) => {
      discarded += chunk.length;
      if (discarded > MOST_DISCARDED_BYTES) request.destroy();
    });
  }
}

/** @throws Refusal where the link does not allow this */
function permitOf({ method, url = '' }: IncomingMessage, links: ObjectLinks, nowMs: number): ObjectPermit {
  const [path = '', query = ''] = url.split('?');
  const permit = links.read(query);
  if (permit === undefined)
    throw new Refusal(403, 'link-invalid', 'The link is not one of this system, or was changed.');
  if (keyIn(path) !== permit.objectKey)
    throw new Refusal(403, 'link-invalid', 'The link is for another object.');
  if (method !== permit.method)
    throw new Refusal(405, 'method-not-allowed', `The link is for ${permit.method} alone.`, {
      allow: permit.method,
    });
  if (nowMs >= permit.expiresAtMs)
    throw new Refusal(
      403,
      'link-expired',
      `The link expired at ${new Date(permit.expiresAtMs).toISOString()}. Ask for a new one.`,
    );
  return permit;
}

/** As S3 does it, where these headers are signed. @throws Refusal */
function checkUpload(
  { headers }: IncomingMessage,
  { contentType, size }: Extract<ObjectPermit, { method: 'PUT' }>,
): void {
  const length = headers['content-length'];
  if (length === undefined)
    throw new Refusal(
      411,
      'length-required',
      `The Content-Length must be ${size}: send the body as a whole.`,
    );
  if (Number(length) > size)
    throw new Refusal(413, 'body-too-large', `The body has ${length} bytes, and the link is for ${size}.`);
  if (Number(length) < size)
    throw new Refusal(400, 'wrong-content', `The body has ${length} bytes, and the link is for ${size}.`);
  if (headers['content-type'] !== contentType)
    throw new Refusal(
      415,
      'unsupported-media-type',
      `The Content-Type must be ${contentType}, as the link was asked for.`,
    );
  if (headers['if-none-match'] !== '*')
    throw new Refusal(403, 'link-invalid', 'The header If-None-Match must be *, as the slot says.');
}

function linkUsed(): Refusal {
  return new Refusal(412, 'link-used', 'The link was used already. Ask for a new one.');
}

function keyIn(path: string): string | undefined {
  try {
    return path
      .slice(OBJECT_DOOR.length + 1)
      .split('/')
      .map(decodeURIComponent)
      .join('/');
  } catch {
    return undefined;
  }
}

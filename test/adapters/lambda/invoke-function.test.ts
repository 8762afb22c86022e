import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeFunction, lambdaClient } from '../../../src/adapters/lambda/invoke-function.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

let server: Server;
let client: ReturnType<typeof lambdaClient>;
let answer: Answer;
let asked: { readonly path: string; readonly type: string; readonly body: string }[];

/** Answers as Lambda does, on the wire. */
beforeEach(async () => {
  asked = [];
  server = createServer((request: IncomingMessage, response) => {
    void (async () => {
      const { url: path = '', headers } = request;
      asked.push({ path, type: String(headers['x-amz-invocation-type'] ?? ''), body: await text(request) });
      const { status = 200, headers: own = {}, body } = answer;
      response.writeHead(status, own).end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = lambdaClient({ endpoint: `http://127.0.0.1:${port}` });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('invoking a Lambda', () => {
  it('sends the event, and hands on what is answered', async () => {
    answer = { body: '{"result":{"name":"Ünïcode 🏢"}}' };
    const event = { operation: 'get', input: { companyId: 'ä' } };
    expect(await invokeFunction(client, 'profiles-direct', event)).toEqual({
      result: { name: 'Ünïcode 🏢' },
    });
    expect(asked).toEqual([
      { path: '/2015-03-31/functions/profiles-direct/invocations', type: '', body: JSON.stringify(event) },
    ]);
  });

  it.each([
    ['{"errorType":"Error","errorMessage":"CURSOR_SECRET is not set."}', 'Error: CURSOR_SECRET is not set.'],
    ['no JSON', 'no JSON'],
  ])('says what a Lambda that failed said: %s', async (body, message) => {
    answer = { headers: { 'x-amz-function-error': 'Unhandled' }, body };
    await expect(invokeFunction(client, 'f', {})).rejects.toThrow(`f failed: ${message}`);
  });

  it('says so of an answer that cannot be understood', async () => {
    answer = { body: '<html>' };
    await expect(invokeFunction(client, 'f', {})).rejects.toThrow('f answered with what is no JSON.');
  });

  it('does not send again what may have been done', async () => {
    answer = { status: 500, body: '{"message":"busy"}' };
    await expect(invokeFunction(client, 'f', {})).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface TableRequest {
  readonly Key?: { readonly sk: unknown };
  readonly TransactItems?: readonly { readonly Put?: { readonly Item: { readonly sk: { S: string } } } }[];
}

/** A table for a warm-up: it finds, under any partition key, what was last written under the same sort key. */
export async function startWarmUpTable(): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const items = new Map<string, object>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { Key, TransactItems = [] } = JSON.parse(Buffer.concat(chunks).toString()) as TableRequest;
      for (const { Put } of TransactItems) if (Put) items.set(JSON.stringify(Put.Item.sk), Put.Item);
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ Item: items.get(JSON.stringify(Key?.sk)) }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

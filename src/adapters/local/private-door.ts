import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TopicMessage } from './topic.ts';

const PATH = '/_local/company-events';

/** The server's side: takes events from other processes of this machine, which have no topic of their own. */
export function privateDoor(token: string, publish: (messages: readonly TopicMessage[]) => Promise<void>) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url !== PATH) return false;
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (request.method !== 'POST' || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      response.writeHead(403).end();
      return true;
    }
    void accept(request, publish).then(
      () => response.writeHead(202).end(),
      (error: unknown) => response.writeHead(503).end(String(error)),
    );
    return true;
  };
}

async function accept(
  request: IncomingMessage,
  publish: (messages: readonly TopicMessage[]) => Promise<void>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  await publish(JSON.parse(Buffer.concat(chunks).toString('utf8')) as TopicMessage[]);
}

/** The other side: publishes to the topic of the running server. */
export function publishThroughDoor(url: string, token: string) {
  return async (messages: readonly TopicMessage[]): Promise<void> => {
    const response = await fetch(new URL(PATH, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(messages),
    });
    const said = await response.text();
    if (!response.ok)
      throw new Error(`The server did not take the events (${response.status}). ${said}`.trim());
  };
}

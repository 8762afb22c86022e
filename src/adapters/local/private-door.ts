import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback } from '../access/loopback.ts';
import type { TopicMessage } from './topic.ts';

export type Publish<Topic extends string> = (
  topic: Topic,
  messages: readonly TopicMessage[],
) => Promise<void>;

const PATH = '/_local/topics/';

/** The server's side: takes messages from other processes of this machine, which have no topics of their own. */
export function privateDoor<Topic extends string>(
  token: string,
  topics: readonly Topic[],
  publish: Publish<Topic>,
) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const topic = topics.find((name) => request.url === PATH + name);
    // To other machines there is no such door.
    if (topic === undefined || !isOfThisMachine(request)) return false;
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (request.method !== 'POST' || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      response.writeHead(403).end();
      return true;
    }
    void accept(request, topic, publish).then(
      () => response.writeHead(202).end(),
      (error: unknown) => response.writeHead(503).end(String(error)),
    );
    return true;
  };
}

function isOfThisMachine({ socket: { remoteAddress = '', localAddress } }: IncomingMessage): boolean {
  return isLoopback(remoteAddress.replace(/^::ffff:/, '')) || remoteAddress === localAddress;
}

async function accept<Topic extends string>(
  request: IncomingMessage,
  topic: Topic,
  publish: Publish<Topic>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  await publish(topic, JSON.parse(Buffer.concat(chunks).toString('utf8')) as TopicMessage[]);
}

/** The other side: publishes to a topic of the running server. */
export function publishThroughDoor(url: string, token: string): Publish<string> {
  return async (topic, messages) => {
    const response = await fetch(new URL(PATH + topic, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(messages),
    });
    const said = await response.text();
    if (!response.ok)
      throw new Error(`The server did not take the messages (${response.status}). ${said}`.trim());
  };
}

import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A request over kept connections, without what a browser's fetch adds. */
export function send(
  url: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The same, where another status than the one expected makes a measurement worthless. */
export async function mustSend(expected: number, ...args: Parameters<typeof send>): Promise<string> {
  const { status, body } = await send(...args);
  if (status !== expected) throw new Error(`${args[1] ?? 'GET'} ${args[0]} answered ${status}: ${body}`);
  return body;
}

export function closeConnections(): void {
  agent.destroy();
}

import { get as getInTheClear } from 'node:http';
import { get } from 'node:https';

const LARGEST_BYTES = 1_000_000;

/**
 * A JSON document of another server. Node's `fetch` would do, too, but takes 50 ms of a cold start more to load.
 *
 * @param timeoutMs for all of it
 * @throws Error where there is none, or not in time
 */
export async function fetchJson(url: string, timeoutMs: number): Promise<unknown> {
  const text = await new Promise<string>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { signal, headers: { accept: 'application/json' } };
    const request = (url.startsWith('https:') ? get : getInTheClear)(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (response.statusCode !== 200) {
        request.destroy(new Error(`${url} answered ${response.statusCode}`));
        return;
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST_BYTES) request.destroy(new Error(`${url} has more than ${LARGEST_BYTES} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    request.on('error', reject);
  });
  return JSON.parse(text) as unknown;
}

import { mustSend, send } from './http-client.ts';
import { percentile } from './statistics.ts';

export const RENAMES = 500;
const JSON_BODY = { 'content-type': 'application/json' };

export interface Propagation {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How long after the answer to a PATCH the other service shows the new name, of 500 renames one after the other. */
export async function measurePropagation(url: string): Promise<Propagation> {
  const samples: number[] = [];
  for (let number = 0; number < RENAMES; number++) {
    const body = JSON.stringify({ name: `Before ${number}`, countryCode: 'GB' });
    const { companyId } = JSON.parse(await mustSend(201, `${url}/v1/companies`, 'POST', JSON_BODY, body)) as {
      companyId: string;
    };
    const renaming = JSON.stringify({ name: `After ${number}` });
    await mustSend(
      200,
      `${url}/v1/companies/${companyId}`,
      'PATCH',
      { ...JSON_BODY, 'if-match': '"1"' },
      renaming,
    );
    const answered = performance.now();
    await shown(`${url}/v1/statistics/companies/${companyId}?atLeastVersion=2`);
    samples.push(performance.now() - answered);
  }
  return { p50Ms: percentile(samples, 0.5), p99Ms: percentile(samples, 0.99) };
}

/** Until the statistics at the URL have the version that it asks for. */
export async function shown(url: string): Promise<void> {
  for (;;) {
    const { status, body } = await send(url);
    if (status === 200) return;
    if (status !== 409) throw new Error(`${url} answered ${status}: ${body}`);
  }
}

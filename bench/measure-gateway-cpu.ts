import type { ChildServer } from './child-server.ts';
import { mustSend } from './http-client.ts';
import { load } from './load.ts';
import { spreadOf, type Spread } from './statistics.ts';

const ROUNDS = 15;
const WARM_UP_REQUESTS = 2_000;
const REQUESTS = 200;
const CONCURRENCY = 16;

export const READS = ['get', 'list'] as const;
type Read = (typeof READS)[number];
const SERVERS = ['bare', 'gateway', 'system'] as const;
export type Server = (typeof SERVERS)[number];

/** The processor's microseconds for a request, after thousands of them. */
export type GatewayCpu = Record<Server, Record<Read, Spread>>;

/** What servers of the same companies take for the same reads, in turns. */
export async function measureGatewayCpu(
  servers: Readonly<Record<Server, ChildServer>>,
  companyIds: readonly string[],
): Promise<GatewayCpu> {
  const pathOf: Record<Read, (index: number) => string> = {
    get: (index) => `/v1/companies/${companyIds[index % companyIds.length]}`,
    list: () => '/v1/companies?name=A&limit=15',
  };
  const samples = of(SERVERS, () => of(READS, () => [] as number[]));
  for (let round = 0; round <= ROUNDS; round++) {
    const count = round === 0 ? WARM_UP_REQUESTS : REQUESTS;
    for (const read of READS) {
      for (const name of SERVERS) {
        const server = servers[name];
        const before = await server.cpuUs();
        await load(count, CONCURRENCY, (index) => mustSend(200, `${server.url}${pathOf[read](index)}`));
        const taken = (await server.cpuUs()) - before;
        if (round > 0) samples[name][read].push(taken / count);
      }
    }
  }
  return of(SERVERS, (name) => of(READS, (read) => spreadOf(samples[name][read])));
}

function of<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

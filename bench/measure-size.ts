import type { Company } from '../src/domain/profiles/company.ts';
import { mustSend } from './http-client.ts';
import { load, type Load } from './load.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;

export type SizeLoads = Record<'get' | 'listByName' | 'listByCountry' | 'listAll', Load>;

/** The same GET and list pages, at the size that the table has now. */
export async function measureAtSize(url: string, companies: readonly Company[]): Promise<SizeLoads> {
  const at = (index: number): Company => companies[(index * 7919) % companies.length]!;
  const paths = {
    get: (index: number) => `/v1/companies/${at(index).companyId}`,
    listByName: () => '/v1/companies?name=A&limit=15',
    listByCountry: () => '/v1/companies?country=GB&limit=50',
    listAll: () => '/v1/companies?limit=50',
  };
  const measure = async (path: (index: number) => string): Promise<Load> => {
    const rounds: Load[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const result = await load(400, 4, (index) => mustSend(200, `${url}${path(index)}`));
      if (round > 0) rounds.push(result);
    }
    return {
      perSecond: median(rounds.map(({ perSecond }) => perSecond)),
      p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
      p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    };
  };
  return {
    get: await measure(paths.get),
    listByName: await measure(paths.listByName),
    listByCountry: await measure(paths.listByCountry),
    listAll: await measure(paths.listAll),
  };
}

import type { Company } from '../src/domain/profiles/company.ts';
import { mustSend } from './http-client.ts';
import { inTurns, load, type Load } from './load.ts';

const ROUNDS = 15;
const REQUESTS = 150;

export type SizeLoads = Record<'get' | 'listByName' | 'listByCountry' | 'listAll', Load>;

/** A gateway, and companies that the table behind it has. */
export interface Sized {
  readonly url: string;
  readonly companies: readonly Company[];
}

/**
 * The same GET and list pages at two sizes of the table, in turns: minutes apart, the machine, the engine and its caches
 * would differ by more than the sizes do.
 */
export async function measureAtSizes(
  small: Sized,
  large: Sized,
): Promise<{ readonly small: SizeLoads; readonly large: SizeLoads }> {
  const [atSmall, atLarge] = [requestsAt(small), requestsAt(large)];
  const loads = await inTurns(ROUNDS, {
    smallGet: atSmall.get,
    largeGet: atLarge.get,
    smallListByName: atSmall.listByName,
    largeListByName: atLarge.listByName,
    smallListByCountry: atSmall.listByCountry,
    largeListByCountry: atLarge.listByCountry,
    smallListAll: atSmall.listAll,
    largeListAll: atLarge.listAll,
  });
  return {
    small: {
      get: loads.smallGet,
      listByName: loads.smallListByName,
      listByCountry: loads.smallListByCountry,
      listAll: loads.smallListAll,
    },
    large: {
      get: loads.largeGet,
      listByName: loads.largeListByName,
      listByCountry: loads.largeListByCountry,
      listAll: loads.largeListAll,
    },
  };
}

function requestsAt({ url, companies }: Sized): Record<keyof SizeLoads, () => Promise<Load>> {
  const at = (index: number): Company => companies[(index * 7919) % companies.length]!;
  const requests = (path: (index: number) => string) => (): Promise<Load> =>
    load(REQUESTS, 4, (index) => mustSend(200, `${url}${path(index)}`));
  return {
    get: requests((index) => `/v1/companies/${at(index).companyId}`),
    listByName: requests(() => '/v1/companies?name=A&limit=15'),
    listByCountry: requests(() => '/v1/companies?country=GB&limit=50'),
    listAll: requests(() => '/v1/companies?limit=50'),
  };
}

import { fileURLToPath } from 'node:url';
import { openCompanyFile } from '../../src/adapters/files/company-file.ts';
import { loadColumnMap } from '../../src/adapters/files/load-column-map.ts';
import { proxyEventOf } from '../../src/adapters/local/proxy-event.ts';
import { routeMatcher } from '../../src/adapters/local/route-matcher.ts';
import type { ImportCounts } from '../../src/application/profiles/import-counts.ts';
import { bothApis } from '../../src/entrypoints/composition/apis.ts';
import type { RawFile } from './raw-files.ts';
import type { Ask } from './spot-checks.ts';
import { WholeSystem } from './whole-system.ts';

const MAPS = fileURLToPath(new URL('../../maps/', import.meta.url));
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Both services in one thread, into which files are imported as the command does it, and which is asked over HTTP. */
export class ImportingSystem {
  readonly #system = new WholeSystem();

  get registry(): WholeSystem['registry'] {
    return this.#system.registry;
  }

  /** Imports a file, and lets everything that follows from it arrive. */
  async import({ path }: Pick<RawFile, 'path'>, map: string): Promise<ImportCounts> {
    const columnMap = await loadColumnMap(map, MAPS);
    const { rows } = await openCompanyFile(path, columnMap);
    const { profiles, observations } = this.registry;
    const sink = columnMap.observations.length > 0 ? observations : undefined;
    const counts = await profiles.importCompanies.execute(rows, { requestId: 'import' }, {}, sink);
    await this.#settle();
    return counts;
  }

  /** Has boards of a metric, with what is already there on them. */
  async rank(metric: string): Promise<void> {
    await this.registry.statistics.defineMetric.execute({ metric, ranked: true });
    await this.#settle();
  }

  /** What the API answers to a GET. */
  get ask(): Ask {
    const { profiles, statistics } = this.registry;
    const { routes, handler } = bothApis(profiles, statistics, {
      cursorSecret: 'a secret',
      access: 'open',
      log: silent,
    });
    const match = routeMatcher(new Map(routes.map((route) => [route.path, route])).values());
    return async (url) => {
      const { resource, parameters } = match(url) ?? { resource: { path: '/{proxy+}' }, parameters: null };
      const socket = { remoteAddress: '127.0.0.1' };
      const request = { method: 'GET', url, httpVersion: '1.1', rawHeaders: [], socket };
      const answer = await handler(proxyEventOf(request, resource.path, parameters, undefined));
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    };
  }

  async #settle(): Promise<void> {
    // A large file leaves more on its way than a history may.
    while ((await this.#system.poll('projector')) > 0);
    await this.#system.settle();
  }
}

import type { RevisionLog } from '../../../application/profiles/ports/revision-log.ts';
import type { Revision } from '../../../domain/profiles/revision.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { copyOf } from '../copy-of.ts';
import { LaggingMap } from '../lagging-map.ts';

type History = ReadonlyMap<number, Revision>;

export class InMemoryRevisionLog implements RevisionLog {
  readonly #histories = new LaggingMap<CompanyId, History>();

  /** From now on pages and single revisions may miss up to this many of the last revisions. */
  lag(writes: number): void {
    this.#histories.lag(writes);
  }

  /** Brings pages and single revisions up to date once; later revisions lag as before. */
  catchUp(): void {
    this.#histories.catchUp();
  }

  async append(revisions: readonly Revision[]): Promise<void> {
    for (const revision of revisions) {
      const history = this.#historyOf(revision.companyId, 'strong');
      const known = history.get(revision.version);
      if (known !== undefined && known.revisedAt >= revision.revisedAt) continue;
      this.#histories.set(revision.companyId, new Map([...history, [revision.version, copyOf(revision)]]));
    }
  }

  async list(companyId: CompanyId, { limit, after }: PageRequest): Promise<Page<Revision>> {
    const rest = [...this.#historyOf(companyId, 'eventual').values()]
      .filter(({ version }) => after === undefined || version < Number(after))
      .sort((left, right) => right.version - left.version);
    const page = rest.slice(0, limit);
    return {
      items: page.map((revision) => copyOf(revision)),
      ...(rest.length > limit && { next: String(page.at(-1)?.version) }),
    };
  }

  async find(companyId: CompanyId, version: number): Promise<Revision | undefined> {
    const revision = this.#historyOf(companyId, 'eventual').get(version);
    return revision && copyOf(revision);
  }

  async remove({ companyId, version, revisedAt }: Revision): Promise<boolean> {
    const history = this.#historyOf(companyId, 'strong');
    if (history.get(version)?.revisedAt !== revisedAt) return false;
    this.#histories.set(companyId, new Map([...history].filter(([known]) => known !== version)));
    return true;
  }

  async versions(companyId: CompanyId): Promise<readonly number[]> {
    return [...this.#historyOf(companyId, 'strong').keys()].sort((left, right) => left - right);
  }

  #historyOf(companyId: CompanyId, consistency: 'eventual' | 'strong'): History {
    return this.#histories.get(companyId, consistency) ?? new Map<number, Revision>();
  }
}

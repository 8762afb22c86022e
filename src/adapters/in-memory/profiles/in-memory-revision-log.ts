import type { RevisionLog } from '../../../application/profiles/ports/revision-log.ts';
import type { Revision } from '../../../domain/profiles/revision.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { copyOf } from '../copy-of.ts';

export class InMemoryRevisionLog implements RevisionLog {
  readonly #revisions = new Map<CompanyId, Map<number, Revision>>();

  async append(revisions: readonly Revision[]): Promise<void> {
    for (const revision of revisions) {
      const history = this.#revisions.get(revision.companyId) ?? new Map<number, Revision>();
      if (!history.has(revision.version)) history.set(revision.version, copyOf(revision));
      this.#revisions.set(revision.companyId, history);
    }
  }

  async list(companyId: CompanyId, { limit, after }: PageRequest): Promise<Page<Revision>> {
    const rest = this.#versionsOf(companyId)
      .filter((version) => after === undefined || version < Number(after))
      .reverse();
    const page = rest.slice(0, limit);
    return {
      items: page.map((version) => copyOf(this.#revisions.get(companyId)!.get(version)!)),
      ...(rest.length > limit && { next: String(page.at(-1)) }),
    };
  }

  async find(companyId: CompanyId, version: number): Promise<Revision | undefined> {
    const revision = this.#revisions.get(companyId)?.get(version);
    return revision && copyOf(revision);
  }

  async versions(companyId: CompanyId): Promise<readonly number[]> {
    return this.#versionsOf(companyId);
  }

  #versionsOf(companyId: CompanyId): number[] {
    return [...(this.#revisions.get(companyId)?.keys() ?? [])].sort((a, b) => a - b);
  }
}

import { reconstructRevisions } from '../../domain/profiles/reconstruct-revisions.ts';
import type { Revision } from '../../domain/profiles/revision.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { CompanyRepository } from './ports/company-repository.ts';
import type { RevisionLog } from './ports/revision-log.ts';

export class RestoreRevisions {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly revisions: RevisionLog,
  ) {}

  /**
   * Restores revisions that are known to be lost from their neighbours and the profile, marked as reconstructed, and
   * answers how many. Those beside a missing one that may still arrive are left for later.
   *
   * @throws Unavailable
   */
  async execute(companyId: CompanyId, lost: readonly number[]): Promise<number> {
    const there = new Set(await this.revisions.versions(companyId));
    const company = await this.companies.find(companyId, 'strong');
    if (company === undefined) return 0;

    let restored = 0;
    for (const { first, last } of gapsIn(there, company.version)) {
      if (!isAmong(new Set(lost), first, last)) continue;
      const [older, newer] = await Promise.all([
        this.#neighbour(companyId, first - 1, there),
        this.#neighbour(companyId, last + 1, there),
      ]);
      const found = reconstructRevisions(company, {
        first,
        last,
        ...(older && { older }),
        ...(newer && last < company.version && { newer }),
      });
      await this.revisions.append(found);
      restored += found.length;
    }
    return restored;
  }

  async #neighbour(
    companyId: CompanyId,
    version: number,
    there: ReadonlySet<number>,
  ): Promise<Revision | undefined> {
    if (!there.has(version)) return undefined;
    const revision = await this.revisions.find(companyId, version);
    if (revision === undefined)
      throw new Unavailable(`Revision ${version} of ${companyId} cannot be read yet.`);
    return revision;
  }
}

function* gapsIn(
  there: ReadonlySet<number>,
  newest: number,
): Generator<{ readonly first: number; readonly last: number }> {
  let first: number | undefined;
  for (let version = 1; version <= newest + 1; version++) {
    const isMissing = version <= newest && !there.has(version);
    if (isMissing) {
      first ??= version;
    } else if (first !== undefined) {
      yield { first, last: version - 1 };
      first = undefined;
    }
  }
}

function isAmong(versions: ReadonlySet<number>, first: number, last: number): boolean {
  for (let version = first; version <= last; version++) if (!versions.has(version)) return false;
  return true;
}

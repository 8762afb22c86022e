import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { CompanyRepository } from './ports/company-repository.ts';
import type { RevisionLog } from './ports/revision-log.ts';

export class ForgetRevisions {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly revisions: RevisionLog,
  ) {}

  /**
   * Forgets revisions that are beyond their profile, which a restore from a backup has put back, and answers how many. One
   * that the profile has come to meanwhile stays.
   *
   * @throws Unavailable
   */
  async execute(companyId: CompanyId, versions: readonly number[]): Promise<number> {
    let forgotten = 0;
    for (const version of versions) {
      const revision = await this.revisions.find(companyId, version);
      // Read after the revision: what the profile comes to from here on takes the place of what was read, which stays then.
      const company = await this.companies.find(companyId, 'strong');
      if (revision === undefined || company === undefined || company.version >= version) continue;
      if (await this.revisions.remove(revision)) forgotten++;
    }
    return forgotten;
  }
}

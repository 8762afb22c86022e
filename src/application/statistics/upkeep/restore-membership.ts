import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { BoardRecords } from '../ports/board-records.ts';
import type { ProjectStatistics } from '../project-statistics.ts';
import type { CheckMemberships } from './check-memberships.ts';

/** How often something may have been projected since it was read. */
const ATTEMPTS = 10;

/** Has a company be counted as what it is, and its identifiers lead to it. */
export class RestoreMembership {
  constructor(
    private readonly projectStatistics: ProjectStatistics,
    private readonly checkMemberships: CheckMemberships,
    private readonly records: BoardRecords,
  ) {}

  /** @throws Unavailable */
  async execute(companyId: CompanyId): Promise<void> {
    // The door that every membership comes through; it takes for granted that what it has written is there.
    await this.projectStatistics.execute([{ companyId }]);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const [checked] = await this.checkMemberships.execute([companyId]);
      if (checked === undefined || checked.differences.length === 0) return;
      await this.records.rewriteIdentifiers(checked.stored, checked.others);
    }
  }
}

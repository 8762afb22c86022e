import type { AuditedStatistics } from '../../application/audit/ports/audited-statistics.ts';
import type { TrackedCompanies } from '../../application/statistics/ports/tracked-companies.ts';
import type { AuditedCompany } from '../../domain/audit/audited-company.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isSame } from '../../domain/shared/equality.ts';
import type { Clock } from '../../domain/shared/time.ts';
import { track, type TrackedCompany } from '../../domain/statistics/tracked-company.ts';

/** The statistics service as the audit sees it. */
export class StatisticsForAudit implements AuditedStatistics {
  constructor(
    private readonly tracked: TrackedCompanies,
    private readonly clock: Clock,
  ) {}

  async *all(): AsyncGenerator<AuditedCompany> {
    for await (const company of this.tracked.all()) yield audited(company);
  }

  async find(companyId: CompanyId): Promise<AuditedCompany | undefined> {
    const company = await this.tracked.find(companyId, 'strong');
    return company && audited(company);
  }

  async overwrite(profile: AuditedCompany): Promise<boolean> {
    const { companyId, epoch, version, name, removed, changedAt } = profile;
    const { status, countryCode, industry, identifiers } = profile;
    const facts = { companyName: name, status, countryCode, ...(industry && { industry }), identifiers };
    const change = { companyId, position: { epoch, version }, facts, removed, changedAt };
    return this.tracked.overwrite(track(change, this.clock.now()));
  }

  async forget(replica: AuditedCompany): Promise<boolean> {
    const company = await this.tracked.find(replica.companyId, 'strong');
    // The store itself refuses to forget what has changed since it was read here.
    return company !== undefined && isSame(audited(company), replica) && this.tracked.forget(company);
  }
}

function audited({ companyId, position, facts, removed, changedAt }: TrackedCompany): AuditedCompany {
  const { companyName, ...others } = facts;
  return { companyId, ...position, name: companyName, ...others, removed, changedAt };
}

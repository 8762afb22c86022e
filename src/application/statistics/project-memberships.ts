import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isSame } from '../../domain/shared/equality.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { Backoff } from '../../domain/shared/time.ts';
import { membershipOf, type Membership } from '../../domain/statistics/standing.ts';
import type { Identifier } from '../../domain/statistics/tracked-company.ts';
import type { Boards, MembershipChange } from './ports/boards.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';

/** How often some of the companies may turn out to have been projected by someone else meanwhile. */
const ATTEMPTS = 30;

/** Brings the aggregates of companies, and the identifiers that lead to them, to what the companies are now. */
export class ProjectMemberships {
  constructor(
    private readonly boards: Boards,
    private readonly tracked: TrackedCompanies,
    private readonly backoff: Backoff,
  ) {}

  /** Those of the companies that are shown with another name, or in other groups, than they have. @throws Unavailable */
  async moved(companyIds: readonly CompanyId[]): Promise<readonly CompanyId[]> {
    const { changes } = await this.#look(companyIds);
    return changes
      .filter(
        ({ before: { membership }, after }) =>
          membership?.companyName !== after?.companyName || !isSame(membership?.groups, after?.groups),
      )
      .map(({ before }) => before.companyId);
  }

  /**
   * @param companyIds no two alike
   * @returns the identifiers that lead to one of them now, each once
   * @throws Unavailable
   */
  async execute(companyIds: readonly CompanyId[]): Promise<readonly Identifier[]> {
    const leading = new Map<string, Identifier>();
    let left = companyIds;
    for (let attempt = 1; left.length > 0; attempt++) {
      const { changes: memberships, now } = await this.#look(left);
      for (const one of now.flatMap(({ identifiers }) => identifiers))
        leading.set(`${one.scheme} ${one.value}`, one);
      const { memberships: refused } = await this.boards.commit({ standings: [], memberships });
      left = refused.map(({ before }) => before.companyId);
      if (left.length === 0) break;
      if (attempt === ATTEMPTS) throw new Unavailable('Too many project the same companies at once.');
      await this.backoff(attempt);
    }
    return [...leading.values()];
  }

  /** What the companies are now, and what has changed in them since they were projected. */
  async #look(
    companyIds: readonly CompanyId[],
  ): Promise<{ readonly changes: readonly MembershipChange[]; readonly now: readonly Membership[] }> {
    // Read before what they are made of: a commit is refused if someone else has projected since.
    const stored = await this.boards.memberships(companyIds);
    const companies = await this.tracked.findAll(companyIds);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    const changes = stored.map((before): MembershipChange => {
      const after = membershipOf(byId.get(before.companyId));
      return { before, ...(after && { after }) };
    });
    return {
      changes: changes.filter(({ before: { membership }, after }) => !isSame(membership, after)),
      now: changes.flatMap(({ after }) => after ?? []),
    };
  }
}

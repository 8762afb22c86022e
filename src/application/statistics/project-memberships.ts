import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isSame } from '../../domain/shared/equality.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { Backoff } from '../../domain/shared/time.ts';
import { membershipOf } from '../../domain/statistics/standing.ts';
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
    const looked = await this.#look(companyIds);
    return looked
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
    const identifiers = new Map<CompanyId, readonly Identifier[]>();
    let left = companyIds;
    for (let attempt = 1; left.length > 0; attempt++) {
      const looked = await this.#look(left);
      for (const { before, after } of looked) identifiers.set(before.companyId, after?.identifiers ?? []);
      const memberships = looked.filter(hasChanged);
      const { memberships: refused } = await this.boards.commit({ standings: [], memberships });
      left = refused.map(({ before }) => before.companyId);
      if (left.length === 0) break;
      if (attempt === ATTEMPTS) throw new Unavailable('Too many project the same companies at once.');
      await this.backoff(attempt);
    }
    const leading = [...identifiers.values()].flat();
    return [...new Map(leading.map((one) => [`${one.scheme} ${one.value}`, one])).values()];
  }

  /** What is shown of the companies, and what they are now. */
  async #look(companyIds: readonly CompanyId[]): Promise<readonly MembershipChange[]> {
    // Read before what they are made of: a commit is refused if someone else has projected since.
    const stored = await this.boards.memberships(companyIds);
    const companies = await this.tracked.findAll(companyIds);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    return stored.map((before) => {
      const after = membershipOf(byId.get(before.companyId));
      return { before, ...(after && { after }) };
    });
  }
}

function hasChanged({ before: { membership }, after }: MembershipChange): boolean {
  return !isSame(membership, after);
}

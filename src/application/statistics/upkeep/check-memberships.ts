import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { isSame } from '../../../domain/shared/equality.ts';
import { told, type Difference } from '../../../domain/statistics/difference.ts';
import { membershipOf, type Membership } from '../../../domain/statistics/standing.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import type { BoardRecords } from '../ports/board-records.ts';
import type { Boards, StoredMembership } from '../ports/boards.ts';
import type { TrackedCompanies } from '../ports/tracked-companies.ts';

export interface CheckedMembership {
  readonly stored: StoredMembership;
  /** The identifiers that must not lead to the company, and may. */
  readonly others: readonly Identifier[];
  readonly differences: readonly Difference[];
}

/** Compares what is counted of companies, and the identifiers that lead to them, with what they are. */
export class CheckMemberships {
  constructor(
    private readonly boards: Boards,
    private readonly records: BoardRecords,
    private readonly tracked: TrackedCompanies,
  ) {}

  /** In the order of what is asked for; no two alike. @throws Unavailable */
  async execute(companyIds: readonly CompanyId[]): Promise<readonly CheckedMembership[]> {
    const stored = await this.boards.memberships(companyIds);
    const companies = await this.tracked.findAll(companyIds);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    const right = companyIds.map((companyId) => membershipOf(byId.get(companyId)));
    const identifiers = stored.map(({ membership }, index) =>
      distinct([...(membership?.identifiers ?? []), ...(right[index]?.identifiers ?? [])]),
    );
    const lead = await this.records.lead(
      identifiers.flatMap((each, index) =>
        each.map((identifier) => ({ companyId: stored[index]!.companyId, identifier })),
      ),
    );
    let taken = 0;
    return stored.map((one, index) => {
      const each = identifiers[index] ?? [];
      return checked(one, right[index], each, lead.slice(taken, (taken += each.length)));
    });
  }
}

function checked(
  stored: StoredMembership,
  right: Membership | undefined,
  identifiers: readonly Identifier[],
  lead: readonly boolean[],
): CheckedMembership {
  const difference = (detail: string, mark: string): Difference => ({
    kind: 'membership-differs',
    detail,
    // What is projected is at a later revision: that it still is not right is another finding.
    mark: `${mark} ${stored.revision}`,
  });
  const differences: Difference[] = [];
  if (!isSame(stored.membership, right)) {
    const has = told(stored.membership);
    differences.push(difference(`it is counted as ${has}, it should be ${told(right)}`, 'membership'));
  }
  const others: Identifier[] = [];
  for (const [index, identifier] of identifiers.entries()) {
    const should = right?.identifiers.some((one) => isSame(one, identifier)) === true;
    if (!should) others.push(identifier);
    if (lead[index] === should) continue;
    const name = `${identifier.scheme} ${identifier.value}`;
    differences.push(
      difference(
        should ? `${name} does not lead to it` : `${name} leads to it, and is none of its identifiers`,
        `identifier ${name}`,
      ),
    );
  }
  return { stored, others, differences };
}

function distinct(identifiers: readonly Identifier[]): Identifier[] {
  return identifiers.filter((one, index) => identifiers.findIndex((other) => isSame(other, one)) === index);
}

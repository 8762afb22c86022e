import type {
  BoardChanges,
  Boards,
  MembershipChange,
  StandingChange,
  StoredMembership,
  StoredStanding,
} from '../../../application/statistics/ports/boards.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { isSame } from '../../../domain/shared/equality.ts';
import type { Clock, Instant } from '../../../domain/shared/time.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import type { InMemoryProjections } from './in-memory-projections.ts';

export class InMemoryBoards implements Boards {
  constructor(
    private readonly projections: InMemoryProjections,
    private readonly clock: Clock,
  ) {}

  async standings(wanted: readonly CompanySeries[]): Promise<readonly StoredStanding[]> {
    return wanted.map((one) => this.projections.standing(one));
  }

  async memberships(wanted: readonly CompanyId[]): Promise<readonly StoredMembership[]> {
    return wanted.map((companyId) => this.projections.membership(companyId));
  }

  async commit({ standings, memberships }: BoardChanges): Promise<BoardChanges> {
    const now = this.clock.now();
    return {
      standings: standings.filter((change) => !this.#stand(change)),
      memberships: memberships.filter((change) => !this.#belong(change, now)),
    };
  }

  /** Answers whether what is stored is now what was wanted. */
  #stand({ before: { companyId, series, revision }, after: standing }: StandingChange): boolean {
    const stored = this.projections.standing({ companyId, series });
    const next = { companyId, series, revision: revision + 1, ...(standing && { standing }) };
    if (stored.revision === revision) this.projections.keepStanding(next);
    return stored.revision === revision || isSame(stored, next);
  }

  #belong({ before: { companyId, revision }, after: membership }: MembershipChange, now: Instant): boolean {
    const stored = this.projections.membership(companyId);
    const next = { companyId, revision: revision + 1, ...(membership && { membership }) };
    if (stored.revision === revision) this.projections.keepMembership(next, now);
    return stored.revision === revision || isSame(stored, next);
  }
}

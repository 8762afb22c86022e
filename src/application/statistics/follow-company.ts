import {
  follow,
  track,
  type FollowOutcome,
  type ProfileChange,
} from '../../domain/statistics/tracked-company.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import type { Clock } from '../../domain/shared/time.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';

/** How often a change may find that another writer came between. */
const ATTEMPTS = 5;

export class FollowCompany {
  constructor(
    private readonly tracked: TrackedCompanies,
    private readonly clock: Clock,
  ) {}

  /** Brings a tracked company to what the profiles service said of it, unless something newer is known. */
  async execute(change: ProfileChange): Promise<{ readonly outcome: FollowOutcome; readonly lagMs: number }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const company = track(change, this.clock.now());
      const known = await this.tracked.follow(company);
      const outcome = known === undefined ? 'followed' : follow(known, change);
      // What refused the write is already gone: the next attempt will be accepted, or refused by something else.
      if (known !== undefined && outcome === 'followed') continue;
      return { outcome, lagMs: company.lagMs };
    }
    throw new Unavailable(`Company ${change.companyId} is changed by too many at once.`);
  }
}

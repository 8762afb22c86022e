import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryTrackedCompanies } from '../../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import type { TrackedCompany } from '../../../src/domain/statistics/tracked-company.ts';
import { companyIdAt, minutesLater } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { aProfileChange, aTrackedCompany } from '../../support/tracked-company-mother.ts';

const companyId = companyIdAt(1);
const clock = new ManualClock(minutesLater(60));

describe('following the changes of a company', () => {
  let tracked: InMemoryTrackedCompanies;
  let followCompany: FollowCompany;

  beforeEach(() => {
    tracked = new InMemoryTrackedCompanies();
    followCompany = new FollowCompany(tracked, clock);
  });

  it('keeps what was said, and how long it took', async () => {
    expect(await followCompany.execute(aProfileChange(59))).toEqual({ outcome: 'followed', lagMs: 60_000 });
    expect(await tracked.find(companyId, 'strong')).toEqual({
      ...aProfileChange(59),
      syncedAt: minutesLater(60),
      lagMs: 60_000,
    });
  });

  it.each([
    ['duplicate', aProfileChange(5)],
    ['stale', aProfileChange(4)],
    ['fork', aProfileChange(5, { companyName: 'Other' })],
  ])('answers %s, and keeps what it has', async (outcome, change) => {
    await followCompany.execute(aProfileChange(5));
    expect(await followCompany.execute(change)).toMatchObject({ outcome });
    expect(await tracked.find(companyId, 'strong')).toMatchObject(aProfileChange(5));
  });

  it('follows although another writer came between', async () => {
    const contended = new ContendedTrackedCompanies([aTrackedCompany(1), aTrackedCompany(2)]);
    expect(await new FollowCompany(contended, clock).execute(aProfileChange(3))).toMatchObject({
      outcome: 'followed',
    });
  });

  it('is stale where the writer that came between knew more', async () => {
    const contended = new ContendedTrackedCompanies([aTrackedCompany(1), aTrackedCompany(4)]);
    expect(await new FollowCompany(contended, clock).execute(aProfileChange(3))).toMatchObject({
      outcome: 'stale',
    });
  });

  it('gives up where writers come between again and again, so that the change comes again', async () => {
    const contended = new ContendedTrackedCompanies(Array.from({ length: 9 }, () => aTrackedCompany(1)));
    await expect(new FollowCompany(contended, clock).execute(aProfileChange(3))).rejects.toBeInstanceOf(
      Unavailable,
    );
  });
});

/** Answers with what refused a write and was replaced before the answer arrived, until none is left. */
class ContendedTrackedCompanies extends InMemoryTrackedCompanies {
  constructor(private readonly refusals: TrackedCompany[]) {
    super();
  }

  override async follow(company: TrackedCompany): Promise<TrackedCompany | undefined> {
    return this.refusals.shift() ?? super.follow(company);
  }
}

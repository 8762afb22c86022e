import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReadSummary } from '../../../src/application/statistics/read-summary.ts';
import { CompanyNotTracked, NotYetSynced } from '../../../src/domain/statistics/errors.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { anObservation, firstOf } from '../../support/observation-mother.ts';
import { statisticsInMemory, type StatisticsFixture } from '../../support/statistics-fixture.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const companyId = companyIdAt(1);
const PAGE = { limit: 100 };

let statistics: StatisticsFixture;
let readSummary: ReadSummary;

/** Its eventual reads show the first version, and no observation. */
beforeEach(async () => {
  statistics = statisticsInMemory(1);
  readSummary = new ReadSummary(statistics.readings);
  await statistics.tracked.follow(aTrackedCompany(1));
  statistics.settle();
  await statistics.tracked.follow(aTrackedCompany(2));
  await statistics.observations.commit(companyId, [firstOf([anObservation('2024', '1')])]);
});

const versionOf = async (atLeast?: number): Promise<number | undefined> =>
  (await readSummary.execute(companyId, PAGE, atLeast)).company?.position.version;

describe('the summary of a company', () => {
  it('may be what was known some writes ago', async () => {
    expect(await versionOf()).toBe(1);
    statistics.settle();
    expect(await versionOf()).toBe(2);
  });

  it('is of the version asked for at least, with all that was recorded', async () => {
    for (const version of [1, 2]) {
      const { company, items } = await readSummary.execute(companyId, PAGE, version);
      expect(company?.position.version).toBe(2);
      expect(items).toHaveLength(1);
    }
  });

  it('is refused where the version asked for has not arrived', async () => {
    await expect(versionOf(3)).rejects.toBeInstanceOf(NotYetSynced);
    await expect(versionOf(3)).rejects.toMatchObject({ facts: { wantedVersion: 3, replicaVersion: 2 } });
    const unknown = readSummary.execute(companyIdAt(404), PAGE, 1);
    await expect(unknown).rejects.toBeInstanceOf(NotYetSynced);
  });

  it('is refused for one of which only observations are known, where a version is asked for', async () => {
    const other = companyIdAt(2);
    await statistics.observations.commit(other, [firstOf([anObservation('2024', '1')])]);
    statistics.settle();
    expect(await readSummary.execute(other, PAGE)).toMatchObject({ items: [{ figures: { count: 1 } }] });
    await expect(readSummary.execute(other, PAGE, 1)).rejects.toBeInstanceOf(NotYetSynced);
  });

  it('is not there for one that is unknown, or gone', async () => {
    await expect(readSummary.execute(companyIdAt(404), PAGE)).rejects.toBeInstanceOf(CompanyNotTracked);
    await statistics.tracked.follow(aTrackedCompany(3, { removed: true }));
    statistics.settle();
    await expect(versionOf()).rejects.toBeInstanceOf(CompanyNotTracked);
    await expect(versionOf(3)).rejects.toBeInstanceOf(CompanyNotTracked);
    await expect(versionOf(4)).rejects.toBeInstanceOf(NotYetSynced);
  });
});

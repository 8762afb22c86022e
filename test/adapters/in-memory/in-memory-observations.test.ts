import { describe, expect, it } from '@jest/globals';
import { InMemoryObservations } from '../../../src/adapters/in-memory/statistics/in-memory-observations.ts';
import { InMemorySeriesReadings } from '../../../src/adapters/in-memory/statistics/in-memory-series-readings.ts';
import { InMemorySeriesStore } from '../../../src/adapters/in-memory/statistics/in-memory-series-store.ts';
import { InMemoryTrackedCompanies } from '../../../src/adapters/in-memory/statistics/in-memory-tracked-companies.ts';
import type { StatisticsChange } from '../../../src/adapters/in-memory/statistics/statistics-change.ts';
import { InMemoryCountedDocuments } from '../../../src/adapters/in-memory/statistics/in-memory-counted-documents.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { anObservation, firstOf, PRICE } from '../../support/observation-mother.ts';

const ACME = companyIdAt(1);
const change = firstOf([anObservation('2024', '1')]);
const reportedAgain = {
  series: PRICE,
  observations: [
    {
      observation: anObservation('2024', '1', { reportedAt: '2025' }),
      revisionBefore: 1,
      earlier: { added: [], removed: [] },
    },
  ],
};

describe('observations in memory', () => {
  it('tell of every series whose figures have changed, and of no other', async () => {
    const told: StatisticsChange[] = [];
    const observations = new InMemoryObservations(new InMemorySeriesStore(), (one) => told.push(one));
    const euros = firstOf([anObservation('2024', '1', { unit: 'EUR' })]);

    await observations.commit(ACME, [change, euros]);
    expect(told).toEqual([
      { companyId: ACME, series: PRICE },
      { companyId: ACME, series: { metric: 'price', unit: 'EUR' } },
    ]);
    await observations.commit(ACME, [reportedAgain]);
    await observations.commit(ACME, [change]);
    expect(told).toHaveLength(2);
  });

  it('can be behind, by as many writes as they are told to, until they catch up', async () => {
    const store = new InMemorySeriesStore();
    const observations = new InMemoryObservations(store);
    const readings = new InMemorySeriesReadings(
      store,
      new InMemoryTrackedCompanies(),
      new InMemoryCountedDocuments(),
    );
    store.lag(1);
    await observations.commit(ACME, [change]);

    const read = async () => ({
      summary: await readings.summary(ACME, { limit: 1 }, 'eventual'),
      observations: (await readings.observations(ACME, PRICE, {}, { limit: 1 })).items,
    });
    expect(await read()).toEqual({ summary: undefined, observations: [] });
    expect(await readings.summary(ACME, { limit: 1 }, 'strong')).toMatchObject({
      items: [{ series: PRICE }],
    });
    store.catchUp();
    expect(await read()).toMatchObject({ summary: { items: [{ series: PRICE }] }, observations: [{}] });
  });

  it('write no more at once than the table does', async () => {
    const many = Array.from({ length: 99 }, (_, n) => anObservation('2024', '1', { source: `s${n}` }));
    const observations = new InMemoryObservations(new InMemorySeriesStore());
    await expect(observations.commit(ACME, [firstOf(many)])).rejects.toThrow('more than 100');
  });
});

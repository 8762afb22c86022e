import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MetricDefinitions } from '../../src/application/statistics/ports/metric-definitions.ts';
import type { MetricDefinition } from '../../src/domain/statistics/metric-definition.ts';
import type { BoardsFixture } from '../support/boards-fixture.ts';
import { companyIdAt, minutesLater } from '../support/company-mother.ts';

const poor: MetricDefinition = { metric: 'price', ranked: false, revision: 1, updatedAt: minutesLater(1) };
const rich: MetricDefinition = {
  metric: 'price',
  unit: 'Mio. €#%',
  label: 'Prix 🏭',
  ranked: true,
  revision: 2,
  updatedAt: minutesLater(2),
};

/** What every MetricDefinitions promises. */
export function metricDefinitionsContract(
  name: string,
  makeFixture: () => BoardsFixture | Promise<BoardsFixture>,
): void {
  describe(`definitions of metrics ${name}`, () => {
    let fixture: BoardsFixture;
    let definitions: MetricDefinitions;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ definitions } = fixture);
    });

    it('are none at first', async () => {
      expect(await definitions.find('price', 'strong')).toBeUndefined();
      expect(await definitions.find('price', 'eventual')).toBeUndefined();
      expect(await definitions.definitionsOf([])).toEqual(new Map());
      expect(await definitions.definitionsOf(['price', 'revenues-3m'])).toEqual(new Map());
      expect(await definitions.progressOf('price')).toBeUndefined();
    });

    it('are found as they were saved, and keep nothing of what they were', async () => {
      for (const definition of [poor, rich, { ...poor, revision: 3 }]) {
        expect(await definitions.save(definition)).toBe(true);
        expect(await definitions.find('price', 'strong')).toEqual(definition);
        fixture.settle();
        expect(await definitions.find('price', 'eventual')).toEqual(definition);
      }
    });

    it.each([
      ['another first one', { ...rich, revision: 1 }],
      ['one that leaves one out', { ...rich, revision: 3 }],
    ])('do not take %s', async (_, other) => {
      await definitions.save(poor);
      expect(await definitions.save(other)).toBe(false);
      expect(await definitions.find('price', 'strong')).toEqual(poor);
    });

    it('do not begin in the middle', async () => {
      expect(await definitions.save(rich)).toBe(false);
      expect(await definitions.find('price', 'strong')).toBeUndefined();
    });

    it('take one of many that come at once', async () => {
      await definitions.save(poor);
      const rivals = Array.from({ length: 10 }, (_, index) => ({ ...rich, label: `Label ${index}` }));
      const saved = await Promise.all(rivals.map((rival) => definitions.save(rival)));
      expect(saved.filter(Boolean)).toHaveLength(1);
      expect(await definitions.find('price', 'strong')).toEqual(rivals[saved.indexOf(true)]);
    });

    it('are found together, those that there are', async () => {
      const all = Array.from({ length: 110 }, (_, index) => ({ ...poor, metric: `metric-${index}` }));
      await Promise.all(all.map((definition) => definitions.save(definition)));
      const found = await definitions.definitionsOf([
        'price',
        ...all.map(({ metric }) => metric),
        'metric-0',
      ]);
      expect(found).toEqual(new Map(all.map((definition) => [definition.metric, definition])));
    });

    it('know how far they are projected', async () => {
      await definitions.save(poor);
      for (const progress of [
        { revision: 1, after: companyIdAt(7), isComplete: false },
        { revision: 1, isComplete: true },
        { revision: 2, isComplete: false },
      ]) {
        await definitions.saveProgress('price', progress);
        expect(await definitions.progressOf('price')).toEqual(progress);
      }
      expect(await definitions.progressOf('prices')).toBeUndefined();
      expect(await definitions.find('price', 'strong')).toEqual(poor);
    });
  });
}

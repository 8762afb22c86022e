import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryMetricDefinitions } from '../../../src/adapters/in-memory/statistics/in-memory-metric-definitions.ts';
import { DefineMetric } from '../../../src/application/statistics/define-metric.ts';
import { FindMetric } from '../../../src/application/statistics/find-metric.ts';
import { InvalidInput, Unavailable } from '../../../src/domain/shared/errors.ts';
import { MetricNotDefined } from '../../../src/domain/statistics/errors.ts';
import type { MetricDefinition } from '../../../src/domain/statistics/metric-definition.ts';
import { minutesLater } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const PRICE = { metric: 'price', unit: 'USD', label: 'Share price', ranked: true };

describe('defining a metric', () => {
  let changed: string[];
  let pauses: number[];
  let definitions: ContendedDefinitions;
  let clock: ManualClock;
  let defineMetric: DefineMetric;
  let findMetric: FindMetric;

  beforeEach(() => {
    changed = [];
    pauses = [];
    definitions = new ContendedDefinitions((change) => {
      if ('metric' in change) changed.push(change.metric);
    });
    clock = new ManualClock(minutesLater(1));
    const pause = async (tries: number): Promise<void> => void pauses.push(tries);
    defineMetric = new DefineMetric(definitions, clock, pause);
    findMetric = new FindMetric(definitions);
  });

  it('keeps what it means, and tells it', async () => {
    const definition = { ...PRICE, revision: 1, updatedAt: minutesLater(1) };
    expect(await defineMetric.execute(PRICE)).toEqual(definition);
    expect(await findMetric.execute('price')).toEqual(definition);
    expect(changed).toEqual(['price']);
  });

  it('keeps it in normal form', async () => {
    await defineMetric.execute({ ...PRICE, unit: ' USD ', label: 'Cafe\u0301 ' });
    expect(await findMetric.execute('price')).toMatchObject({ unit: 'USD', label: 'Caf\u00e9' });
  });

  it('puts it in the place of what was said before', async () => {
    await defineMetric.execute(PRICE);
    clock.set(minutesLater(2));
    const definition = { metric: 'price', ranked: false, revision: 2, updatedAt: minutesLater(2) };
    expect(await defineMetric.execute({ metric: 'price', ranked: false })).toEqual(definition);
    expect(await findMetric.execute('price')).toEqual(definition);
  });

  it('changes nothing where it is said again', async () => {
    const definition = await defineMetric.execute(PRICE);
    clock.set(minutesLater(2));
    expect(await defineMetric.execute({ ...PRICE })).toEqual(definition);
    expect(changed).toEqual(['price']);
  });

  it.each([
    ['metric', { ...PRICE, metric: 'Price' }],
    ['unit', { ...PRICE, unit: 'U'.repeat(51) }],
    ['label', { ...PRICE, label: '' }],
  ])('refuses an impossible %s, and names it', async (name, stated) => {
    const defining = defineMetric.execute(stated);
    await expect(defining).rejects.toBeInstanceOf(InvalidInput);
    await expect(defining).rejects.toMatchObject({ violations: [{ path: [name] }] });
    expect(changed).toEqual([]);
  });

  it('follows another definition that comes between', async () => {
    definitions.rivals.push({ metric: 'price', ranked: false, revision: 1, updatedAt: minutesLater(0) });
    expect(await defineMetric.execute(PRICE)).toMatchObject({ ...PRICE, revision: 2 });
    expect(pauses).toEqual([1]);
  });

  it('gives up where others come between again and again', async () => {
    for (let revision = 1; revision <= 20; revision++) {
      definitions.rivals.push({ metric: 'price', ranked: false, revision, updatedAt: minutesLater(0) });
    }
    await expect(defineMetric.execute(PRICE)).rejects.toBeInstanceOf(Unavailable);
  });

  it('is asked for where nobody has done it', async () => {
    await expect(findMetric.execute('price')).rejects.toBeInstanceOf(MetricNotDefined);
  });
});

/** Has a rival save a definition right before each one that is saved, until none is left. */
class ContendedDefinitions extends InMemoryMetricDefinitions {
  readonly rivals: MetricDefinition[] = [];

  override async save(definition: MetricDefinition): Promise<boolean> {
    const rival = this.rivals.shift();
    if (rival) await super.save(rival);
    return super.save(definition);
  }
}

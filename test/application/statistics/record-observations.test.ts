import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { fullJitter } from '../../../src/adapters/system/full-jitter.ts';
import { RecordObservations } from '../../../src/application/statistics/record-observations.ts';
import type { Observations } from '../../../src/application/statistics/ports/observations.ts';
import type { CompanyId } from '../../../src/domain/shared/company-id.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import type { Observation, StatedObservation } from '../../../src/domain/statistics/observation.ts';
import { BUCKETS, type YearRollup } from '../../../src/domain/statistics/rollup.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { statisticsInDynamoDb } from '../../support/dynamodb-fixtures.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';
import { hundredths, ModelledSeries } from '../../support/modelled-series.ts';
import { anObservation, PRICE } from '../../support/observation-mother.ts';
import { statisticsInMemory } from '../../support/statistics-fixture.ts';
import { shortOrLong } from '../../support/test-length.ts';

const YEARS = ['2023', '2024'];
/** Those that hold what is recorded. */
const FULL_BUCKETS = ['02', '03', 'year'] as const;
const SERIES = [PRICE, { metric: 'price', unit: 'EUR' }];

let dynamoDb: TestDynamoDb;
let companies = 0;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb.stop());

describe.each([
  ['in memory', () => statisticsInMemory(), 60],
  ['in DynamoDB', () => statisticsInDynamoDb(dynamoDb), shortOrLong(6, 60)],
])('recording observations %s', (_, makeFixture, numRuns) => {
  let observations: Observations;
  let companyId: CompanyId;

  beforeEach(async () => {
    ({ observations } = await makeFixture());
    companyId = companyIdAt(++companies);
  });

  const writer = () => new RecordObservations(observations, bigJsArithmetic, fullJitter);

  async function record(stated: readonly StatedObservation[]): Promise<string[]> {
    return (await writer().execute(companyId, stated)).map(({ status }) => status);
  }

  async function figures(series = PRICE): Promise<object | undefined> {
    return (await observations.rollups(companyId, [{ series, years: [] }]))[0]!.figures;
  }

  /** That what is stored of the company is what plain models of its series are. */
  async function expectAsModelled(models: ReadonlyMap<string, ModelledSeries>): Promise<void> {
    for (const series of SERIES) {
      const model = models.get(series.unit) ?? new ModelledSeries();
      const [stored] = await observations.rollups(companyId, [{ series, years: YEARS }]);
      expect(stored!.figures).toEqual(model.figures());
      const years = new Map(
        YEARS.map((year) => [year, modelledYear(model, year)] as const).filter(([, year]) => year),
      );
      expect(stored!.years).toEqual(years);
      expect(await observations.years(companyId, series)).toEqual(years);
      const found = await Promise.all(
        YEARS.flatMap((year) =>
          FULL_BUCKETS.map((bucket) => observations.inBucket(companyId, series, year, bucket)),
        ),
      );
      const expected = model.observations();
      expect(found.flat()).toHaveLength(expected.length);
      for (const { observation, earlier } of expected) {
        const one = { ...series, ...observation };
        expect(found.flat()).toContainEqual(one);
        const reports = await observations.earlierReports(companyId, one);
        expect(reports).toHaveLength(earlier.length);
        expect(reports).toEqual(expect.arrayContaining(earlier));
      }
    }
  }

  it('says of each what became of it', async () => {
    const at = (value: string, reportedAt = ''): StatedObservation =>
      anObservation('2024', value, { reportedAt });
    expect(await record([at('1', '2025-02')])).toEqual(['recorded']);
    expect(
      await record([
        at('1', '2025-02'),
        at('1.00', '2025-01'),
        at('2', '2025-03'),
        at('3', '2025-02'),
        at('4'),
        at('5', '2025-03'),
        at('nonsense'),
        anObservation('2024-13', '1'),
        at('0.5', '2025-03'),
        at('6', '2026'),
      ]),
    ).toEqual([
      'unchanged',
      'unchanged',
      'corrected',
      'superseded',
      'conflict',
      'conflict',
      'invalid',
      'invalid',
      'conflict',
      'corrected',
    ]);
    expect(await figures()).toMatchObject({ count: 1, sum: '6' });
    const earlier = await observations.earlierReports(companyId, anObservation('2024', '0'));
    expect(new Set(earlier.map(({ value }) => value))).toEqual(new Set(['1', '2', '3', '4', '5', '0.5']));
  });

  it('names all that is wrong with one, and records the others', async () => {
    const bad = {
      metric: 'Price',
      unit: '',
      observedAt: 'today',
      value: 'NaN',
      source: ' ',
      reportedAt: '24',
    };
    const [first, second] = await writer().execute(companyId, [bad, anObservation('2024', '1')]);
    expect(first).toMatchObject({ status: 'invalid' });
    const paths = first?.status === 'invalid' ? first.violations.map(({ path }) => path.join('.')) : [];
    expect(paths).toEqual(['metric', 'unit', 'observedAt', 'value', 'source', 'reportedAt']);
    expect(second).toEqual({ status: 'recorded' });
  });

  it('comes to the same whatever the order and grouping of the same reports', async () => {
    await fc.assert(
      fc.asyncProperty(anyDelivery(), async (groups) => {
        companyId = companyIdAt(++companies);
        const models = new Map(SERIES.map(({ unit }) => [unit, new ModelledSeries()]));
        for (const group of groups) {
          const expected = group.map((one) => models.get(one.unit)!.record(one));
          expect(await record(group)).toEqual(expected);
        }
        await expectAsModelled(models);
      }),
      { numRuns },
    );
  });

  it('loses nothing where several write the same at once', async () => {
    await fc.assert(
      fc.asyncProperty(anyDelivery(), async (groups) => {
        companyId = companyIdAt(++companies);
        const models = new Map(SERIES.map(({ unit }) => [unit, new ModelledSeries()]));
        for (const one of groups.flat()) models.get(one.unit)!.record(one);
        await Promise.all(groups.map((group) => writer().execute(companyId, group)));
        await expectAsModelled(models);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it('refuses what makes a sum too long to be kept exactly, and records the rest', async () => {
    const large = anObservation('2024-01', `1${'0'.repeat(37)}`);
    const tiny = anObservation('2024-02', '0.1');
    const small = anObservation('2024-03', '-7');
    const [first, second, third] = await writer().execute(companyId, [large, tiny, small]);
    expect([first, third]).toEqual([{ status: 'recorded' }, { status: 'recorded' }]);
    expect(second).toMatchObject({ status: 'invalid', violations: [{ path: ['value'] }] });
    expect(await observations.inBucket(companyId, PRICE, '2024', '02')).toEqual([]);
    expect(await figures()).toMatchObject({ count: 2, sum: `${'9'.repeat(36)}3` });
  });

  it('refuses a correction that makes a sum too long, and changes nothing', async () => {
    await record([anObservation('2024-01', `1${'0'.repeat(37)}`), anObservation('2024-02', '5')]);
    const before = await figures();
    expect(await record([anObservation('2024-02', '0.1', { reportedAt: '2025' })])).toEqual(['invalid']);
    expect(await figures()).toEqual(before);
    expect(await observations.earlierReports(companyId, anObservation('2024-02', '5'))).toEqual([]);
    expect(await record([anObservation('2024-02', '0.1'), anObservation('2024-02', '6')])).toEqual([
      'invalid',
      'conflict',
    ]);
    expect(await figures()).toEqual(before);
  });

  it('splits what no commit could take', async () => {
    const days = Array.from({ length: 110 }, (_, day) =>
      new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
    );
    const first = days.map((day) => anObservation(day, '1'));
    expect(new Set(await record(first))).toEqual(new Set(['recorded']));
    expect(await figures()).toMatchObject({ count: 110, sum: '110' });
    // Each of them writes the observation, and what it was.
    const corrected = days.map((day) => anObservation(day, '3', { reportedAt: '2025' }));
    expect(new Set(await record(corrected))).toEqual(new Set(['corrected']));
    expect(await figures()).toMatchObject({ count: 110, sum: '330' });
    const many = Array.from({ length: 120 }, (_, n) => anObservation('2024', '1', { metric: `metric-${n}` }));
    expect(new Set(await record(many))).toEqual(new Set(['recorded']));
    expect(await record([...many, ...first].reverse())).toEqual([
      ...Array<string>(110).fill('conflict'),
      ...Array<string>(120).fill('unchanged'),
    ]);
  });

  it('loses nothing of what another one writes between two of its commits', async () => {
    const days = Array.from({ length: 150 }, (_, day) =>
      anObservation(new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10), '1'),
    );
    let commits = 0;
    const interrupted: Observations = {
      ...bound(observations),
      commit: async (...args) => {
        if (++commits === 2) await record([anObservation('2024-02', '5'), anObservation('2023', '7')]);
        return observations.commit(...args);
      },
    };
    const recording = new RecordObservations(interrupted, bigJsArithmetic, fullJitter);
    const results = await recording.execute(companyId, days);

    expect(results.map(({ status }) => status)).toEqual(Array<string>(150).fill('recorded'));
    // The second one is refused, and computed anew.
    expect(commits).toBe(3);
    expect(await figures()).toMatchObject({ count: 152, sum: '162', first: { observedAt: '2023' } });
    const [stored] = await observations.rollups(companyId, [{ series: PRICE, years: ['2024'] }]);
    expect(stored!.years.get('2024')!['02']).toMatchObject({ count: 30, sum: '34' });
  });

  it('gives up where others always come first', async () => {
    const always = { ...bound(observations), commit: async () => ({ isOvertaken: true, found: [] }) };
    const pauses: number[] = [];
    const backoff = async (tries: number): Promise<void> => void pauses.push(tries);
    const recording = new RecordObservations(always, bigJsArithmetic, backoff).execute(companyId, [
      anObservation('2024', '1'),
    ]);
    await expect(recording).rejects.toThrow(Unavailable);
    expect(pauses.length).toBeGreaterThan(10);
  });

  function modelledYear(model: ModelledSeries, year: string): YearRollup | undefined {
    const buckets = BUCKETS.flatMap((bucket) => {
      const found = bucket === 'year' ? model.figures(year, true) : model.figures(`${year}-${bucket}`);
      return found ? [[bucket, found] as const] : [];
    });
    return buckets.length === 0 ? undefined : Object.fromEntries(buckets);
  }
});

/** Reports of a few observations, with duplicates and contradictions, in any order and grouping. */
function anyDelivery(): fc.Arbitrary<Observation[][]> {
  const report = fc
    .record({
      observedAt: fc.constantFrom(
        '2023',
        '2024',
        '2024-02',
        '2024-02-29',
        '2024-02-29T10:00:00.000Z',
        '2024-03',
      ),
      value: fc.integer({ min: -3, max: 3 }).map((n) => hundredths(n * 25)),
      unit: fc.constantFrom('USD', 'EUR'),
      source: fc.constantFrom('a', 'b'),
      reportedAt: fc.constantFrom('', '2025', '2025-01', '2025-02-01T00:00:00.000Z'),
    })
    .map(({ observedAt, value, ...rest }) => anObservation(observedAt, value, rest));
  return fc.array(fc.array(report, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
}

function bound(observations: Observations): Observations {
  return {
    rollups: (...args) => observations.rollups(...args),
    years: (...args) => observations.years(...args),
    inBucket: (...args) => observations.inBucket(...args),
    earlierReports: (...args) => observations.earlierReports(...args),
    commit: (...args) => observations.commit(...args),
  };
}

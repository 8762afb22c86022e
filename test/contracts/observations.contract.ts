import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import {
  MOST_WRITES,
  writesOf,
  type ObservationChange,
  type Observations,
  type SeriesChange,
} from '../../src/application/statistics/ports/observations.ts';
import type { Observation, Report } from '../../src/domain/statistics/observation.ts';
import { yearOf } from '../../src/domain/statistics/observed-at.ts';
import { BUCKETS, foldOf, yearsOf } from '../../src/domain/statistics/rollup.ts';
import { companyIdAt } from '../support/company-mother.ts';
import {
  anObservation,
  aReport,
  firstOf,
  ODD_LABELS,
  ODD_VALUES,
  PRICE,
} from '../support/observation-mother.ts';
import type { StatisticsFixture } from '../support/statistics-fixture.ts';
import { shortOrLong } from '../support/test-length.ts';

const ACME = companyIdAt(1);
const NO_REPORTS = { added: [], removed: [] };

const some = [
  anObservation('2023', '7'),
  anObservation('2024-03', '1.5'),
  anObservation('2024-03-31', '3', { reportedAt: '2024-04-01' }),
  anObservation('2024-03-31T16:00:00.000Z', '4'),
  anObservation('2024-12-31', '-2'),
];

/** What every Observations promises. */
export function observationsContract(
  name: string,
  makeFixture: () => StatisticsFixture | Promise<StatisticsFixture>,
): void {
  describe(`observations ${name}`, () => {
    let observations: Observations;

    beforeEach(async () => {
      ({ observations } = await makeFixture());
    });

    /** All of a series that the years from 2022 to 2025 may hold. */
    async function stored(series = PRICE, companyId = ACME) {
      const [rollup] = await observations.rollups(companyId, [
        { series, years: ['2022', '2023', '2024', '2025'] },
      ]);
      return rollup!;
    }

    async function inBuckets(series = PRICE, year = '2024'): Promise<Observation[][]> {
      const found = BUCKETS.map((bucket) => observations.inBucket(ACME, series, year, bucket));
      return (await Promise.all(found)).map((each) => [...each]);
    }

    it('are none until some are recorded', async () => {
      expect(await stored()).toEqual({ series: PRICE, revision: 0, years: new Map() });
      expect(await observations.years(ACME, PRICE)).toEqual(new Map());
      expect((await inBuckets()).flat()).toEqual([]);
      expect(await observations.earlierReports(ACME, some[0]!)).toEqual([]);
    });

    it('are kept as they are recorded, with all that they come to', async () => {
      const change = firstOf(some);
      expect(await observations.commit(ACME, [change])).toBeUndefined();

      const { figures, years } = change.rollup!;
      expect(await stored()).toEqual({ series: PRICE, revision: 1, figures, years });
      expect(await observations.years(ACME, PRICE)).toEqual(years);
      expect(await inBuckets(PRICE, '2023')).toEqual([...Array<[]>(12).fill([]), [some[0]]]);
      const march = (await inBuckets())[2]!;
      expect(march).toHaveLength(3);
      expect(march).toEqual(expect.arrayContaining(some.slice(1, 4)));
      expect((await inBuckets())[11]).toEqual([some[4]]);
      expect(await stored(PRICE, companyIdAt(2))).toMatchObject({ revision: 0 });
    });

    it('come to what is asked for, in the order in which it is asked', async () => {
      const euros = some.map((one) => ({ ...one, unit: 'EUR' }));
      await observations.commit(ACME, [firstOf(some)]);
      await observations.commit(ACME, [firstOf(euros.slice(0, 1))]);

      const found = await observations.rollups(ACME, [
        { series: { metric: 'revenues', unit: 'USD' }, years: ['2024'] },
        { series: { metric: 'price', unit: 'EUR' }, years: [] },
        { series: PRICE, years: ['2024', '1999'] },
      ]);

      const { figures, years } = firstOf(some).rollup!;
      expect(found).toEqual([
        { series: { metric: 'revenues', unit: 'USD' }, revision: 0, years: new Map() },
        {
          series: { metric: 'price', unit: 'EUR' },
          revision: 1,
          figures: firstOf(euros.slice(0, 1)).rollup!.figures,
          years: new Map(),
        },
        { series: PRICE, revision: 1, figures, years: new Map([['2024', years.get('2024')]]) },
      ]);
    });

    it('change with their figures, and leave the years that do not change', async () => {
      await observations.commit(ACME, [firstOf(some)]);
      const corrected = anObservation('2023', '8', { reportedAt: '2025' });
      const all = [corrected, ...some.slice(1)];
      const change = changeOf(all, {
        revisionBefore: 1,
        years: ['2023'],
        observations: [{ observation: corrected, revisionBefore: 1, earlier: NO_REPORTS }],
      });
      expect(await observations.commit(ACME, [change])).toBeUndefined();

      const { figures, years } = firstOf(all).rollup!;
      expect(await stored()).toEqual({ series: PRICE, revision: 2, figures, years });
      expect((await inBuckets(PRICE, '2023')).flat()).toEqual([corrected]);
    });

    it('may change without their figures', async () => {
      await observations.commit(ACME, [firstOf(some)]);
      const later = anObservation('2023', '7', { reportedAt: '2025' });
      const change = (revisionBefore: number): SeriesChange => ({
        series: PRICE,
        observations: [{ observation: later, revisionBefore, earlier: NO_REPORTS }],
      });
      expect(await observations.commit(ACME, [change(1)])).toBeUndefined();

      expect(await stored()).toMatchObject({ revision: 1 });
      expect((await inBuckets(PRICE, '2023')).flat()).toEqual([later]);
      expect(await observations.commit(ACME, [change(1)])).toEqual({
        isOvertaken: false,
        found: [{ ...later, revision: 2 }],
      });
    });

    describe('are not written', () => {
      const change = firstOf([anObservation('2022', '1'), anObservation('2025', '1')]);

      /** That what was there first is there still, and nothing else. */
      async function expectUnchanged(): Promise<void> {
        const { figures, years } = firstOf(some).rollup!;
        expect(await stored()).toEqual({ series: PRICE, revision: 1, figures, years });
        expect((await inBuckets(PRICE, '2022')).flat()).toEqual([]);
        expect((await inBuckets(PRICE, '2025')).flat()).toEqual([]);
      }

      beforeEach(async () => {
        await observations.commit(ACME, [firstOf(some)]);
      });

      it.each([0, 2])('where the figures have another revision than %i', async (revisionBefore) => {
        const overtaken = { ...change, rollup: { ...change.rollup!, revisionBefore } };
        expect(await observations.commit(ACME, [overtaken])).toEqual({ isOvertaken: true, found: [] });
        await expectUnchanged();
      });

      it('where there is one already, which is told', async () => {
        const again = {
          ...firstOf([...some.slice(2, 4), anObservation('2025', '1')]),
          rollup: { ...change.rollup!, revisionBefore: 1 },
        };
        const refused = await observations.commit(ACME, [again]);
        expect(refused).toEqual({
          isOvertaken: false,
          found: [
            { ...some[2]!, revision: 1 },
            { ...some[3]!, revision: 1 },
          ],
        });
        await expectUnchanged();
      });

      it('where one has another revision, which is told beside the figures', async () => {
        const observation = anObservation('2024-12-31', '5');
        const refused = await observations.commit(ACME, [
          {
            ...change,
            observations: [
              ...change.observations,
              { observation, revisionBefore: 3, earlier: { added: [aReport('-2')], removed: [] } },
            ],
          },
        ]);
        expect(refused).toEqual({ isOvertaken: true, found: [{ ...some[4]!, revision: 1 }] });
        await expectUnchanged();
        expect(await observations.earlierReports(ACME, observation)).toEqual([]);
      });

      it('where another series of the same commit is refused', async () => {
        const euros = firstOf([anObservation('2024', '1', { unit: 'EUR' })]);
        expect(await observations.commit(ACME, [euros, change])).toMatchObject({ isOvertaken: true });
        await expectUnchanged();
        expect(await stored(euros.series)).toMatchObject({ revision: 0 });
      });
    });

    it('of which many at once expect the same are written once', async () => {
      const rivals = Array.from({ length: 12 }, (_, day) =>
        firstOf([anObservation(`2024-01-${day + 10}`, String(day))]),
      );
      const refusals = await Promise.all(rivals.map((rival) => observations.commit(ACME, [rival])));

      const won = rivals.filter((_, index) => refusals[index] === undefined);
      expect(won).toHaveLength(1);
      expect(await stored()).toMatchObject({ revision: 1, figures: won[0]!.rollup!.figures });
      expect((await inBuckets()).flat()).toEqual(won[0]!.observations.map(({ observation }) => observation));
    });

    it('keep what was reported before, until it no longer counts as such', async () => {
      const observation = anObservation('2024', '3', { reportedAt: '2024-05' });
      const other = anObservation('2024', '3', { source: 'exchange#' });
      const reports = [aReport('1'), aReport('2'), aReport('2', '2024-01'), aReport('1', '2024-01')];
      await observations.commit(ACME, [firstOf([observation, other])]);
      const change = (revisionBefore: number, earlier: ObservationChange['earlier']): SeriesChange => ({
        series: PRICE,
        observations: [{ observation, revisionBefore, earlier }],
      });

      await observations.commit(ACME, [change(1, { added: reports, removed: [] })]);
      expect(new Set(await observations.earlierReports(ACME, observation))).toEqual(new Set(reports));
      expect(await observations.earlierReports(ACME, other)).toEqual([]);

      const latest = aReport('9', '2024-02');
      await observations.commit(ACME, [change(2, { added: [latest], removed: reports.slice(1) })]);
      expect(new Set(await observations.earlierReports(ACME, observation))).toEqual(
        new Set([reports[0], latest]),
      );
    });

    it(`are written up to ${MOST_WRITES} items at once`, async () => {
      const many = Array.from({ length: 97 }, (_, n) =>
        anObservation('2024-01', String(n), { source: `s${n}` }),
      );
      const change = firstOf(many);
      const withReport = {
        ...change,
        observations: change.observations.map((one, index) =>
          index === 0 ? { ...one, earlier: { added: [aReport('-1')], removed: [] } } : one,
        ),
      };
      expect(writesOf([withReport])).toBe(MOST_WRITES);
      expect(await observations.commit(ACME, [withReport])).toBeUndefined();
      expect((await inBuckets())[0]).toHaveLength(97);
    });

    it.each([
      ['units', (label: string) => anObservation('2024-05', '1', { unit: label })],
      ['sources', (label: string) => anObservation('2024-05', '1', { source: label })],
    ])('may have odd %s, each its own', async (_, make) => {
      const odd = ODD_LABELS.map(make);
      for (const [index, observation] of odd.entries()) {
        const one = { ...observation, value: String(index) as Observation['value'] };
        const before = await stored(one);
        const added = firstOf([one]);
        const rollup = { ...added.rollup!, revisionBefore: before.revision };
        expect(await observations.commit(ACME, [{ ...added, rollup }])).toBeUndefined();
        const report = aReport(String(-index - 1));
        await observations.commit(ACME, [
          {
            series: added.series,
            observations: [
              { observation: one, revisionBefore: 1, earlier: { added: [report], removed: [] } },
            ],
          },
        ]);
      }
      for (const [index, observation] of odd.entries()) {
        const found = (await inBuckets({ metric: 'price', unit: observation.unit }))[4]!;
        expect(found).toContainEqual({ ...observation, value: String(index) });
        expect(found).toHaveLength(odd.filter(({ unit }) => unit === observation.unit).length);
        expect(await observations.earlierReports(ACME, observation)).toEqual([aReport(String(-index - 1))]);
      }
    });

    it('may have odd values and times, and the longest names', async () => {
      const names = { metric: 'm'.repeat(200), unit: '😀'.repeat(50), source: '😀'.repeat(100) };
      const times = ['0001', '0001-01', '0001-12-31', '9999-12-31T23:59:59.999Z'];
      const odd = times.flatMap((observedAt) =>
        ODD_VALUES.map((value, index) =>
          anObservation(observedAt, value, {
            ...names,
            source: [...names.source].slice(index).join(''),
            reportedAt: '9999-12-31T23:59:59.999Z',
          }),
        ),
      );
      const change = firstOf(odd);
      const longest = odd.find(({ observedAt }) => observedAt === times.at(-1))!;
      const reports = ODD_VALUES.map((value) => aReport(value, '9999-12-31T23:59:59.999Z'));
      expect(await observations.commit(ACME, [change])).toBeUndefined();
      await observations.commit(ACME, [
        {
          series: change.series,
          observations: [
            { observation: longest, revisionBefore: 1, earlier: { added: reports, removed: [] } },
          ],
        },
      ]);

      const [found] = await observations.rollups(ACME, [{ series: change.series, years: ['0001', '9999'] }]);
      const { figures, years } = change.rollup!;
      expect(found).toMatchObject({ revision: 1, figures, years });
      const inYears = [await inBuckets(change.series, '0001'), await inBuckets(change.series, '9999')];
      expect(inYears.flat(2)).toHaveLength(odd.length);
      expect(inYears.flat(2)).toEqual(expect.arrayContaining(odd));
      expect(new Set(await observations.earlierReports(ACME, longest))).toEqual(new Set(reports));
    });

    it('are what a plain model of them is, whatever is committed', async () => {
      let companies = 100;
      await fc.assert(
        fc.asyncProperty(fc.array(anyCommit(), { minLength: 1, maxLength: 8 }), async (commits) => {
          const companyId = companyIdAt(++companies);
          const model = new Map<string, { observation: Observation; revision: number; reports: Report[] }>();
          let revision = 0;
          for (const { values, isStale, reports } of commits) {
            const before = new Map(model);
            const changes = values.map((observation): ObservationChange => {
              const known = before.get(keyOf(observation));
              const added = reports.filter((report) => !known?.reports.some(isSameReport(report)));
              return {
                observation,
                revisionBefore: known?.revision ?? 0,
                earlier: { added, removed: known?.reports.slice(0, 1) ?? [] },
              };
            });
            const after = new Map(model);
            for (const { observation, revisionBefore, earlier } of changes) {
              const kept = (before.get(keyOf(observation))?.reports ?? []).slice(1);
              after.set(keyOf(observation), {
                observation,
                revision: revisionBefore + 1,
                reports: [...kept, ...earlier.added],
              });
            }
            const change = changeOf(
              [...after.values()].map(({ observation }) => observation),
              { revisionBefore: isStale ? revision + 1 : revision, observations: changes },
            );
            const refused = await observations.commit(companyId, [change]);
            expect(refused).toEqual(isStale ? { isOvertaken: true, found: [] } : undefined);
            if (isStale) continue;
            revision++;
            for (const [key, one] of after) model.set(key, one);
          }
          const all = [...model.values()].map(({ observation }) => observation);
          const figures = foldOf(all, bigJsArithmetic);
          expect(await stored(PRICE, companyId)).toEqual({
            series: PRICE,
            revision,
            ...(figures && { figures }),
            years: yearsOf(all, bigJsArithmetic),
          });
          for (const { observation, reports } of model.values()) {
            const found = await observations.earlierReports(companyId, observation);
            expect(new Set(found)).toEqual(new Set(reports));
          }
        }),
        { numRuns: shortOrLong(8, 200) },
      );
    });
  });
}

function keyOf({ observedAt, source }: Observation): string {
  return `${observedAt} ${source}`;
}

function isSameReport({ value, reportedAt }: Report): (other: Report) => boolean {
  return (other) => other.value === value && other.reportedAt === reportedAt;
}

/** Some changes of a series, and the figures of all of its observations. */
function changeOf(
  all: readonly Observation[],
  {
    revisionBefore,
    observations,
    years,
  }: {
    readonly revisionBefore: number;
    readonly observations: readonly ObservationChange[];
    readonly years?: readonly string[];
  },
): SeriesChange {
  const { series, rollup } = firstOf(all);
  const changed = years ?? observations.map(({ observation }) => yearOf(observation.observedAt));
  return {
    series,
    rollup: {
      ...rollup!,
      revisionBefore,
      years: new Map([...rollup!.years].filter(([year]) => changed.includes(year))),
    },
    observations,
  };
}

function anyCommit() {
  const observation = fc
    .record({
      observedAt: fc.constantFrom('2023', '2024', '2024-02', '2024-02-29', '2025-01-01T00:00:00.000Z'),
      value: fc.integer({ min: -3, max: 3 }).map(String),
      source: fc.constantFrom('a', 'a#', 'a%'),
      reportedAt: fc.constantFrom('', '2025'),
    })
    .map(({ observedAt, value, ...rest }) => anObservation(observedAt, value, rest));
  return fc.record({
    values: fc.uniqueArray(observation, { minLength: 1, maxLength: 4, selector: keyOf }),
    reports: fc
      .uniqueArray(fc.record({ value: fc.constantFrom('1', '2'), reportedAt: fc.constantFrom('', '2024') }), {
        maxLength: 2,
        selector: ({ value, reportedAt }) => `${value} ${reportedAt}`,
      })
      .map((reports) => reports.map(({ value, reportedAt }) => aReport(value, reportedAt))),
    isStale: fc.boolean(),
  });
}

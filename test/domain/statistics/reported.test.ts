import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import type { Report } from '../../../src/domain/statistics/observation.ts';
import { outcomeOf, withReport, type Reported } from '../../../src/domain/statistics/reported.ts';
import { aReport } from '../../support/observation-mother.ts';

function known(reports: readonly Report[]): Reported | undefined {
  let reported: Reported | undefined;
  for (const report of reports) reported = withReport(reported, report, bigJsArithmetic);
  return reported;
}

const asSets = (reported: Reported | undefined) =>
  reported && { current: reported.current, earlier: new Set(reported.earlier) };

const anyReport = fc
  .record({
    value: fc.constantFrom('-1', '0', '2', '10'),
    reportedAt: fc.constantFrom('', '2024', '2024-01', '2025-01-01'),
  })
  .map(({ value, reportedAt }) => aReport(value, reportedAt));

/** Whether the value of a report may be the current one afterwards. */
const MAY_BE_CURRENT = {
  recorded: [true],
  unchanged: [true],
  corrected: [true],
  superseded: [false],
  conflict: [true, false],
} as const;

describe('a report', () => {
  it.each([
    ['the first one', undefined, aReport('1'), 'recorded'],
    ['the same', aReport('1', '2024'), aReport('1', '2024'), 'unchanged'],
    ['the same later', aReport('1', '2024'), aReport('1', '2025'), 'unchanged'],
    ['the same earlier', aReport('1', '2024'), aReport('1', '2023'), 'unchanged'],
    ['the same without a time', aReport('1', '2024'), aReport('1'), 'unchanged'],
    ['another later', aReport('1', '2024'), aReport('2', '2025'), 'corrected'],
    ['another where the known one has no time', aReport('1'), aReport('2', '2024'), 'corrected'],
    ['another earlier', aReport('1', '2024'), aReport('2', '2023'), 'superseded'],
    ['another at the same time', aReport('1', '2024'), aReport('2', '2024'), 'conflict'],
    ['another without a time', aReport('1', '2024'), aReport('2'), 'conflict'],
    ['another, neither with a time', aReport('1'), aReport('2'), 'conflict'],
  ])('that is %s', (_, current, report, outcome) => {
    expect(outcomeOf(current, report)).toBe(outcome);
  });

  it('that contradicts another one of the same time stands where it is the lower one, until a later one decides', () => {
    const contradictory = [aReport('10', '2024'), aReport('2', '2024')];
    expect(known(contradictory)).toEqual({ current: contradictory[1], earlier: [contradictory[0]] });
    const decided = known([...contradictory, aReport('10', '2025')])!;
    expect(decided).toEqual({ current: aReport('10', '2025'), earlier: [contradictory[1]] });
  });

  it('that says nothing new changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { minLength: 1, maxLength: 6 }), (reports) => {
        const before = known(reports)!;
        for (const report of reports) expect(withReport(before, report, bigJsArithmetic)).toBe(before);
      }),
    );
  });
});

describe('what is known of reports', () => {
  const history = fc
    .array(anyReport, { minLength: 1, maxLength: 8 })
    .chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray(reports.concat(reports), { minLength: reports.length * 2 }),
      ),
    );

  it('is the same whatever their order, and however often they come', () => {
    fc.assert(
      fc.property(history, ([reports, delivered]) => {
        expect(asSets(known(delivered))).toEqual(asSets(known(reports)));
      }),
    );
  });

  it('is of each value the latest report, the last one being the current one', () => {
    fc.assert(
      fc.property(history, ([reports]) => {
        const { current, earlier } = known(reports)!;
        const latest = new Map<string, string>();
        for (const { value, reportedAt = '' } of reports) {
          if (reportedAt >= (latest.get(value) ?? '')) latest.set(value, reportedAt);
        }
        const found = [current, ...earlier].map(({ value, reportedAt = '' }) => [value, reportedAt]);
        expect(new Map(found as [string, string][])).toEqual(latest);
        expect(found).toHaveLength(latest.size);
        for (const { value, reportedAt = '' } of earlier) {
          const [mine, others] = [current.reportedAt ?? '', reportedAt];
          expect(mine > others || (mine === others && Number(current.value) < Number(value))).toBe(true);
        }
      }),
    );
  });

  it('changes as the outcome says, which needs the current report alone', () => {
    fc.assert(
      fc.property(history, anyReport, ([reports], report) => {
        const before = known(reports)!;
        const after = withReport(before, report, bigJsArithmetic);
        const outcome = outcomeOf(before.current, report);
        const isCurrent = after.current.value === report.value;
        expect(MAY_BE_CURRENT[outcome]).toContain(isCurrent);
        expect(outcome === 'unchanged' ? after.earlier : before.earlier).toEqual(before.earlier);
      }),
    );
  });
});

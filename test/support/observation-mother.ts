import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { SeriesChange } from '../../src/application/statistics/ports/observations.ts';
import type { Decimal } from '../../src/domain/shared/decimal.ts';
import type { Observation, Report } from '../../src/domain/statistics/observation.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import { foldOf, yearsOf } from '../../src/domain/statistics/rollup.ts';
import type { Series } from '../../src/domain/statistics/series.ts';

export const PRICE: Series = { metric: 'price', unit: 'USD' };

export function anObservation(
  observedAt: string,
  value: string,
  { metric = PRICE.metric, unit = PRICE.unit, source = 'exchange', reportedAt = '' } = {},
): Observation {
  return { metric, unit, observedAt: observedAt as ObservedAt, source, ...aReport(value, reportedAt) };
}

export function aReport(value: string, reportedAt = ''): Report {
  return {
    value: value as Decimal,
    ...(reportedAt !== '' && { reportedAt: reportedAt as ObservedAt }),
  };
}

/** Observations of one series as the first ones of it, with what they come to. */
export function firstOf(observations: readonly Observation[]): SeriesChange {
  const { metric, unit } = observations[0]!;
  return {
    series: { metric, unit },
    rollup: {
      revisionBefore: 0,
      figures: foldOf(observations, bigJsArithmetic)!,
      years: yearsOf(observations, bigJsArithmetic),
    },
    observations: observations.map((observation) => ({
      observation,
      revisionBefore: 0,
      earlier: { added: [], removed: [] },
    })),
  };
}

/** Units and sources that make poor keys. */
export const ODD_LABELS = [
  'a',
  'a#b',
  'a%23b',
  'a%b',
  '#',
  '%',
  '##',
  '"',
  "it's",
  'a b',
  'a  b',
  'a/b',
  '€ / m²',
  '😀',
  '\u{1F1E9}\u{1F1EA}',
  '~',
  '株',
  'é',
  'e\u0301',
  '1 a',
];

/** Decimals at the limits of what can be kept. */
export const ODD_VALUES = [
  '0',
  '-0.5',
  '9007199254740993',
  '12345678901234567890123456789012345678',
  '-0.00000000000000000000000000000000012345',
  `9${'0'.repeat(125)}`,
  `-0.${'0'.repeat(129)}12345678901234567890123456789012345678`,
];

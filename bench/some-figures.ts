import type { CompanyId } from '../src/domain/shared/company-id.ts';
import type { Decimal } from '../src/domain/shared/decimal.ts';
import type { Observation } from '../src/domain/statistics/observation.ts';
import type { ObservedAt } from '../src/domain/statistics/observed-at.ts';
import type { Series } from '../src/domain/statistics/series.ts';
import { v7 } from 'uuid';

export const PRICE: Series = { metric: 'price', unit: 'USD' };

const DAY_MS = 24 * 60 * 60 * 1000;

export function someCompanyIds(count: number): CompanyId[] {
  return Array.from({ length: count }, () => v7() as CompanyId);
}

/** Prices of as many days, from the first one of a year on. */
export function somePrices(year: number, count: number): Observation[] {
  return Array.from({ length: count }, (_, day) => ({
    ...PRICE,
    observedAt: new Date(Date.UTC(year, 0, 1, 16) + day * DAY_MS).toISOString() as ObservedAt,
    value: valueOf(year * count + day),
    source: 'nasdaq',
  }));
}

/** A decimal with two digits behind the point in its one spelling. */
export function valueOf(number: number): Decimal {
  return `${100 + (number % 900)}.${11 + (number % 80)}`.replace(/0$/, '') as Decimal;
}

import { decimalOf, type Decimal, type DecimalArithmetic } from '../shared/decimal.ts';
import { InvalidInput, type Violation } from '../shared/errors.ts';
import { textOf } from '../shared/text.ts';
import { observedAtOf, type ObservedAt } from './observed-at.ts';
import { checkMetric, unitOf, type Series } from './series.ts';

/** An observation as someone states it: nothing is known of the texts. */
export interface StatedObservation {
  readonly metric: string;
  readonly unit: string;
  readonly observedAt: string;
  readonly value: string;
  readonly source: string;
  readonly reportedAt?: string;
}

/** Which observation of a company it is: one that comes again is the same one. */
export interface ObservationId extends Series {
  readonly observedAt: ObservedAt;
  /** Who says so: several may observe the same at the same time. */
  readonly source: string;
}

/** A value, and when its source reported it. */
export interface Report {
  readonly value: Decimal;
  readonly reportedAt?: ObservedAt;
}

/** A figure of a company at a time, as its source reported it. */
export interface Observation extends ObservationId, Report {}

export const LONGEST_SOURCE = 100;

/** @throws InvalidInput with everything that is wrong with what was stated */
export function observationOf(stated: StatedObservation, arithmetic: DecimalArithmetic): Observation {
  const violations: Violation[] = [];
  checkMetric(stated.metric, ['metric'], violations);
  const unit = unitOf(stated.unit, ['unit'], violations);
  const observedAt = observedAtOf(stated.observedAt, ['observedAt'], violations);
  const value = decimalOf(stated.value, ['value'], arithmetic, violations);
  const source = textOf(stated.source, ['source'], { longest: LONGEST_SOURCE }, violations);
  const reportedAt =
    stated.reportedAt === undefined ? undefined : observedAtOf(stated.reportedAt, ['reportedAt'], violations);
  if (violations.length > 0 || observedAt === undefined || value === undefined) {
    throw new InvalidInput(violations);
  }
  const { metric } = stated;
  return { metric, unit, observedAt, source, value, ...(reportedAt !== undefined && { reportedAt }) };
}

/** One text for an observation of a company, another one for every other. */
export function observationKey({ metric, unit, observedAt, source }: ObservationId): string {
  return `${metric} ${observedAt} ${[...unit].length} ${unit} ${source}`;
}

import { describe, expect, it } from '@jest/globals';
import { bigJsArithmetic } from '../../../src/adapters/system/big-js-arithmetic.ts';
import { foldOf } from '../../../src/domain/statistics/rollup.ts';
import { membershipOf, standingOf } from '../../../src/domain/statistics/standing.ts';
import { tickerOf } from '../../support/company-mother.ts';
import { anObservation } from '../../support/observation-mother.ts';
import { US } from '../../support/standing-mother.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const figures = foldOf([anObservation('2024-03', '9'), anObservation('2024-05', '-5')], bigJsArithmetic)!;
const company = aTrackedCompany(1, { companyName: 'A' });
const latest = { observedAt: '2024-05', value: '-5' };

describe('the standing of a company in a series', () => {
  it('is its latest value, under its name, in its groups', () => {
    expect(standingOf(company, figures, true)).toEqual({ companyName: 'A', latest, groups: [US] });
  });

  it('has no name and no group while no profile is known', () => {
    expect(standingOf(undefined, figures, true)).toEqual({ companyName: null, latest, groups: [] });
  });

  it.each([
    ['of a removed company', { ...company, removed: true }, figures, true],
    ['where nothing is recorded', company, undefined, true],
    ['of a metric that is not ranked', company, figures, false],
  ])('is none %s', (_, tracked, known, isRanked) => {
    expect(standingOf(tracked, known, isRanked)).toBeUndefined();
  });
});

describe('the membership of a company', () => {
  it('is its name, its groups and its identifiers', () => {
    const identifiers = [tickerOf('A')];
    expect(membershipOf({ ...company, facts: { ...company.facts, identifiers } })).toEqual({
      companyName: 'A',
      groups: [US],
      identifiers,
    });
  });

  it('is none of a removed company, and of one of which no profile is known', () => {
    expect(membershipOf({ ...company, removed: true })).toBeUndefined();
    expect(membershipOf(undefined)).toBeUndefined();
  });
});

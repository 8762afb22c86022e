import { describe, expect, it } from '@jest/globals';
import { groupsOf, industryGroup, isSameGroup } from '../../../src/domain/statistics/group.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const industry = { scheme: 'gics', code: '4010', label: 'Banks' };
const company = aTrackedCompany(1);

describe('the groups of a company', () => {
  it('are its country and, where it has one, its industry by scheme and code', () => {
    expect(groupsOf(company)).toEqual([{ dimension: 'country', group: 'US' }]);
    expect(groupsOf({ ...company, facts: { ...company.facts, industry } })).toEqual([
      { dimension: 'country', group: 'US' },
      { dimension: 'industry', group: 'gics:4010' },
    ]);
  });

  it('are none of a removed company, and of one of which no profile is known', () => {
    expect(groupsOf({ ...company, removed: true })).toEqual([]);
    expect(groupsOf(undefined)).toEqual([]);
  });

  it('are the same whatever the industry is called', () => {
    expect(industryGroup(industry)).toBe(industryGroup({ ...industry, ...{ label: 'Banking' } }));
    expect(industryGroup({ scheme: 'nace', code: 'K:64' })).toBe('nace:K:64');
  });

  it('are equal where both dimension and group are', () => {
    const country = { dimension: 'country', group: 'US' } as const;
    expect(isSameGroup(country, { ...country })).toBe(true);
    expect(isSameGroup(country, { ...country, group: 'GB' })).toBe(false);
    expect(isSameGroup(country, { dimension: 'industry', group: 'US' })).toBe(false);
  });
});

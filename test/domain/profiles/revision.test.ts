import { describe, expect, it } from '@jest/globals';
import { remove, rename } from '../../../src/domain/profiles/company.ts';
import { revisionOf } from '../../../src/domain/profiles/revision.ts';
import { aCompany, allFacts, minutesLater } from '../../support/company-mother.ts';

describe('a revision', () => {
  it('tells the state after a write, and what made it differ', () => {
    const before = aCompany(allFacts());
    const after = rename(before, 'Other', minutesLater(1));
    expect(revisionOf(before, after, 'request-1')).toEqual({
      companyId: before.companyId,
      version: 2,
      revisedAt: minutesLater(1),
      requestId: 'request-1',
      changed: ['name'],
      previous: { name: allFacts().name },
      facts: allFacts({ name: 'Other' }),
      removed: false,
    });
  });

  it('of a registration tells every fact as changed', () => {
    const revision = revisionOf(undefined, aCompany(allFacts()));
    expect(revision).toMatchObject({ version: 1, changed: Object.keys(allFacts()), previous: {} });
    expect('requestId' in revision).toBe(false);
  });

  it('of a removal tells that the company is removed', () => {
    const before = aCompany();
    expect(revisionOf(before, remove(before, minutesLater(1)))).toMatchObject({ version: 2, removed: true });
  });
});

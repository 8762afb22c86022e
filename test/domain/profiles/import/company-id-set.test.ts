import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CompanyIdSet } from '../../../../src/domain/profiles/import/company-id-set.ts';
import { companyIdOf } from '../../../../src/domain/shared/company-id.ts';
import { companyIdAt } from '../../../support/company-mother.ts';

describe('a set of company ids', () => {
  it('has what was added, and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 200 }), fc.nat(200), (uuids, count) => {
        const ids = uuids.map(companyIdOf);
        const set = new CompanyIdSet();
        for (const id of ids.slice(0, count)) set.add(id);
        expect(ids.filter((id) => set.has(id))).toEqual(ids.slice(0, count));
      }),
    );
  });

  it('grows, and keeps apart ids that differ little', () => {
    const set = new CompanyIdSet();
    for (let number = 0; number < 5000; number += 2) set.add(companyIdAt(number));
    const wrong = Array.from({ length: 5000 }, (_, number) => number).filter(
      (number) => set.has(companyIdAt(number)) !== (number % 2 === 0),
    );
    expect(wrong).toEqual([]);
  });
});

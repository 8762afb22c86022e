import { describe, expect, it } from '@jest/globals';
import type { AuditedCompany } from '../../../src/domain/audit/audited-company.ts';
import type { Evidence } from '../../../src/domain/audit/drift.ts';
import { standingDrift } from '../../../src/domain/audit/standing-drift.ts';
import { companyIdAt, REGISTERED_AT } from '../../support/company-mother.ts';

const companyId = companyIdAt(1);

/** What both know; 0 stands for what is not there. */
function evidence(profileVersion: number, replicaVersion: number, recorded = profileVersion): Evidence {
  const at = (version: number): AuditedCompany => ({
    companyId,
    epoch: 1,
    version,
    name: `Name ${version}`,
    status: 'active',
    countryCode: 'US',
    identifiers: [],
    removed: false,
    changedAt: REGISTERED_AT,
  });
  return {
    companyId,
    ...(profileVersion > 0 && { profile: at(profileVersion) }),
    ...(replicaVersion > 0 && { replica: at(replicaVersion) }),
    revisions: Array.from({ length: recorded }, (_, index) => index + 1),
    discrepancies: [],
  };
}

describe('what is drift and what is a delay', () => {
  it.each([
    ['a replica that has caught up', evidence(3, 1), evidence(3, 3), []],
    [
      'a replica that still is where it was',
      evidence(3, 1),
      evidence(3, 1),
      ['name-differs', 'replica-behind'],
    ],
    ['a profile that moved on before its replica', evidence(3, 1), evidence(5, 4), []],
    [
      'a replica that has not even reached where the profile was',
      evidence(3, 1),
      evidence(5, 2),
      ['name-differs', 'replica-behind'],
    ],
    ['a replica that is still missing', evidence(1, 0), evidence(2, 0), ['missing-in-statistics']],
    ['a profile registered a moment ago', evidence(0, 0), evidence(1, 0), []],
    ['a replica without a profile', evidence(0, 1), evidence(0, 1), ['unknown-to-profiles']],
    ['a replica whose profile is there at second sight', evidence(0, 1), evidence(1, 1), []],
    ['a revision that has had its time', evidence(2, 2, 1), evidence(2, 2, 1), ['revision-missing']],
    ['a revision of what was just written', evidence(2, 2, 1), evidence(3, 3, 2), []],
    ['a revision beyond the profile', evidence(2, 2, 3), evidence(2, 2, 3), ['revision-beyond']],
    ['a replica ahead', evidence(2, 3), evidence(2, 3), ['name-differs', 'replica-ahead']],
  ])('tells %s', (_title, first, now, kinds) => {
    expect(standingDrift(first, now).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('keeps a figure that is found as it was, and leaves one that has changed since', () => {
    const discrepancy = (mark: string) => ({ kind: 'entry-differs', detail: mark, mark }) as const;
    const first = { ...evidence(2, 2), discrepancies: [discrepancy('a'), discrepancy('b')] };
    const now = { ...evidence(3, 2), discrepancies: [discrepancy('b'), discrepancy('c')] };
    expect(standingDrift(first, now).map(({ detail }) => detail)).toEqual(['b']);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { AuditedCompany } from '../../../src/domain/audit/audited-company.ts';
import { driftOf, type Evidence } from '../../../src/domain/audit/drift.ts';
import { companyIdAt, REGISTERED_AT } from '../../support/company-mother.ts';

const PROFILE: AuditedCompany = {
  companyId: companyIdAt(1),
  epoch: 1,
  version: 3,
  name: 'Acme',
  status: 'active',
  countryCode: 'US',
  identifiers: [],
  removed: false,
  changedAt: REGISTERED_AT,
};

const IN_STEP: Evidence = {
  companyId: PROFILE.companyId,
  profile: PROFILE,
  replica: PROFILE,
  revisions: [1, 2, 3],
  discrepancies: [],
};

describe('the drift of one company', () => {
  it('is nothing where both say the same, whenever they came to know', () => {
    expect(driftOf(IN_STEP)).toEqual([]);
    expect(driftOf({ ...IN_STEP, replica: { ...PROFILE, changedAt: '2026-02-01T00:00:00.000Z' } })).toEqual(
      [],
    );
  });

  it('is nothing where neither knows the company', () => {
    expect(driftOf({ companyId: PROFILE.companyId, revisions: [], discrepancies: [] })).toEqual([]);
  });

  it('tells a person both sides', () => {
    const [drift] = driftOf({ ...IN_STEP, replica: { ...PROFILE, name: 'Emca' } });
    expect(drift).toEqual({
      kind: 'name-differs',
      companyId: PROFILE.companyId,
      detail: 'the name is "Acme", statistics says "Emca"',
    });
  });

  it('says what an absent industry is compared with', () => {
    const replica = { ...PROFILE, industry: { scheme: 'gics', code: '4010', label: 'Banks' } };
    expect(driftOf({ ...IN_STEP, replica })[0]?.detail).toBe(
      'the industry is absent, statistics says {"scheme":"gics","code":"4010","label":"Banks"}',
    );
  });

  it.each([
    [{ epoch: 1, version: 4 }, 'set REGISTRY_EPOCH to 2 '],
    [{ epoch: 5, version: 1 }, 'set REGISTRY_EPOCH to 5 '],
  ])('says of a replica at %j which epoch mends it', (position, advice) => {
    const [drift] = driftOf({ ...IN_STEP, replica: { ...PROFILE, ...position } });
    expect(drift?.kind).toBe('replica-ahead');
    expect(drift?.detail).toContain(advice);
  });

  it('has one finding for each revision that is missing or too many', () => {
    const found = driftOf({ ...IN_STEP, revisions: [2, 4, 5] });
    expect(found.map(({ kind, version }) => [kind, version])).toEqual([
      ['revision-missing', 1],
      ['revision-missing', 3],
      ['revision-beyond', 4],
      ['revision-beyond', 5],
    ]);
  });

  it('has what statistics finds in its own figures, last', () => {
    const discrepancy = { kind: 'rollup-differs', detail: 'price in USD, 2024: …', mark: 'a-mark' } as const;
    const found = driftOf({ ...IN_STEP, revisions: [2, 3], discrepancies: [discrepancy] });
    const { companyId } = PROFILE;
    expect(found).toMatchObject([
      { kind: 'revision-missing' },
      { kind: 'rollup-differs', companyId, detail: 'price in USD, 2024: …' },
    ]);
    expect(found[1]).not.toHaveProperty('mark');
  });

  it('looks for no revisions of a company without a profile', () => {
    const { profile: _, ...unknown } = IN_STEP;
    expect(driftOf(unknown).map(({ kind }) => kind)).toEqual(['unknown-to-profiles']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { change, remove, rename } from '../../../src/domain/profiles/company.ts';
import { eventOf, snapshotOf } from '../../../src/domain/profiles/company-event.ts';
import {
  aCompany,
  allFacts,
  cikOf,
  minutesLater,
  REGISTERED_AT,
  someFacts,
} from '../../support/company-mother.ts';

describe('the event of a change', () => {
  it('given a new company, is its registration', () => {
    const company = aCompany(allFacts());
    expect(eventOf(undefined, company)).toEqual({
      kind: 'registered',
      companyId: company.companyId,
      version: 1,
      occurredAt: REGISTERED_AT,
      changed: Object.keys(allFacts()),
      previous: {},
      facts: allFacts(),
      removed: false,
    });
  });

  it('given another name, is a renaming, whatever else changed', () => {
    const before = aCompany(allFacts());
    const after = change(before, allFacts({ name: 'Other', status: 'dormant' }), minutesLater(1));
    expect(eventOf(before, after)).toEqual({
      kind: 'renamed',
      companyId: before.companyId,
      version: 2,
      occurredAt: minutesLater(1),
      changed: ['name', 'status'],
      previous: { name: allFacts().name, status: 'active' },
      facts: allFacts({ name: 'Other', status: 'dormant' }),
      removed: false,
    });
  });

  it('given other facts under the same name, is an update', () => {
    const before = aCompany(allFacts());
    const after = change(before, allFacts({ tags: [] }), minutesLater(1));
    expect(eventOf(before, after)).toMatchObject({ kind: 'updated', version: 2, changed: ['tags'] });
  });

  it('given a tombstone, is a removal with the last facts', () => {
    const before = aCompany(allFacts());
    expect(eventOf(before, remove(before, minutesLater(1)))).toMatchObject({
      kind: 'removed',
      version: 2,
      occurredAt: minutesLater(1),
      changed: ['identifiers'],
      previous: { identifiers: allFacts().identifiers },
      facts: allFacts({ identifiers: [] }),
      removed: true,
    });
  });

  it('given a tombstone of a company without identifiers, is a removal that changed no fact', () => {
    const before = aCompany();
    expect(eventOf(before, remove(before, minutesLater(1)))).toMatchObject({ kind: 'removed', changed: [] });
  });

  it('given a tombstone of a company never seen, is a removal', () => {
    expect(eventOf(undefined, remove(aCompany(), minutesLater(1)))).toMatchObject({
      kind: 'removed',
      version: 2,
    });
  });

  it('given a write that changed nothing, is none', () => {
    const company = aCompany(allFacts());
    expect(eventOf(company, structuredClone(company))).toBeUndefined();
    const tombstone = remove(company, minutesLater(1));
    expect(eventOf(tombstone, structuredClone(tombstone))).toBeUndefined();
  });

  it('given a deletion, is none', () => {
    expect(eventOf(aCompany(), undefined)).toBeUndefined();
    expect(eventOf(undefined, undefined)).toBeUndefined();
  });

  it('given a change by hand that kept the version, is told', () => {
    const before = aCompany();
    expect(eventOf(before, { ...before, name: 'By hand' })).toMatchObject({ kind: 'renamed', version: 1 });
    expect(eventOf(before, { ...before, status: 'dissolved' })).toMatchObject({
      kind: 'updated',
      version: 1,
    });
    expect(eventOf(before, { ...before, removedAt: minutesLater(1) })).toMatchObject({
      kind: 'removed',
      version: 1,
    });
  });

  it('given a version raised by hand, is told, so that no replica misses it', () => {
    const before = aCompany();
    expect(eventOf(before, { ...before, version: 5 })).toMatchObject({
      kind: 'updated',
      version: 5,
      changed: [],
    });
  });

  it('given a tombstone undone by hand, is told as what it now is', () => {
    const before = remove(aCompany({ identifiers: [cikOf(1)] }), minutesLater(1));
    const { removedAt: _, ...after } = { ...before, version: 3 };
    expect(eventOf(before, after)).toMatchObject({ kind: 'updated', version: 3, removed: false });
  });
});

describe('a snapshot', () => {
  it('tells the state and no change', () => {
    const company = rename(aCompany(), 'Other', minutesLater(1));
    expect(snapshotOf(company)).toEqual({
      kind: 'snapshot',
      companyId: company.companyId,
      version: 2,
      occurredAt: minutesLater(1),
      changed: [],
      previous: {},
      facts: someFacts({ name: 'Other' }),
      removed: false,
    });
  });

  it('of a tombstone tells that the company is removed', () => {
    expect(snapshotOf(remove(aCompany(), minutesLater(1)))).toMatchObject({
      kind: 'snapshot',
      removed: true,
    });
  });
});

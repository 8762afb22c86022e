import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  follow,
  track,
  type ProfileChange,
  type TrackedCompany,
} from '../../../src/domain/statistics/tracked-company.ts';
import { minutesLater } from '../../support/company-mother.ts';
import { aProfileChange, aTrackedCompany } from '../../support/tracked-company-mother.ts';

describe('tracking', () => {
  it('says how far behind the profile it is', () => {
    const change = aProfileChange(1, { requestId: 'request-1' });
    expect(track(change, minutesLater(2))).toEqual({ ...change, syncedAt: minutesLater(2), lagMs: 60_000 });
  });
});

describe('following a change', () => {
  it('given nothing known, follows', () => {
    expect(follow(undefined, aProfileChange(7))).toBe('followed');
    expect(follow(undefined, aProfileChange(7, { removed: true }))).toBe('followed');
  });

  it('given a lower version known, follows, versions missed or not', () => {
    expect(follow(aTrackedCompany(1), aProfileChange(2))).toBe('followed');
    expect(follow(aTrackedCompany(1), aProfileChange(9))).toBe('followed');
    expect(follow(aTrackedCompany(9), aProfileChange(10))).toBe('followed');
  });

  it('given a higher version known, is stale', () => {
    expect(follow(aTrackedCompany(3), aProfileChange(2))).toBe('stale');
    expect(follow(aTrackedCompany(3, { removed: true }), aProfileChange(2))).toBe('stale');
  });

  it('given the same known, is a duplicate, whatever event told it', () => {
    const again = aProfileChange(3, { requestId: 'another', changedAt: minutesLater(99) });
    expect(follow(aTrackedCompany(3), again)).toBe('duplicate');
  });

  it.each([
    ['name', aProfileChange(3, { companyName: 'Other' })],
    ['end', aProfileChange(3, { removed: true })],
    ['industry', aProfileChange(3, { facts: { ...aProfileChange(3).facts, industry: gics('1') } })],
  ])('given the same version known with another %s, is a fork', (_, change) => {
    expect(follow(aTrackedCompany(3), change)).toBe('fork');
  });

  it('given a tombstone known, is a fork where the company lives on', () => {
    expect(follow(aTrackedCompany(3, { removed: true }), aProfileChange(4))).toBe('fork');
  });

  it('given a lower epoch known, follows, even over a tombstone and a higher version', () => {
    expect(follow(aTrackedCompany(9), aProfileChange(2, { epoch: 2 }))).toBe('followed');
    expect(follow(aTrackedCompany(9, { removed: true }), aProfileChange(2, { epoch: 2 }))).toBe('followed');
  });

  it('given a higher epoch known, is stale whatever its version', () => {
    expect(follow(aTrackedCompany(2, { epoch: 2 }), aProfileChange(9))).toBe('stale');
  });

  it('in any order, with duplicates, ends at the same state', () => {
    const histories = fc
      .array(
        fc.record({
          epoch: fc.integer({ min: 1, max: 3 }),
          versions: fc.integer({ min: 1, max: 5 }),
          ends: fc.boolean(),
        }),
      )
      .map(changesOf);
    const deliveries = histories.chain((changes) =>
      fc.tuple(
        fc.constant(changes),
        fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(deliveries, ([changes, delivered]) => {
        expect(stateAfter(delivered)).toEqual(stateAfter(changes));
      }),
    );
  });
});

function gics(code: string): { scheme: string; code: string; label: string } {
  return { scheme: 'gics', code, label: code };
}

/** The changes of a company whose epochs may each end by its removal: one content for each position. */
function changesOf(epochs: readonly { epoch: number; versions: number; ends: boolean }[]): ProfileChange[] {
  const distinct = [...new Map(epochs.map((entry) => [entry.epoch, entry])).values()];
  return distinct
    .sort((left, right) => left.epoch - right.epoch)
    .flatMap(({ epoch, versions, ends }) =>
      Array.from({ length: versions }, (_, index) =>
        aProfileChange(index + 1, { epoch, removed: ends && index + 1 === versions }),
      ),
    );
}

function stateAfter(changes: readonly ProfileChange[]): TrackedCompany | undefined {
  return changes.reduce<TrackedCompany | undefined>(
    (known, change) => (follow(known, change) === 'followed' ? track(change, minutesLater(100)) : known),
    undefined,
  );
}

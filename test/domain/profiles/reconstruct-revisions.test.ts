import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { change, factsOf, remove, type Company } from '../../../src/domain/profiles/company.ts';
import { reconstructRevisions } from '../../../src/domain/profiles/reconstruct-revisions.ts';
import { revisionOf, type Revision } from '../../../src/domain/profiles/revision.ts';
import { aCompany, allFacts, minutesLater, someFacts } from '../../support/company-mother.ts';

describe('reconstructing lost revisions', () => {
  it('takes the newest from the profile itself', () => {
    const { company, revisions } = historyOf(['A', 'B', 'C']);
    const [found] = reconstructRevisions(company, { first: 3, last: 3, older: revisions[1]! });
    expect(found).toEqual({ ...revisions[2], reconstructed: true });
  });

  it('keeps that the newest is a removal', () => {
    const { company, revisions } = historyOf(['A', 'B']);
    const tombstone = remove(company, minutesLater(9));
    const [found] = reconstructRevisions(tombstone, { first: 3, last: 3, older: revisions[1]! });
    expect(found).toEqual({ ...revisionOf(company, tombstone), reconstructed: true });
  });

  it('puts back what the next revision changed, and takes away what had been absent', () => {
    const first = aCompany();
    const second = change(first, allFacts(), minutesLater(1));
    const newer = revisionOf(first, second);
    const [found] = reconstructRevisions(second, { first: 1, last: 1, newer });
    expect(found).toEqual({ ...revisionOf(undefined, first), reconstructed: true });
  });

  it('puts back the identifiers that a removal released', () => {
    const first = aCompany({ identifiers: [{ scheme: 'ticker', value: 'ACM' }] });
    const tombstone = remove(first, minutesLater(1));
    const newer = revisionOf(first, tombstone);
    const [found] = reconstructRevisions(tombstone, { first: 1, last: 1, newer });
    expect(found).toMatchObject({ facts: factsOf(first), removed: false });
  });

  it('takes the older ones of neighbours for copies of the revision before them', () => {
    const { company, revisions } = historyOf(['A', 'B', 'C', 'D']);
    const found = reconstructRevisions(company, {
      first: 2,
      last: 3,
      older: revisions[0]!,
      newer: revisions[3]!,
    });
    expect(
      found.map(({ version, facts, changed, previous }) => [version, facts.name, changed, previous]),
    ).toEqual([
      [2, 'A', [], {}],
      [3, 'C', ['name'], { name: 'A' }],
    ]);
  });

  it('makes a history without gaps, each revision what its successor says was before', () => {
    fc.assert(
      fc.property(histories, ({ company, revisions, lost }) => {
        const kept = new Map(
          revisions.filter(({ version }) => !lost.has(version)).map((r) => [r.version, r]),
        );
        const mended = new Map(kept);
        for (const { first, last } of runsOf([...lost])) {
          const [older, newer] = [kept.get(first - 1), kept.get(last + 1)];
          const found = reconstructRevisions(company, {
            first,
            last,
            ...(older && { older }),
            ...(newer && { newer }),
          });
          for (const revision of found) mended.set(revision.version, revision);
        }
        expect([...mended.keys()].sort((a, b) => a - b)).toEqual(revisions.map(({ version }) => version));
        for (const { version, facts, changed, previous } of mended.values()) {
          const before = version === 1 ? undefined : mended.get(version - 1)!.facts;
          for (const fact of changed) expect(previous[fact]).toEqual(before?.[fact]);
          const unchanged = Object.keys(facts).filter((fact) => !changed.some((name) => name === fact));
          for (const fact of unchanged as (keyof typeof facts)[]) expect(facts[fact]).toEqual(before?.[fact]);
        }
        // A revision whose neighbours are both there is found again exactly, but for its time.
        for (const revision of revisions) {
          if (lost.has(revision.version + 1) || lost.has(revision.version - 1)) continue;
          const { facts, changed, previous, removed } = revision;
          expect(mended.get(revision.version)).toMatchObject({ facts, changed, previous, removed });
        }
      }),
    );
  });
});

interface History {
  readonly company: Company;
  readonly revisions: readonly Revision[];
}

function historyOf(names: readonly string[]): History {
  return historyOfFacts(names.map((name) => someFacts({ name })));
}

function historyOfFacts([facts, ...later]: readonly ReturnType<typeof someFacts>[]): History {
  let company = aCompany(facts);
  const revisions = [revisionOf(undefined, company)];
  for (const next of later) {
    const changed = change(company, next, minutesLater(revisions.length));
    if (changed === company) continue;
    revisions.push(revisionOf(company, changed));
    company = changed;
  }
  return { company, revisions };
}

const someOrAllFacts = fc
  .record({ all: fc.boolean(), name: fc.constantFrom('A', 'B', 'C'), tags: fc.subarray(['x', 'y']) })
  .map(({ all, name, tags }) => (all ? allFacts({ name, tags }) : someFacts({ name, tags })));

const histories = fc
  .tuple(fc.array(someOrAllFacts, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.boolean()))
  .map(([facts, chances]) => {
    const history = historyOfFacts(facts);
    const lost = new Set<number>();
    for (const { version } of history.revisions) if (chances.next().value === true) lost.add(version);
    return { ...history, lost };
  });

function runsOf(versions: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const version of versions) {
    const run = runs.at(-1);
    if (run?.last === version - 1) run.last = version;
    else runs.push({ first: version, last: version });
  }
  return runs;
}

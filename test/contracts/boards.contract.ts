import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { Boards } from '../../src/application/statistics/ports/boards.ts';
import type { Rankings } from '../../src/application/statistics/ports/rankings.ts';
import { exchanged, NOTHING, type Aggregate } from '../../src/domain/statistics/aggregate.ts';
import { DIMENSIONS, isSameGroup, type Group } from '../../src/domain/statistics/group.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import type { Membership, Standing } from '../../src/domain/statistics/standing.ts';
import { ZERO, type Decimal } from '../../src/domain/shared/decimal.ts';
import type { BoardsFixture } from '../support/boards-fixture.ts';
import { companyIdAt } from '../support/company-mother.ts';
import {
  aMembership,
  aStanding,
  BANKS,
  belong,
  changesOf,
  everyItem,
  GB,
  membershipChange,
  NONE,
  PRICE,
  seriesAt,
  stand,
  standingChange,
  US,
} from '../support/standing-mother.ts';
import { shortOrLong } from '../support/test-length.ts';

const ODD_GROUPS: readonly Group[] = [
  { dimension: 'industry', group: 'gics:#%23%' },
  { dimension: 'industry', group: 'a:b:🏭 c' },
];
const REVENUES = { metric: 'revenues-3m', unit: 'Mio. €#%' };

/** What every Boards promises. */
export function boardsContract(
  name: string,
  makeFixture: () => BoardsFixture | Promise<BoardsFixture>,
): void {
  describe(`boards ${name}`, () => {
    let fixture: BoardsFixture;
    let boards: Boards;
    let rankings: Rankings;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ boards, rankings } = fixture);
    });

    async function ranked(group?: Group, series = PRICE): Promise<[string, string][]> {
      fixture.settle();
      const items = await everyItem((page) =>
        rankings.ranking({ series, order: 'asc', ...(group && { group }) }, page),
      );
      return items.map(({ companyId, latest }) => [companyId, latest.value]);
    }

    async function aggregate({ dimension, group }: Group, series = PRICE): Promise<Aggregate | undefined> {
      fixture.settle();
      const items = await everyItem((page) => rankings.aggregates(dimension, series, page));
      return items.find((item) => item.group === group)?.figures;
    }

    it('show nothing of what was never projected', async () => {
      expect(await boards.standings([seriesAt(1), seriesAt(2)])).toEqual([
        { ...seriesAt(1), revision: 0 },
        { ...seriesAt(2), revision: 0 },
      ]);
      expect(await boards.memberships([companyIdAt(1)])).toEqual([
        { companyId: companyIdAt(1), revision: 0 },
      ]);
      expect(await boards.commit(NONE)).toEqual(NONE);
    });

    it.each([
      ['a name', aStanding('12.5')],
      ['no name, and no group', aStanding('0', { companyName: null, groups: [] })],
      [
        'an odd name and odd groups',
        aStanding('-1', { companyName: 'Société #%🏭', groups: [...ODD_GROUPS] }),
      ],
      [
        'an instant',
        aStanding('1', {
          latest: { observedAt: '2024-03-31T16:00:00.000Z' as ObservedAt, value: '1' as Decimal },
        }),
      ],
    ])('keep a standing with %s as it is', async (_, standing) => {
      await stand(boards, seriesAt(1), standing);
      await stand(boards, seriesAt(1, REVENUES), standing);
      expect(await boards.standings([seriesAt(2), seriesAt(1, REVENUES), seriesAt(1)])).toEqual([
        { ...seriesAt(2), revision: 0 },
        { ...seriesAt(1, REVENUES), revision: 1, standing },
        { ...seriesAt(1), revision: 1, standing },
      ]);
    });

    it('keep a membership as it is', async () => {
      const membership = aMembership({
        groups: [GB, ...ODD_GROUPS],
        identifiers: [
          { scheme: 'ticker', value: 'A#%🏭' },
          { scheme: 'cik', value: '1' },
        ],
      });
      await belong(boards, companyIdAt(2), membership);
      expect(await boards.memberships([companyIdAt(1), companyIdAt(2)])).toEqual([
        { companyId: companyIdAt(1), revision: 0 },
        { companyId: companyIdAt(2), revision: 1, membership },
      ]);
    });

    it('move a company from a group to another one with all that it counts', async () => {
      await stand(boards, seriesAt(1), aStanding('5'));
      await stand(boards, seriesAt(2), aStanding('7'));
      await belong(boards, companyIdAt(1), aMembership());
      await belong(boards, companyIdAt(2), aMembership());
      await stand(boards, seriesAt(1), aStanding('6', { groups: [GB, BANKS] }));
      await belong(boards, companyIdAt(1), aMembership({ groups: [GB, BANKS] }));

      expect(await ranked(US)).toEqual([[companyIdAt(2), '7']]);
      expect(await ranked(GB)).toEqual([[companyIdAt(1), '6']]);
      expect(await ranked(BANKS)).toEqual([
        [companyIdAt(1), '6'],
        [companyIdAt(2), '7'],
      ]);
      expect(await aggregate(US)).toEqual({ count: 1, sum: '7' });
      expect(await aggregate(GB)).toEqual({ count: 1, sum: '6' });
      expect(await aggregate(BANKS)).toEqual({ count: 2, sum: '13' });
    });

    it('take a company away, and are not brought back to it by what is old', async () => {
      const first = await standingChange(boards, seriesAt(1), aStanding('5'));
      const member = await membershipChange(boards, companyIdAt(1), aMembership());
      await boards.commit(changesOf(first, member));
      const second = await standingChange(boards, seriesAt(1), aStanding('9'));
      const moved = await membershipChange(boards, companyIdAt(1), aMembership({ groups: [GB] }));
      await stand(boards, seriesAt(1));
      await belong(boards, companyIdAt(1));

      for (const old of [changesOf(first, member), changesOf(second, moved)]) {
        expect(await boards.commit(old)).toEqual(old);
      }

      expect(await boards.standings([seriesAt(1)])).toEqual([{ ...seriesAt(1), revision: 2 }]);
      expect(await boards.memberships([companyIdAt(1)])).toEqual([
        { companyId: companyIdAt(1), revision: 2 },
      ]);
      for (const group of [undefined, US, GB, BANKS]) expect(await ranked(group)).toEqual([]);
      expect(await everyItem((page) => rankings.aggregates('country', PRICE, page))).toEqual([]);

      await stand(boards, seriesAt(1), aStanding('3'));
      await belong(boards, companyIdAt(1), aMembership());
      expect(await ranked(US)).toEqual([[companyIdAt(1), '3']]);
      expect(await aggregate(US)).toEqual({ count: 1, sum: '3' });
    });

    it('answer with the changes that are stale, and make the others', async () => {
      const [a, b, c] = await Promise.all(
        [1, 2, 3].map((number) => standingChange(boards, seriesAt(number), aStanding(String(number)))),
      );
      const [d, e] = await Promise.all(
        [1, 2].map((number) => membershipChange(boards, companyIdAt(number), aMembership())),
      );
      await stand(boards, seriesAt(2), aStanding('20', { groups: [GB] }));
      await belong(boards, companyIdAt(1), aMembership({ groups: [GB] }));

      const { standings, memberships } = await boards.commit(changesOf(a!, b!, c!, d!, e!));

      expect(standings).toHaveLength(1);
      expect(standings[0]).toBe(b);
      expect(memberships).toHaveLength(1);
      expect(memberships[0]).toBe(d);
      expect(await ranked()).toEqual([
        [companyIdAt(1), '1'],
        [companyIdAt(3), '3'],
        [companyIdAt(2), '20'],
      ]);
      fixture.settle();
      expect(await everyItem((page) => rankings.aggregates('country', PRICE, page))).toEqual([
        { group: 'GB', companies: 1, figures: { count: 1, sum: '20' } },
        { group: 'US', companies: 1, figures: { count: 2, sum: '4' } },
      ]);
    });

    it('take many changes at once, of series and of companies', async () => {
      const numbers = Array.from({ length: 70 }, (_, index) => index + 1);
      const groupOf = (number: number): Group => ({ dimension: 'country', group: number % 7 ? 'US' : 'GB' });
      const changes = changesOf(
        ...numbers.flatMap((number) => {
          const groups = [groupOf(number), BANKS];
          const identifiers = [{ scheme: 'ticker', value: `T${number}` }];
          return [
            { before: { ...seriesAt(number), revision: 0 }, after: aStanding(String(number), { groups }) },
            {
              before: { companyId: companyIdAt(number), revision: 0 },
              after: aMembership({ groups, identifiers }),
            },
          ];
        }),
      );

      expect(await boards.commit(changes)).toEqual(NONE);

      expect(await ranked(BANKS)).toHaveLength(70);
      fixture.settle();
      expect(await everyItem((page) => rankings.aggregates('country', PRICE, page))).toEqual([
        { group: 'GB', companies: 10, figures: { count: 10, sum: '385' } },
        { group: 'US', companies: 60, figures: { count: 60, sum: '2100' } },
      ]);
    });

    it('have done what comes again, once', async () => {
      const changes = changesOf(
        await standingChange(boards, seriesAt(1), aStanding('5')),
        await membershipChange(boards, companyIdAt(1), aMembership()),
      );
      expect(await boards.commit(changes)).toEqual(NONE);
      expect(await boards.commit(changes)).toEqual(NONE);

      expect(await aggregate(US)).toEqual({ count: 1, sum: '5' });
      expect(await boards.standings([seriesAt(1)])).toMatchObject([{ revision: 1 }]);
    });

    it('answer with what is stale although it has come to be so again', async () => {
      const old = changesOf(
        await standingChange(boards, seriesAt(1), aStanding('5')),
        await membershipChange(boards, companyIdAt(1), aMembership()),
      );
      for (const groups of [[US], [GB], [US, BANKS]]) {
        await stand(boards, seriesAt(1), aStanding('5', { groups }));
        await belong(boards, companyIdAt(1), aMembership({ groups }));
      }
      expect(await boards.commit(old)).toEqual(old);
    });

    it('add and take away decimals of any size exactly', async () => {
      const values = ['1e125', '-1e-130', '99999999999999999999999999999999999999', '0.1', '-7.25'];
      await belong(boards, companyIdAt(9), aMembership());
      for (const [index, value] of values.entries()) await stand(boards, seriesAt(index), aStanding(value));

      const sum = values.map((value) => bigJsArithmetic.canonical(value)).reduce(bigJsArithmetic.plus);
      expect(await aggregate(US)).toEqual({ count: 5, sum });

      for (const index of [0, 1, 2, 3]) await stand(boards, seriesAt(index));
      expect(await aggregate(US)).toEqual({ count: 1, sum: '-7.25' });
    });

    it('lose and double nothing where many project the same groups at once', async () => {
      await Promise.all(
        Array.from({ length: 6 }, async (_, projector) => {
          for (let round = 1; round <= 3; round++) {
            await stand(boards, seriesAt(projector), aStanding(String(round * (projector + 1))));
            await belong(boards, companyIdAt(projector), aMembership({ companyName: `Name ${round}` }));
          }
        }),
      );

      fixture.settle();
      expect(await everyItem((page) => rankings.aggregates('country', PRICE, page))).toEqual([
        { group: 'US', companies: 6, figures: { count: 6, sum: String(3 * 21) } },
      ]);
    });

    it('let one of many rivals for a series win', async () => {
      const rivals = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          standingChange(boards, seriesAt(1), aStanding(String(index + 1))),
        ),
      );

      const answers = await Promise.all(rivals.map((rival) => boards.commit(changesOf(rival))));

      const won = rivals.filter((_, index) => answers[index]!.standings.length === 0);
      expect(won).toHaveLength(1);
      const { after } = won[0]!;
      expect(await ranked(US)).toEqual([[companyIdAt(1), after!.latest.value]]);
      expect(await aggregate(US)).toBeUndefined();
      await belong(boards, companyIdAt(1), aMembership());
      expect(await aggregate(US)).toEqual({ count: 1, sum: after!.latest.value });
    });

    it('always come to what is stored of companies and series', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(anyStep(), { maxLength: 4 }), { maxLength: 6 }),
          async (commits) => {
            fixture = await makeFixture();
            ({ boards, rankings } = fixture);
            const model = new Model();
            for (const steps of commits) {
              const distinct = [
                ...new Map(steps.map((step) => [`${step.kind} ${step.company}`, step])).values(),
              ];
              const changes = await Promise.all(
                distinct.map((step) =>
                  step.kind === 'standing'
                    ? standingChange(boards, seriesAt(step.company), step.standing)
                    : membershipChange(boards, companyIdAt(step.company), step.membership),
                ),
              );
              expect(await boards.commit(changesOf(...changes))).toEqual(NONE);
              for (const step of distinct) model.take(step);
            }
            for (const group of [undefined, ...GROUPS]) {
              const expected = model
                .entries(group)
                .map(([id, { latest }]) => [companyIdAt(id), latest.value]);
              expect((await ranked(group)).toSorted()).toEqual(expected.toSorted());
            }
            for (const dimension of DIMENSIONS) {
              const items = await everyItem((page) => rankings.aggregates(dimension, PRICE, page));
              const expected = GROUPS.filter((group) => group.dimension === dimension)
                .map((group) => ({
                  group: group.group,
                  companies: model.companies(group),
                  figures: model.figures(group),
                }))
                .filter(({ companies }) => companies > 0);
              expect(new Set(items)).toEqual(new Set(expected));
            }
          },
        ),
        { numRuns: shortOrLong(4, 100) },
      );
    });
  });
}

const GROUPS: readonly Group[] = [US, GB, BANKS, ...ODD_GROUPS];

type Step =
  | { readonly kind: 'standing'; readonly company: number; readonly standing: Standing | undefined }
  | { readonly kind: 'membership'; readonly company: number; readonly membership: Membership | undefined };

function anyStep(): fc.Arbitrary<Step> {
  const company = fc.integer({ min: 0, max: 4 });
  const groups = fc.tuple(fc.constantFrom(US, GB), fc.option(fc.constantFrom(BANKS, ...ODD_GROUPS)));
  const facts = fc.record({
    companyName: fc.constantFrom('A', 'B'),
    groups: groups.map(([country, industry]) => (industry ? [country, industry] : [country])),
  });
  const value = fc.constantFrom('0', '1', '-1', '0.1', '1e125', '-3e-130', '12345678901234567890.5');
  return fc.oneof(
    fc.record({
      kind: fc.constant('standing' as const),
      company,
      standing: fc.option(
        fc.tuple(facts, value).map(([overrides, text]) => aStanding(text, overrides)),
        { nil: undefined },
      ),
    }),
    fc.record({
      kind: fc.constant('membership' as const),
      company,
      membership: fc.option(facts.map(aMembership), { nil: undefined }),
    }),
  );
}

/** The plainest boards: whatever is asked is counted from what is stored. */
class Model {
  readonly #standings = new Map<number, Standing | undefined>();
  readonly #memberships = new Map<number, Membership | undefined>();

  take(step: Step): void {
    if (step.kind === 'standing') this.#standings.set(step.company, step.standing);
    else this.#memberships.set(step.company, step.membership);
  }

  entries(group: Group | undefined): [number, Standing][] {
    return [...this.#standings].flatMap(([company, standing]): [number, Standing][] =>
      standing && (group === undefined || standing.groups.some((one) => isSameGroup(one, group)))
        ? [[company, standing]]
        : [],
    );
  }

  figures(group: Group): Aggregate {
    return this.entries(group).reduce(
      (aggregate, [, { latest }]) => exchanged(aggregate, undefined, latest.value, bigJsArithmetic),
      { ...NOTHING, sum: ZERO },
    );
  }

  companies(group: Group): number {
    return [...this.#memberships.values()].filter((one) =>
      one?.groups.some((each) => isSameGroup(each, group)),
    ).length;
  }
}

import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { Boards } from '../../src/application/statistics/ports/boards.ts';
import {
  ORDERS,
  type RankedCompany,
  type Rankings,
} from '../../src/application/statistics/ports/rankings.ts';
import type { Dimension, Group } from '../../src/domain/statistics/group.ts';
import type { BoardsFixture } from '../support/boards-fixture.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { anyDecimal } from '../support/any-decimal.ts';
import {
  aMembership,
  aStanding,
  BANKS,
  belong,
  changesOf,
  everyItem,
  GB,
  PRICE,
  seriesAt,
  stand,
  standingChange,
  US,
} from '../support/standing-mother.ts';

/** What every Rankings promises. */
export function rankingsContract(
  name: string,
  makeFixture: () => BoardsFixture | Promise<BoardsFixture>,
): void {
  describe(`rankings ${name}`, () => {
    let fixture: BoardsFixture;
    let boards: Boards;
    let rankings: Rankings;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ boards, rankings } = fixture);
    });

    /** Companies from 1 on, with these values. */
    async function standAll(values: readonly string[], groups: readonly Group[] = [US]): Promise<void> {
      const changes = await Promise.all(
        values.map((value, index) =>
          standingChange(boards, seriesAt(index + 1), aStanding(value, { groups })),
        ),
      );
      await boards.commit(changesOf(...changes));
      fixture.settle();
    }

    function ranking(order: 'asc' | 'desc' = 'desc', limit = 3, group?: Group): Promise<RankedCompany[]> {
      return everyItem(
        (page) => rankings.ranking({ series: PRICE, order, ...(group && { group }) }, page),
        limit,
      );
    }

    const placesOf = (items: readonly RankedCompany[]): [number, string, string][] =>
      items.map(({ rank, companyId, latest }) => [rank, companyId, latest.value]);

    it('are empty where nothing is ranked', async () => {
      for (const group of [undefined, US, BANKS]) expect(await ranking('desc', 3, group)).toEqual([]);
      for (const series of [undefined, PRICE]) {
        expect(await rankings.aggregates('country', series, { limit: 10 })).toEqual({ items: [] });
      }
    });

    it('show what is known of each company', async () => {
      const odd = aStanding('2.50', { companyName: 'Société #%🏭' });
      const nameless = aStanding('-3', { companyName: null, groups: [] });
      await stand(boards, seriesAt(1), odd);
      await stand(boards, seriesAt(2), nameless);
      fixture.settle();
      expect(await ranking()).toEqual([
        { rank: 1, companyId: companyIdAt(1), companyName: 'Société #%🏭', latest: odd.latest },
        { rank: 2, companyId: companyIdAt(2), companyName: null, latest: nameless.latest },
      ]);
      expect(await ranking('desc', 3, US)).toMatchObject([{ rank: 1, companyId: companyIdAt(1) }]);
      await stand(boards, seriesAt(1), { ...odd, companyName: 'Renamed' });
      fixture.settle();
      for (const group of [undefined, US, BANKS]) {
        expect(await ranking('desc', 3, group)).toMatchObject([
          { companyName: 'Renamed' },
          ...(group ? [] : [{ companyName: null }]),
        ]);
      }
    });

    it.each([1, 2, 3, 5, 100])('go by value, then by company, in both orders, %i a page', async (limit) => {
      await standAll(['10', '9', '-10', '0', '9', '-9.5', '0.001', '9']);
      const ascending = ([3, 6, 4, 7, 2, 5, 8, 1] as const).map((number) => companyIdAt(number));
      const ids = async (order: 'asc' | 'desc'): Promise<string[]> => {
        const items = await ranking(order, limit, US);
        expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
        return items.map(({ companyId }) => companyId);
      };
      expect(await ids('asc')).toEqual(ascending);
      expect(await ids('desc')).toEqual(ascending.toReversed());
    });

    it('order all values that there may be as arithmetic does', async () => {
      const values = fc.sample(anyDecimal(), { numRuns: 60, seed: 42 });
      await standAll(values);
      const expected = values
        .map((value, index) => ({ value, companyId: companyIdAt(index + 1) }))
        .sort((a, b) => bigJsArithmetic.compare(a.value, b.value) || (a.companyId < b.companyId ? -1 : 1))
        .map(({ value, companyId }) => [companyId, value]);
      const shown = async (order: 'asc' | 'desc'): Promise<string[][]> =>
        placesOf(await ranking(order, 17)).map(([, companyId, value]) => [companyId, value]);
      expect(await shown('asc')).toEqual(expected);
      expect(await shown('desc')).toEqual(expected.toReversed());
    });

    it.each(ORDERS)('page on where companies come, go and change meanwhile: %s', async (order) => {
      await standAll(['1', '2', '3', '4', '5', '6']);
      const first = await rankings.ranking({ series: PRICE, order }, { limit: 2 });
      const [gone] = first.items.slice(-1);
      await stand(boards, { companyId: gone!.companyId, series: PRICE });
      await stand(boards, seriesAt(9), aStanding('3.5'));
      fixture.settle();
      const rest = await everyItem((page) =>
        rankings.ranking({ series: PRICE, order }, { after: first.next!, ...page }),
      );
      const values = rest.map(({ latest }) => latest.value);
      expect(values).toEqual(order === 'asc' ? ['3', '3.5', '4', '5', '6'] : ['4', '3.5', '3', '2', '1']);
      expect(rest.map(({ rank }) => rank)).toEqual([3, 4, 5, 6, 7]);
    });

    it('keep series, units and groups apart', async () => {
      const others = [
        { metric: 'price', unit: 'EUR' },
        { metric: 'price', unit: 'USD#' },
        { metric: 'price', unit: 'USD%23' },
        { metric: 'prices', unit: 'USD' },
      ];
      const groups: Group[] = [
        { dimension: 'industry', group: 'x:a#b' },
        { dimension: 'industry', group: 'x:a%23b' },
        { dimension: 'industry', group: 'x:a' },
      ];
      for (const [index, series] of others.entries()) {
        await stand(boards, seriesAt(1, series), aStanding(String(index)));
      }
      for (const [index, group] of groups.entries()) {
        await stand(boards, seriesAt(index + 1), aStanding(String(index), { groups: [group] }));
      }
      fixture.settle();
      for (const [index, series] of others.entries()) {
        const items = await everyItem((page) => rankings.ranking({ series, order: 'asc' }, page));
        expect(placesOf(items)).toEqual([[1, companyIdAt(1), String(index)]]);
      }
      for (const [index, group] of groups.entries()) {
        expect(placesOf(await ranking('asc', 3, group))).toEqual([
          [1, companyIdAt(index + 1), String(index)],
        ]);
      }
    });

    describe('aggregates', () => {
      const codes = ['AT', 'BE', 'CH', 'DE', 'FR', 'GB', 'US'];

      it.each([1, 2, 3, 7, 100])('ascend with the group, %i a page, and never split one', async (limit) => {
        const numbers = Array.from({ length: 35 }, (_, index) => index);
        const groupsAt = (number: number): Group[] => [
          { dimension: 'country', group: codes[number % codes.length]! },
        ];
        await boards.commit({
          standings: numbers.slice(0, 21).map((number) => ({
            before: { ...seriesAt(number), revision: 0 },
            after: aStanding(`0.${number + 1}`, { groups: groupsAt(number) }),
          })),
          memberships: numbers.map((number) => ({
            before: { companyId: companyIdAt(number), revision: 0 },
            after: aMembership({ groups: groupsAt(number) }),
          })),
        });
        fixture.settle();
        const expected = codes.map((group, index) => {
          const values = [0, 7, 14].map((more) => bigJsArithmetic.canonical(`0.${index + more + 1}`));
          return { group, companies: 5, figures: { count: 3, sum: values.reduce(bigJsArithmetic.plus) } };
        });
        expect(await everyItem((page) => rankings.aggregates('country', PRICE, page), limit)).toEqual(
          expected,
        );
        expect(await everyItem((page) => rankings.aggregates('country', undefined, page), limit)).toEqual(
          expected.map(({ group, companies }) => ({ group, companies })),
        );
        expect(await rankings.aggregates('industry', PRICE, { limit })).toEqual({ items: [] });
      });

      it('leave out the groups that have no company any more, wherever they are in a page', async () => {
        const groupsOf = (code: string): Group[] => [{ dimension: 'country', group: code }];
        for (const [index, code] of codes.entries()) {
          await belong(boards, companyIdAt(index), aMembership({ groups: groupsOf(code) }));
        }
        for (const index of [0, 1, 2, 4, 6]) await belong(boards, companyIdAt(index));
        fixture.settle();
        for (const limit of [1, 2, 100]) {
          const items = await everyItem((page) => rankings.aggregates('country', undefined, page), limit);
          expect(items).toEqual([
            { group: 'DE', companies: 1 },
            { group: 'GB', companies: 1 },
          ]);
        }
      });

      it('count companies of which nothing is recorded', async () => {
        await belong(boards, companyIdAt(1), aMembership({ groups: [GB] }));
        fixture.settle();
        expect(await rankings.aggregates('country', PRICE, { limit: 5 })).toEqual({
          items: [{ group: 'GB', companies: 1, figures: { count: 0, sum: '0' } }],
        });
      });

      it.each<Dimension>(['country', 'industry'])('tell groups of any name apart: %s', async (dimension) => {
        const names = ['x:a', 'x:a#', 'x:a#0', 'x:a%23', 'x:a 🏭', 'x:aé', 'x:a:b', 'x', '#', '%', '🏭'];
        for (const [index, group] of names.entries()) {
          for (const [company, value] of [
            [index * 2 + 1, '1'],
            [index * 2 + 2, String(index)],
          ] as const) {
            await boards.commit({
              standings: [
                {
                  before: { ...seriesAt(company), revision: 0 },
                  after: aStanding(value, { groups: [{ dimension, group }] }),
                },
              ],
              memberships: [
                {
                  before: { companyId: companyIdAt(company), revision: 0 },
                  after: aMembership({ groups: [{ dimension, group }] }),
                },
              ],
            });
          }
        }
        fixture.settle();
        const items = await everyItem((page) => rankings.aggregates(dimension, PRICE, page), 4);
        expect(items).toHaveLength(names.length);
        for (const [index, group] of names.entries()) {
          expect(items).toContainEqual({
            group,
            companies: 2,
            figures: { count: 2, sum: String(index + 1) },
          });
        }
      });
    });
  });
}

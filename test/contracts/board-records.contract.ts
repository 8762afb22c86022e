import { beforeEach, describe, expect, it } from '@jest/globals';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type { BoardRecords } from '../../src/application/statistics/ports/board-records.ts';
import type { Boards } from '../../src/application/statistics/ports/boards.ts';
import type { Group } from '../../src/domain/statistics/group.ts';
import type { Series } from '../../src/domain/statistics/series.ts';
import type { BoardsFixture } from '../support/boards-fixture.ts';
import { companyIdAt } from '../support/company-mother.ts';
import {
  aMembership,
  aStanding,
  BANKS,
  belong,
  GB,
  PRICE,
  seriesAt,
  stand,
  US,
} from '../support/standing-mother.ts';

const ODD: Group = { dimension: 'industry', group: 'gics:#%23% 🏭' };
const REVENUES = { metric: 'revenues-3m', unit: 'Mio. €#%' };
const TICKER = { scheme: 'ticker', value: 'A#B %' };
const ISIN = { scheme: 'isin', value: 'US0378331005' };

/** What every BoardRecords promises. */
export function boardRecordsContract(
  name: string,
  makeFixture: () => BoardsFixture | Promise<BoardsFixture>,
): void {
  describe(`the records of boards ${name}`, () => {
    let boards: Boards;
    let records: BoardRecords;

    beforeEach(async () => {
      ({ boards, records } = await makeFixture());
    });

    /** What the parts of the groups come to together. */
    const counted = async (series: Series | undefined): Promise<object> => {
      const groups: Record<string, { count: number; sum: string }> = {};
      for await (const { dimension, group, aggregate } of records.aggregates(series)) {
        const { count, sum } = groups[`${dimension} ${group}`] ?? { count: 0, sum: '0' };
        groups[`${dimension} ${group}`] = {
          count: count + aggregate.count,
          sum: bigJsArithmetic.plus(sum as typeof aggregate.sum, aggregate.sum),
        };
      }
      return groups;
    };

    it('are none where nothing is shown', async () => {
      expect(await all(records.standings(PRICE))).toEqual([]);
      expect(await all(records.companiesOn(PRICE, US))).toEqual([]);
      expect(await records.entries([{ ...seriesAt(1), group: US }])).toEqual([undefined]);
      expect(await records.lead([{ companyId: companyIdAt(1), identifier: TICKER }])).toEqual([false]);
      expect([await counted(PRICE), await counted(undefined)]).toEqual([{}, {}]);
      expect([await records.entries([]), await records.lead([])]).toEqual([[], []]);
    });

    it('tell what a board shows, by companyId, and nothing of another', async () => {
      const inBritain = aStanding('3', { groups: [GB, ODD] });
      await stand(boards, seriesAt(3), inBritain);
      await stand(boards, seriesAt(1), aStanding('1.5'));
      await stand(boards, seriesAt(2, REVENUES), aStanding('7'));

      expect(await all(records.standings(PRICE))).toEqual([
        { ...seriesAt(1), revision: 1, standing: aStanding('1.5') },
        { ...seriesAt(3), revision: 1, standing: inBritain },
      ]);
      expect(await all(records.companiesOn(PRICE, US))).toEqual([companyIdAt(1)]);
      expect(await all(records.companiesOn(PRICE, ODD))).toEqual([companyIdAt(3)]);
      expect(await all(records.companiesOn(REVENUES, US))).toEqual([companyIdAt(2)]);
    });

    it('tell entries in the order in which they are asked for', async () => {
      await stand(boards, seriesAt(1), aStanding('1.5'));
      await stand(boards, seriesAt(2), aStanding('-2', { companyName: null, groups: [ODD] }));
      const { latest } = aStanding('1.5');
      expect(
        await records.entries([
          { ...seriesAt(2), group: ODD },
          { ...seriesAt(1), group: GB },
          { ...seriesAt(1), group: BANKS },
        ]),
      ).toEqual([
        { companyName: null, latest: { ...latest, value: '-2' } },
        undefined,
        { companyName: 'Acme', latest },
      ]);
    });

    it('tell aggregates that are the sums of what boards show, or of the companies alone', async () => {
      await stand(boards, seriesAt(1), aStanding('1.5'));
      await stand(boards, seriesAt(2), aStanding('2', { groups: [US, ODD] }));
      for (const number of [1, 2, 3]) await belong(boards, companyIdAt(number), aMembership());
      expect(await counted(PRICE)).toEqual({
        'country US': { count: 2, sum: '3.5' },
        'industry gics:4010': { count: 1, sum: '1.5' },
        [`industry ${ODD.group}`]: { count: 1, sum: '2' },
      });
      expect(await counted(undefined)).toEqual({
        'country US': { count: 3, sum: '0' },
        'industry gics:4010': { count: 3, sum: '0' },
      });
    });

    it('count a company in the part that they say', async () => {
      await stand(boards, seriesAt(1), aStanding('1'));
      const parts = (await all(records.aggregates(PRICE))).map(({ part }) => part);
      expect(new Set(parts)).toEqual(new Set([records.partOf(companyIdAt(1))]));
    });

    it('rewrite entries as the standing says, unless it has changed since it was read', async () => {
      await stand(boards, seriesAt(1), aStanding('1'));
      const [before] = await boards.standings([seriesAt(1)]);
      expect(await records.rewriteEntries(before!, [GB])).toBe(true);
      await stand(boards, seriesAt(1), aStanding('2'));
      expect(await records.rewriteEntries(before!, [GB])).toBe(false);
      const [entry] = await records.entries([{ ...seriesAt(1), group: US }]);
      expect(entry?.latest.value).toBe('2');
      expect(await counted(PRICE)).toMatchObject({ 'country US': { count: 1, sum: '2' } });
    });

    it('rewrite which identifiers lead to a company, unless its membership has changed since', async () => {
      const companyId = companyIdAt(1);
      const asked = [ISIN, TICKER].map((identifier) => ({ companyId, identifier }));
      await belong(boards, companyId, aMembership({ identifiers: [TICKER] }));
      const [before] = await boards.memberships([companyId]);
      expect(await records.lead(asked)).toEqual([false, true]);
      expect(await records.rewriteIdentifiers(before!, [ISIN])).toBe(true);
      expect(await records.lead(asked)).toEqual([false, true]);

      await belong(boards, companyId, aMembership({ identifiers: [ISIN] }));
      expect(await records.rewriteIdentifiers(before!, [ISIN])).toBe(false);
      expect(await records.lead(asked)).toEqual([true, false]);
    });

    it('set an aggregate, unless it has changed since it was read', async () => {
      await stand(boards, seriesAt(1), aStanding('1'));
      const [stored] = await all(records.aggregates(PRICE));
      await stand(boards, seriesAt(1), aStanding('2'));
      expect(await records.restoreAggregate(stored!, stored!.aggregate)).toBe(false);
      const [now] = await all(records.aggregates(PRICE));
      expect(now?.aggregate).toEqual({ count: 1, sum: '2' });
      expect(await records.restoreAggregate(now!, now!.aggregate)).toBe(true);
    });
  });
}

async function all<One>(items: AsyncIterable<One>): Promise<One[]> {
  const found: One[] = [];
  for await (const item of items) found.push(item);
  return found;
}

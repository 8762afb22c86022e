import { beforeEach, describe, expect, it } from '@jest/globals';
import { bigJsArithmetic } from '../../src/adapters/system/big-js-arithmetic.ts';
import type {
  PendingObservation,
  PendingObservations,
} from '../../src/application/statistics/ports/pending-observations.ts';
import { observationOf, type StatedObservation } from '../../src/domain/statistics/observation.ts';
import type { Identifier } from '../../src/domain/statistics/tracked-company.ts';
import type { BoardsFixture } from '../support/boards-fixture.ts';
import { cikOf, companyIdAt, minutesLater, tickerOf } from '../support/company-mother.ts';
import { aMembership, belong } from '../support/standing-mother.ts';

const ACME = tickerOf('ACME');
const ODD = { scheme: 'ticker', value: 'A#B%:🏭' };

/** What every PendingObservations promises. */
export function pendingObservationsContract(
  name: string,
  makeFixture: () => BoardsFixture | Promise<BoardsFixture>,
): void {
  describe(`pending observations ${name}`, () => {
    let fixture: BoardsFixture;
    let pending: PendingObservations;

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ pending } = fixture);
    });

    async function waiting(identifier: Identifier = ACME): Promise<PendingObservation[]> {
      const all: PendingObservation[] = [];
      for await (const one of pending.waitingFor(identifier)) all.push(one);
      return all;
    }

    async function identifiers(): Promise<string[]> {
      const all: string[] = [];
      for await (const { scheme, value } of pending.identifiers()) all.push(`${scheme} ${value}`);
      return all.sort();
    }

    it('are awaited by those identifiers that something waits for', async () => {
      await pending.keep([aPending(), aPending({}, { identifier: ODD })]);
      expect(await pending.awaited([])).toEqual([]);
      expect(await pending.awaited([tickerOf('NOBODY')])).toEqual([]);
      expect(await pending.awaited([tickerOf('NOBODY'), ODD])).toEqual([ODD]);
      expect((await pending.awaited([ODD, ACME])).map(({ value }) => value).sort()).toEqual(
        [ODD.value, ACME.value].sort(),
      );
      await pending.remove([aPending()]);
      expect(await pending.awaited([ODD, ACME])).toEqual([ODD]);
    });

    it('are none at first', async () => {
      expect(await waiting()).toEqual([]);
      expect(await identifiers()).toEqual([]);
      await pending.keep([]);
      await pending.remove([aPending()]);
      expect(await identifiers()).toEqual([]);
    });

    it.each([
      ['little', aPending()],
      ['a time of report', aPending({ reportedAt: '2024-05-01T10:00:00Z' })],
      ['odd texts', aPending({ unit: 'Mio. €#%', source: 'a#b%🏭:' }, { identifier: ODD })],
      [
        'the longest texts',
        aPending({
          metric: 'm'.repeat(200),
          unit: '🏭'.repeat(50),
          source: '🏭'.repeat(100),
          observedAt: '2024-03-31T16:00:00.123Z',
          reportedAt: '2024-03-31T16:00:00.123Z',
          value: `-1.${'2'.repeat(37)}e-130`,
        }),
      ],
    ])('are kept as they are, with %s, and removed', async (_, one) => {
      await pending.keep([one]);
      expect(await waiting(one.identifier)).toEqual([one]);
      expect(await identifiers()).toEqual([`${one.identifier.scheme} ${one.identifier.value}`]);
      await pending.remove([one]);
      expect(await waiting(one.identifier)).toEqual([]);
      expect(await identifiers()).toEqual([]);
    });

    it('that are waiting already are kept once, since when they were', async () => {
      await pending.keep([aPending(), aPending({}, { since: minutesLater(3) })]);
      await pending.keep([aPending({}, { since: minutesLater(9) })]);
      expect(await waiting()).toEqual([aPending()]);
    });

    it.each([
      ['metric', { metric: 'prices' }],
      ['unit', { unit: 'EUR' }],
      ['time', { observedAt: '2024-03-01' }],
      ['source', { source: 'other' }],
      ['value', { value: '2' }],
      ['time of report', { reportedAt: '2024' }],
    ])('of another %s stand beside each other', async (_, other) => {
      await pending.keep([aPending(), aPending(other)]);
      expect(await waiting()).toHaveLength(2);
      await pending.remove([aPending()]);
      expect(await waiting()).toEqual([aPending(other)]);
      expect(await identifiers()).toEqual(['ticker ACME']);
    });

    it('wait for one identifier each', async () => {
      const all = [ACME, ODD, cikOf(1), tickerOf('A'), { scheme: 'cik', value: 'ACME' }];
      await pending.keep(all.map((identifier) => aPending({}, { identifier })));
      for (const identifier of all) expect(await waiting(identifier)).toEqual([aPending({}, { identifier })]);
      expect(await identifiers()).toEqual(all.map(({ scheme, value }) => `${scheme} ${value}`).sort());
      expect(await waiting(tickerOf('AC'))).toEqual([]);
    });

    it('may be many, of one identifier and of many', async () => {
      const ofOne = Array.from({ length: 230 }, (_, index) => aPending({ value: String(index) }));
      const ofMany = Array.from({ length: 120 }, (_, index) => aPending({}, { identifier: cikOf(index) }));
      await pending.keep([...ofOne, ...ofMany]);
      expect(await waiting()).toHaveLength(230);
      expect(await identifiers()).toHaveLength(121);
      await pending.remove([...ofMany, ...ofOne.slice(1)]);
      expect(await waiting()).toEqual([aPending({ value: '0' })]);
      expect(await identifiers()).toEqual(['ticker ACME']);
    });

    it('may be removed while they are read', async () => {
      await pending.keep(Array.from({ length: 20 }, (_, index) => aPending({ value: String(index) })));
      let count = 0;
      for await (const one of pending.waitingFor(ACME)) {
        await pending.remove([one]);
        count++;
      }
      expect(count).toBe(20);
      expect(await identifiers()).toEqual([]);
    });

    it('are always found by their identifiers, whoever keeps and removes at once', async () => {
      for (let round = 0; round < 8; round++) {
        const old = aPending({ value: String(round) });
        const fresh = aPending({ value: String(round + 100) });
        await pending.keep([old]);
        await Promise.all([pending.remove([old]), pending.keep([fresh]), pending.remove([old])]);
        expect(await waiting()).toEqual([fresh]);
        expect(await identifiers()).toEqual(['ticker ACME']);
        await Promise.all([pending.remove([fresh]), pending.remove([fresh])]);
        expect(await identifiers()).toEqual([]);
      }
    });

    describe('the bearer of an identifier', () => {
      const bear = (number: number, ...identifiers: Identifier[]): Promise<void> =>
        belong(fixture.boards, companyIdAt(number), aMembership({ identifiers }));

      it('is the company that bears it', async () => {
        expect(await pending.bearerOf(ACME)).toBeUndefined();
        await bear(1, ACME, ODD);
        await bear(2, cikOf(1));
        expect(await pending.bearerOf(ACME)).toBe(companyIdAt(1));
        expect(await pending.bearerOf(ODD)).toBe(companyIdAt(1));
        expect(await pending.bearerOf(cikOf(1))).toBe(companyIdAt(2));
        expect(await pending.bearerOf({ scheme: 'cik', value: 'ACME' })).toBeUndefined();
        expect(await pending.bearerOf(tickerOf('AC'))).toBeUndefined();
      });

      it('is, of several, the one that came to bear it last, whatever changes besides', async () => {
        await bear(2, ACME);
        fixture.clock.advance(1);
        await bear(1, ACME);
        fixture.clock.advance(1);
        await bear(2, ACME, ODD);
        expect(await pending.bearerOf(ACME)).toBe(companyIdAt(1));
        await bear(2);
        fixture.clock.advance(1);
        await bear(2, ACME);
        expect(await pending.bearerOf(ACME)).toBe(companyIdAt(2));
      });

      it('is another one, or none, where one gives it up or is gone', async () => {
        await bear(1, ACME);
        fixture.clock.advance(1);
        await bear(2, ACME);
        await belong(fixture.boards, companyIdAt(2));
        expect(await pending.bearerOf(ACME)).toBe(companyIdAt(1));
        await bear(1, ODD);
        expect(await pending.bearerOf(ACME)).toBeUndefined();
      });

      it('is one and the same where several came at once', async () => {
        await bear(2, ACME);
        await bear(1, ACME);
        expect(await pending.bearerOf(ACME)).toBe(companyIdAt(2));
      });

      it('waits for nothing', async () => {
        await bear(1, ACME);
        expect(await waiting()).toEqual([]);
        await pending.keep([aPending()]);
        await pending.remove([aPending()]);
        expect(await pending.bearerOf(ACME)).toBe(companyIdAt(1));
      });
    });
  });
}

function aPending(
  stated: Partial<StatedObservation> = {},
  overrides: Partial<PendingObservation> = {},
): PendingObservation {
  const all = { metric: 'price', unit: 'USD', observedAt: '2024-03', source: 'file', value: '1', ...stated };
  return {
    identifier: ACME,
    observation: observationOf(all, bigJsArithmetic),
    since: minutesLater(0),
    ...overrides,
  };
}

import { beforeEach, describe, expect, it } from '@jest/globals';
import { change, factsOf, remove, type Company } from '../../src/domain/profiles/company.ts';
import type { Identifier } from '../../src/domain/shared/identifier.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../support/company-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';

const context = { requestId: 'request-1' };

/** What every IdentifierIndex promises, whose companies a CompanyRepository writes. */
export function identifierIndexContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`identifiers ${name}`, () => {
    let fixture: ProfilesFixture;
    let minutes: number;

    beforeEach(async () => {
      fixture = await makeFixture();
      minutes = 0;
    });

    const bearersOf = (...identifiers: Identifier[]): Promise<readonly (readonly CompanyId[])[]> =>
      fixture.identifiers.bearersOf(identifiers);

    async function added(number: number, ...identifiers: Identifier[]): Promise<Company> {
      const company = aCompany(
        { identifiers },
        { companyId: companyIdAt(number), at: minutesLater(minutes++) },
      );
      return fixture.companies.add(company, context);
    }

    async function changed(company: Company, ...identifiers: Identifier[]): Promise<Company> {
      const facts = { ...factsOf(company), identifiers, description: `After ${minutes} minutes` };
      const after = change(company, facts, minutesLater(minutes++));
      await fixture.companies.replace(company, after, context);
      return after;
    }

    it('are asked for in any number, and answered in the order of the question', async () => {
      await added(1, cikOf(1), tickerOf('A'));
      await added(2, cikOf(2), tickerOf('A'));
      const [first, second] = [companyIdAt(1), companyIdAt(2)];
      expect(await bearersOf()).toEqual([]);
      expect(await bearersOf(cikOf(404), tickerOf('404'))).toEqual([[], []]);
      expect(await bearersOf(cikOf(2), tickerOf('A'), cikOf(1), cikOf(3), cikOf(2))).toEqual([
        [second],
        [second, first],
        [first],
        [],
        [second],
      ]);
    });

    it('are asked for by the hundred', async () => {
      await added(1, cikOf(120), tickerOf('T120'));
      const asked = Array.from({ length: 120 }, (_, index) => [
        cikOf(index + 1),
        tickerOf(`T${index + 1}`),
      ]).flat();
      const bearers = await bearersOf(...asked);
      expect(bearers).toHaveLength(240);
      expect(bearers.slice(-2)).toEqual([[companyIdAt(1)], [companyIdAt(1)]]);
      expect(bearers.slice(0, -2).flat()).toEqual([]);
    });

    it('that are shared have the newest claim first', async () => {
      for (const number of [2, 3, 1]) await added(number, tickerOf('A'));
      expect(await bearersOf(tickerOf('A'))).toEqual([[companyIdAt(1), companyIdAt(3), companyIdAt(2)]]);
    });

    it('that are shared have first, of claims of one instant, that of the greater id', async () => {
      const old = await added(5);
      const [before, now] = [minutesLater(10), minutesLater(20)];
      for (const number of [2, 3, 1]) {
        const company = aCompany(
          { identifiers: [tickerOf('A')] },
          { companyId: companyIdAt(number), at: now },
        );
        await fixture.companies.add(company, context);
      }
      const earlier = { companyId: companyIdAt(9), at: before };
      await fixture.companies.add(aCompany({ identifiers: [tickerOf('A')] }, earlier), context);
      const claiming = change(old, { ...factsOf(old), identifiers: [tickerOf('A')] }, now);
      await fixture.companies.replace(old, claiming, context);
      expect(await bearersOf(tickerOf('A'))).toEqual([[5, 3, 2, 1, 9].map(companyIdAt)]);
    });

    it('are claimed once while they are kept, whatever else changes', async () => {
      const first = await added(1, tickerOf('A'));
      await added(2, tickerOf('A'));
      const extended = await changed(first, tickerOf('A'), tickerOf('B'));
      await changed(extended, tickerOf('B'), tickerOf('A'));
      expect(await bearersOf(tickerOf('A'))).toEqual([[companyIdAt(2), companyIdAt(1)]]);
    });

    it('that were dropped and claimed again have a new claim', async () => {
      const first = await added(1, tickerOf('A'));
      await added(2, tickerOf('A'));
      const without = await changed(first);
      expect(await bearersOf(tickerOf('A'))).toEqual([[companyIdAt(2)]]);
      await changed(without, tickerOf('A'));
      expect(await bearersOf(tickerOf('A'))).toEqual([[companyIdAt(1), companyIdAt(2)]]);
    });

    it('are borne by no tombstone', async () => {
      const first = await added(1, tickerOf('A'), cikOf(1));
      await added(2, tickerOf('A'));
      await fixture.companies.replace(first, remove(first, minutesLater(99)), context);
      expect(await bearersOf(tickerOf('A'), cikOf(1))).toEqual([[companyIdAt(2)], []]);
    });

    it.each([
      { scheme: 'vat', value: '#' },
      { scheme: 'vat', value: 'a#b%23c' },
      { scheme: 'vat', value: 'COMPANY#1' },
      { scheme: 'constructor', value: '__proto__' },
      { scheme: 'registration-number', value: 'ÅÄÖ 123' },
      { scheme: 'vat', value: '🏭'.repeat(100) },
    ])('may have any value: %j', async (identifier) => {
      await added(1, identifier);
      expect(await bearersOf(identifier)).toEqual([[companyIdAt(1)]]);
      expect(await bearersOf({ ...identifier, value: `${identifier.value}x` })).toEqual([[]]);
    });

    it('of two schemes are two, however they are put together', async () => {
      await added(1, { scheme: 'a', value: 'b#c' });
      expect(await bearersOf({ scheme: 'a#b', value: 'c' }, { scheme: 'a', value: 'b' })).toEqual([[], []]);
    });
  });
}

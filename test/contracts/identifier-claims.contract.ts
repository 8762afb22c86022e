import { beforeEach, describe, expect, it } from '@jest/globals';
import { rename, type Company } from '../../src/domain/profiles/company.ts';
import type { Identifier } from '../../src/domain/shared/identifier.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../support/company-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';

const context = { requestId: 'request-1' };

/** What every IdentifierClaims promises, whose companies a CompanyRepository writes. */
export function identifierClaimsContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`claims ${name}`, () => {
    let fixture: ProfilesFixture;
    let company: Company;
    let other: Company;

    beforeEach(async () => {
      fixture = await makeFixture();
      [company, other] = [await added(1, cikOf(1), tickerOf('A')), await added(2)];
    });

    async function added(number: number, ...identifiers: Identifier[]): Promise<Company> {
      return fixture.companies.add(aCompany({ identifiers }, { companyId: companyIdAt(number) }), context);
    }

    const claimants = async (identifier: Identifier): Promise<unknown> =>
      (await fixture.identifiers.bearersOf([identifier]))[0];

    it.each([cikOf(1), tickerOf('A')])(
      'are released once, and made again once: $scheme',
      async (identifier) => {
        const { companyId } = company;
        expect(await fixture.claims.claim(identifier, company, minutesLater(1))).toBe(false);
        expect(await fixture.claims.release(identifier, companyId, company)).toBe(true);
        expect(await claimants(identifier)).toEqual([]);
        expect(await fixture.claims.release(identifier, companyId, company)).toBe(false);
        expect(await fixture.claims.claim(identifier, company, minutesLater(1))).toBe(true);
        expect(await claimants(identifier)).toEqual([companyId]);
      },
    );

    it('stay whose they are where there can be only one', async () => {
      expect(await fixture.claims.claim(cikOf(1), other, minutesLater(1))).toBe(false);
      expect(await fixture.claims.release(cikOf(1), other.companyId, other)).toBe(false);
      expect(await claimants(cikOf(1))).toEqual([company.companyId]);
    });

    it('stand beside those of others, as old as they are said to be, where there may be several', async () => {
      const earlier = '2025-12-31T23:59:59.999Z';
      expect(await fixture.claims.claim(tickerOf('A'), other, earlier)).toBe(true);
      expect(await claimants(tickerOf('A'))).toEqual([company.companyId, other.companyId]);
    });

    it('change for no company that has changed since it was read', async () => {
      await fixture.companies.replace(company, rename(company, 'Renamed', minutesLater(1)), context);
      expect(await fixture.claims.release(cikOf(1), company.companyId, company)).toBe(false);
      expect(await fixture.claims.release(cikOf(1), company.companyId, undefined)).toBe(false);
      expect(await fixture.claims.claim(cikOf(2), company, minutesLater(1))).toBe(false);
      const never = aCompany({}, { companyId: companyIdAt(3) });
      expect(await fixture.claims.claim(cikOf(2), never, minutesLater(1))).toBe(false);
      expect([await claimants(cikOf(1)), await claimants(cikOf(2))]).toEqual([[company.companyId], []]);
    });
  });
}

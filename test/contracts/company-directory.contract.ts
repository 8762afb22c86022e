import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CompanyListing, CompanyQuery } from '../../src/application/profiles/ports/company-directory.ts';
import { remove, rename, type Company } from '../../src/domain/profiles/company.ts';
import { STATUSES, type CompanyFacts, type Status } from '../../src/domain/profiles/company-facts.ts';
import { fold } from '../../src/domain/shared/text.ts';
import type { Continuation } from '../../src/domain/shared/page.ts';
import { aCompany, allFacts, companyIdAt, minutesLater } from '../support/company-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';
import { shortOrLong } from '../support/test-length.ts';

const context = { requestId: 'request-1' };

const NAMES = [
  'Société Générale',
  'SOCIETE GENERALE',
  'Societe Anonyme',
  'Sociedad',
  'Straße AG',
  'STRASSE',
  'Strasbourg SA',
  'Ａｃｍｅ',
  'acme',
  'Acme',
  'ACME 2',
  'Ácme 1',
  '株式会社日立製作所',
  '株式会社',
  'Газпром',
  'ГАЗПРОМ НЕФТЬ',
  'شركة الزيت',
  'בנק הפועלים',
  'ธนาคารกรุงเทพ',
  'टाटा',
  'ΟΔΟΣ',
  'Οδοσα',
  '𠮷野家',
  '🏭 Works',
  '#1',
  '1',
  '%',
];

const FOUND_BY_PREFIX: readonly (readonly [prefix: string, names: readonly string[]])[] = [
  ['societe g', ['SOCIETE GENERALE', 'Société Générale']],
  ['SOCIÉTÉ', ['SOCIETE GENERALE', 'Societe Anonyme', 'Société Générale']],
  ['straß', ['STRASSE', 'Straße AG']],
  ['STRASSE', ['STRASSE', 'Straße AG']],
  ['stras', ['STRASSE', 'Strasbourg SA', 'Straße AG']],
  ['ａｃ', ['ACME 2', 'Acme', 'acme', 'Ácme 1', 'Ａｃｍｅ']],
  ['acme ', ['ACME 2', 'Acme', 'acme', 'Ácme 1', 'Ａｃｍｅ']],
  ['οδοσ', ['ΟΔΟΣ', 'Οδοσα']],
  ['οδος', ['ΟΔΟΣ', 'Οδοσα']],
  ['газ', ['ГАЗПРОМ НЕФТЬ', 'Газпром']],
  ['株', ['株式会社', '株式会社日立製作所']],
  ['𠮷', ['𠮷野家']],
  ['🏭', ['🏭 Works']],
  ['#', ['#1']],
  ['%', ['%']],
  ['nobody', []],
];

/** What every CompanyDirectory promises, whose companies a CompanyRepository writes. */
export function companyDirectoryContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`lists of companies ${name}`, () => {
    let fixture: ProfilesFixture;
    let count: number;

    beforeEach(async () => {
      fixture = await makeFixture();
      count = 0;
    });

    async function added(facts: Partial<CompanyFacts>): Promise<Company> {
      return fixture.companies.add(aCompany(facts, { companyId: companyIdAt(++count) }), context);
    }

    async function addedAll(facts: readonly Partial<CompanyFacts>[]): Promise<Company[]> {
      const companies = facts.map((each) => aCompany(each, { companyId: companyIdAt(++count) }));
      await Promise.all(companies.map((company) => fixture.companies.add(company, context)));
      fixture.settle();
      return companies;
    }

    /** Every item, page after page. */
    async function listed(query: CompanyQuery, limit = 100): Promise<CompanyListing[]> {
      const items: CompanyListing[] = [];
      const positions = new Set<Continuation>();
      let after: Continuation | undefined;
      do {
        const page = await fixture.directory.list(query, { limit, ...(after !== undefined && { after }) });
        expect(positions).not.toContain(page.next);
        if (page.next !== undefined) positions.add(page.next);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        items.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      return items;
    }

    const namesOf = async (query: CompanyQuery, limit?: number): Promise<string[]> =>
      (await listed(query, limit)).map((item) => item.name);

    it('are empty where there is nothing', async () => {
      const queries: CompanyQuery[] = [
        { by: 'name', prefix: 'a' },
        { by: 'country', countryCode: 'US' },
        { by: 'industry', scheme: 'sic', code: '1' },
        { by: 'nothing' },
      ];
      for (const query of queries)
        expect(await fixture.directory.list(query, { limit: 5 })).toEqual({ items: [] });
    });

    it('show of a company what a list needs', async () => {
      const full = await added(allFacts());
      const least = await added({ name: 'Zeta' });
      fixture.settle();
      const { companyId, name: fullName, status, countryCode, industry } = full;
      expect(await listed({ by: 'name', prefix: 'soc' })).toEqual([
        { companyId, name: fullName, status, countryCode, industry },
      ]);
      expect(await listed({ by: 'name', prefix: 'zeta' })).toEqual([
        { companyId: least.companyId, name: 'Zeta', status: 'active', countryCode: 'US' },
      ]);
    });

    it('by the beginning of a name find it whatever its case and accents', async () => {
      await addedAll(NAMES.map((each) => ({ name: each })));
      const found: [string, string[]][] = [];
      for (const [prefix] of FOUND_BY_PREFIX)
        found.push([prefix, (await namesOf({ by: 'name', prefix })).sort()]);
      expect(found).toEqual(FOUND_BY_PREFIX.map(([prefix, names]) => [prefix, [...names].sort()]));
    });

    it('find every company by its whole name', async () => {
      const companies = await addedAll(NAMES.map((each) => ({ name: each })));
      for (const { name: prefix, companyId } of companies) {
        expect((await listed({ by: 'name', prefix })).map((item) => item.companyId)).toContain(companyId);
      }
    });

    it('find a name as long as names may be', async () => {
      const [longest] = await addedAll([{ name: '🏭'.repeat(200) }, { name: 'ﷺ'.repeat(200) }]);
      expect(await namesOf({ by: 'name', prefix: longest!.name })).toEqual([longest!.name]);
      expect(await namesOf({ by: 'name', prefix: 'ﷺ'.repeat(200) })).toEqual(['ﷺ'.repeat(200)]);
    });

    it.each<[string, CompanyQuery]>([
      ['name', { by: 'name', prefix: 'c' }],
      ['country', { by: 'country', countryCode: 'FR' }],
      ['industry', { by: 'industry', scheme: 'sic', code: 'x:#1' }],
    ])('by %s are in the order of the folded names', async (_, query) => {
      const industry = { scheme: 'sic', code: 'x:#1', label: 'X' };
      const names = ['Cb', 'ça', 'CC', 'c\ufb01', 'cz', 'C', 'c𠮷', 'c\uac00', 'cＺ', 'Ć 2', 'ĉ-1'];
      await addedAll(names.map((each) => ({ name: each, countryCode: 'FR', industry })));
      await addedAll([{ name: 'D', countryCode: 'GB', industry: { ...industry, code: 'x' } }]);
      const found = await namesOf(query, 3);
      expect(found).toHaveLength(names.length);
      expect(found.map(fold)).toEqual([...names].map(fold).sort(byCodePoints));
    });

    it('by nothing show every company', async () => {
      const companies = await addedAll(
        NAMES.map((each, index) => ({ name: each, countryCode: ['US', 'JP'][index % 2]! })),
      );
      const found = await listed({ by: 'nothing' }, 4);
      expect(found.map(({ companyId }) => companyId).sort()).toEqual(
        companies.map(({ companyId }) => companyId),
      );
    });

    it('show no tombstone', async () => {
      const company = await added({ name: 'Gone', industry: { scheme: 'sic', code: '1', label: 'X' } });
      await fixture.companies.replace(company, remove(company, minutesLater(1)), context);
      fixture.settle();
      expect(await listed({ by: 'name', prefix: 'gone' })).toEqual([]);
      expect(await listed({ by: 'country', countryCode: 'US' })).toEqual([]);
      expect(await listed({ by: 'industry', scheme: 'sic', code: '1' })).toEqual([]);
      expect(await listed({ by: 'nothing' })).toEqual([]);
    });

    it('follow a renamed company, and one that has moved', async () => {
      const company = await added({ name: 'Alpha', industry: { scheme: 'sic', code: '1', label: 'X' } });
      const { industry: _, ...moved } = { ...rename(company, 'Beta', minutesLater(1)), countryCode: 'GB' };
      await fixture.companies.replace(company, moved, context);
      fixture.settle();
      expect(await namesOf({ by: 'name', prefix: 'alpha' })).toEqual([]);
      expect(await namesOf({ by: 'country', countryCode: 'US' })).toEqual([]);
      expect(await namesOf({ by: 'industry', scheme: 'sic', code: '1' })).toEqual([]);
      expect(await namesOf({ by: 'name', prefix: 'beta' })).toEqual(['Beta']);
      expect(await namesOf({ by: 'country', countryCode: 'GB' })).toEqual(['Beta']);
      expect(await namesOf({ by: 'nothing' })).toEqual(['Beta']);
    });

    it('lose and repeat nothing, whatever is asked and however it is paged', async () => {
      const statuses: Status[] = [...STATUSES, 'active', 'active'];
      const facts = Array.from({ length: 60 }, (_, index) => ({
        name: ['Same', 'Same', 'sáme', 'Samé 2', 'Other'][index % 5]!,
        status: statuses[(index * 7) % 5]!,
        countryCode: ['US', 'FR', 'JP'][index % 3]!,
        industry: { scheme: 'sic', code: String(index % 2), label: 'X' },
      }));
      const companies = await addedAll(facts);
      const queries = fc.oneof(
        fc.constantFrom('s', 'SAME', 'same 2', 'o', 'x').map((prefix) => ({ by: 'name' as const, prefix })),
        fc.constantFrom('US', 'FR', 'DE').map((countryCode) => ({ by: 'country' as const, countryCode })),
        fc.constantFrom('0', '1', '2').map((code) => ({ by: 'industry' as const, scheme: 'sic', code })),
        fc.constant({ by: 'nothing' as const }),
      );
      const asked = fc.tuple(
        queries,
        fc.option(fc.constantFrom(...STATUSES)),
        fc.integer({ min: 1, max: 25 }),
      );
      await fc.assert(
        fc.asyncProperty(asked, async ([selection, status, limit]) => {
          const query: CompanyQuery = { ...selection, ...(status && { status }) };
          const expected = companies.filter((company) => isAskedFor(company, query));
          const found = await listed(query, limit);
          expect(found.map(({ companyId }) => companyId).sort()).toEqual(
            expected.map(({ companyId }) => companyId),
          );
        }),
        { numRuns: shortOrLong(6, 200) },
      );
    });

    it('show once what was there all the time, although companies are added and removed between pages', async () => {
      const companies = await addedAll(
        Array.from({ length: 20 }, (_, index) => ({ name: `N ${index % 4}` })),
      );
      const seen: string[] = [];
      let after: Continuation | undefined;
      let removed: Company | undefined = companies[0];
      do {
        const page = await fixture.directory.list(
          { by: 'name', prefix: 'n' },
          { limit: 3, ...(after && { after }) },
        );
        seen.push(...page.items.map(({ companyId }) => companyId));
        expect(page.next === undefined || page.next !== after).toBe(true);
        after = page.next;
        await addedAll([{ name: 'N 0' }, { name: 'N 9' }].slice(0, count < 30 ? 2 : 0));
        if (removed) await fixture.companies.replace(removed, remove(removed, minutesLater(1)), context);
        removed = undefined;
        fixture.settle();
      } while (after !== undefined);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(companies.slice(1).map(({ companyId }) => companyId)));
    });

    it('of all have every company in ascending order, whole, tombstones too', async () => {
      const companies = await addedAll(
        Array.from({ length: 120 }, (_, index) => allFacts({ name: `Company ${index}`, identifiers: [] })),
      );
      const removed = remove(companies[7]!, minutesLater(1));
      await fixture.companies.replace(companies[7]!, removed, context);
      fixture.settle();
      const found: Company[] = [];
      for await (const company of fixture.directory.all()) found.push(company);
      expect(found).toEqual(companies.map((company, index) => (index === 7 ? removed : company)));
    });

    it('of all may be left before their end', async () => {
      await addedAll(NAMES.map((each) => ({ name: each })));
      for await (const company of fixture.directory.all()) {
        expect(company.companyId).toBe(companyIdAt(1));
        break;
      }
    });

    it('of all are empty where there is nothing', async () => {
      expect(await fixture.directory.all()[Symbol.asyncIterator]().next()).toEqual({
        done: true,
        value: undefined,
      });
    });
  });
}

function isAskedFor(company: Company, query: CompanyQuery): boolean {
  if (query.status !== undefined && company.status !== query.status) return false;
  switch (query.by) {
    case 'name':
      return fold(company.name).startsWith(fold(query.prefix));
    case 'country':
      return company.countryCode === query.countryCode;
    case 'industry':
      return company.industry?.scheme === query.scheme && company.industry.code === query.code;
    case 'nothing':
      return true;
  }
}

function byCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

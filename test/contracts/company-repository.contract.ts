import { beforeEach, describe, expect, it } from '@jest/globals';
import type {
  CompanyRepository,
  IdempotentRequest,
} from '../../src/application/profiles/ports/company-repository.ts';
import { change, factsOf, remove, rename, type Company } from '../../src/domain/profiles/company.ts';
import {
  IdempotencyKeyExpired,
  IdempotencyKeyReused,
  IdentifierTaken,
  ProfileVersionConflict,
} from '../../src/domain/profiles/errors.ts';
import type { Identifier } from '../../src/domain/shared/identifier.ts';
import { aCompany, allFacts, cikOf, companyIdAt, minutesLater, tickerOf } from '../support/company-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const context = { requestId: 'request-1' };

/** What every CompanyRepository promises. */
export function companyRepositoryContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`companies ${name}`, () => {
    let fixture: ProfilesFixture;
    let companies: CompanyRepository;

    beforeEach(async () => {
      fixture = await makeFixture();
      companies = fixture.companies;
    });

    const stored = (company: Company): Promise<Company | undefined> =>
      companies.find(company.companyId, 'strong');
    const bearersOf = async (identifier: Identifier): Promise<readonly string[]> =>
      (await fixture.identifiers.bearersOf([identifier]))[0]!;

    describe('rewriting', () => {
      it('leaves all that is read of a company, or of a tombstone, as it is', async () => {
        const [kept, last] = [aCompany(allFacts()), aCompany({}, { companyId: companyIdAt(2) })];
        for (const company of [kept, last]) await companies.add(company, context);
        const removed = remove(last, minutesLater(1));
        await companies.replace(last, removed, context);

        for (const company of [kept, removed]) expect(await companies.rewrite(company)).toBe(true);

        expect(await stored(kept)).toEqual(kept);
        expect(await stored(removed)).toEqual(removed);
        fixture.settle();
        const listed = await fixture.directory.list({ by: 'name', prefix: kept.name }, { limit: 5 });
        expect(listed.items.map(({ companyId }) => companyId)).toEqual([kept.companyId]);
      });

      it('does nothing to a company that has changed since it was read, or that is not there', async () => {
        const before = aCompany();
        await companies.add(before, context);
        const after = rename(before, 'Other', minutesLater(1));
        await companies.replace(before, after, context);

        expect(await companies.rewrite(before)).toBe(false);
        expect(await companies.rewrite(aCompany({}, { companyId: companyIdAt(404) }))).toBe(false);

        expect(await stored(before)).toEqual(after);
        expect(await companies.find(companyIdAt(404), 'strong')).toBeUndefined();
      });
    });

    describe('finding', () => {
      it('answers nothing for a company that was never added', async () => {
        expect(await companies.find(companyIdAt(404), 'strong')).toBeUndefined();
        expect(await companies.find(companyIdAt(404), 'eventual')).toBeUndefined();
      });

      it('answers with all that was added', async () => {
        const company = rename(aCompany(allFacts()), 'Other', minutesLater(1));
        await companies.add(company, context);
        expect(await stored(company)).toEqual(company);
        fixture.settle();
        expect(await companies.find(company.companyId, 'eventual')).toEqual(company);
      });

      it('answers with all that there are of several, tombstones too', async () => {
        const [kept, removed] = [aCompany(), aCompany({}, { companyId: companyIdAt(2) })];
        for (const company of [kept, removed]) await companies.add(company, context);
        const tombstone = remove(removed, minutesLater(1));
        await companies.replace(removed, tombstone, context);
        const wanted = [companyIdAt(404), kept.companyId, removed.companyId, kept.companyId];
        const found = [...(await companies.findAll(wanted))];
        const byId = (left: Company, right: Company) => (left.companyId < right.companyId ? -1 : 1);
        expect(found.sort(byId)).toEqual([kept, tombstone].sort(byId));
        expect(await companies.findAll([])).toEqual([]);
      });

      it('answers with the least that can be added', async () => {
        const company = aCompany();
        await companies.add(company, context);
        expect(await stored(company)).toEqual(company);
      });

      it.each([
        '株式会社',
        'شركة',
        '𠮷野家 🏭',
        "'; DROP --",
        '#%25#',
        '__proto__',
        'a'.repeat(200),
        '🏭'.repeat(200),
      ])('answers with the very name that was added: %s', async (companyName) => {
        const company = aCompany({ name: companyName, tags: ['__proto__', companyName.slice(0, 2)] });
        await companies.add(company, context);
        expect(await stored(company)).toEqual(company);
      });

      it('keeps and gives copies', async () => {
        const company = structuredClone(aCompany(allFacts()));
        const answer = await companies.add(company, context);
        const found = await stored(company);
        for (const copy of [company, answer, found]) (copy!.tags as string[]).push('changed by its holder');
        expect((await stored(company))!.tags).toEqual(allFacts().tags);
      });
    });

    describe('adding', () => {
      it('answers with the company', async () => {
        const company = aCompany(allFacts());
        expect(await companies.add(company, context)).toEqual(company);
      });

      it('refuses an exclusive identifier of another company, and leaves nothing behind', async () => {
        const owner = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(1) });
        const second = aCompany(
          { identifiers: [tickerOf('A'), cikOf(2), cikOf(1)] },
          { companyId: companyIdAt(2) },
        );
        await companies.add(owner, context);
        const refusal = companies.add(second, context);
        await expect(refusal).rejects.toBeInstanceOf(IdentifierTaken);
        await expect(refusal).rejects.toMatchObject({ identifier: cikOf(1), owner: owner.companyId });
        expect(await stored(second)).toBeUndefined();
        expect(await fixture.identifiers.bearersOf([tickerOf('A'), cikOf(2), cikOf(1)])).toEqual([
          [],
          [],
          [owner.companyId],
        ]);
      });

      it('lets companies share what schemes share', async () => {
        for (const number of [1, 2, 3]) {
          const shared = [tickerOf('GOOG'), { scheme: 'isin', value: 'US02079K1079' }];
          await companies.add(aCompany({ identifiers: shared }, { companyId: companyIdAt(number) }), context);
        }
        expect(await bearersOf(tickerOf('GOOG'))).toHaveLength(3);
      });

      it('gives an exclusive identifier to one of two that claim it at once', async () => {
        const both = [1, 2].map((number) =>
          aCompany({ identifiers: [cikOf(7)] }, { companyId: companyIdAt(number) }),
        );
        const outcomes = await Promise.allSettled(both.map((company) => companies.add(company, context)));
        const [lost] = failuresOf(outcomes);
        expect(failuresOf(outcomes)).toHaveLength(1);
        expect(lost).toBeInstanceOf(IdentifierTaken);
        expect(await bearersOf(cikOf(7))).toEqual([(lost as IdentifierTaken).owner]);
      });

      it('refuses to add a company that is there', async () => {
        const company = aCompany();
        await companies.add(company, context);
        await expect(companies.add({ ...company, name: 'Other' }, context)).rejects.toBeInstanceOf(
          ProfileVersionConflict,
        );
        expect(await stored(company)).toEqual(company);
      });
    });

    describe('adding for a request that may come again', () => {
      const request: IdempotentRequest = { caller: 'caller', key: 'key-1', digest: 'digest-1' };
      const first = aCompany({ name: 'First', identifiers: [cikOf(1), tickerOf('A')] });
      const again = aCompany(
        { name: 'First', identifiers: [cikOf(1), tickerOf('A')] },
        { at: minutesLater(5) },
      );

      const add = (company: Company, asked: IdempotentRequest = request): Promise<Company> =>
        companies.add(company, { ...context, request: asked });

      it('answers the same again, and adds nothing', async () => {
        expect(await add(first)).toEqual(first);
        expect(await add(again)).toEqual(first);
        expect(await stored(first)).toEqual(first);
      });

      it('refuses the same key for another body', async () => {
        await add(first);
        const other = { ...request, digest: 'digest-2' };
        await expect(add({ ...again, name: 'Second' }, other)).rejects.toBeInstanceOf(IdempotencyKeyReused);
        expect(await stored(first)).toEqual(first);
      });

      it('answers as at first although the company was changed since', async () => {
        await add(first);
        await companies.replace(
          first,
          change(first, { ...factsOf(first), name: 'B', identifiers: [] }, minutesLater(1)),
          context,
        );
        await companies.add(aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(2) }), context);
        expect(await add(again)).toEqual(first);
      });

      it('answers as at first although the company was removed since', async () => {
        await add(first);
        await companies.replace(first, remove(first, minutesLater(1)), context);
        expect(await add(again)).toEqual(first);
        expect(await stored(first)).toMatchObject({ version: 2, removedAt: minutesLater(1) });
        expect(await bearersOf(cikOf(1))).toEqual([]);
      });

      it('adds one company when it comes ten times at once', async () => {
        const attempts = Array.from({ length: 10 }, (_, minute) =>
          add(aCompany({ name: 'First', identifiers: [cikOf(1)] }, { at: minutesLater(minute) })),
        );
        const answers = await Promise.all(attempts);
        expect(new Set(answers.map(({ createdAt }) => createdAt)).size).toBe(1);
        expect(await stored(first)).toEqual(answers[0]);
      });

      it('takes one of two bodies that come at once', async () => {
        const outcomes = await Promise.allSettled([
          add(first),
          add(again, { ...request, digest: 'digest-2' }),
        ]);
        expect(failuresOf(outcomes)).toEqual([expect.any(IdempotencyKeyReused)]);
      });

      it('takes the same key of another caller, and another key of the same caller, for other requests', async () => {
        const requests = [
          request,
          { ...request, caller: 'other' },
          { ...request, key: 'key-2' },
          { ...request, caller: 'caller#key-1', key: 'a' },
          { ...request, caller: 'caller', key: 'key-1#a' },
        ];
        for (const [index, asked] of requests.entries()) {
          const company = aCompany({ name: `Company ${index}` }, { companyId: companyIdAt(index + 1) });
          expect(await add(company, asked)).toEqual(company);
        }
      });

      it('keeps the answer for seven days, and tells afterwards that it is gone', async () => {
        await add(first);
        fixture.clock.advance(7 * DAY_MS - 2_000);
        expect(await add(again)).toEqual(first);
        fixture.clock.advance(4_000);
        await expect(add(again)).rejects.toBeInstanceOf(IdempotencyKeyExpired);
        expect(await stored(first)).toEqual(first);
      });

      it('remembers nothing of a request that was refused', async () => {
        const owner = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(2) });
        await companies.add(owner, context);
        await expect(add(first)).rejects.toBeInstanceOf(IdentifierTaken);
        await companies.replace(owner, remove(owner, minutesLater(1)), context);
        expect(await add(again)).toEqual(again);
      });
    });

    describe('replacing', () => {
      const company = aCompany({ name: 'A', identifiers: [cikOf(1), tickerOf('A')] });

      it('stores what comes after what was read', async () => {
        await companies.add(company, context);
        const renamed = rename(company, 'B', minutesLater(1));
        await companies.replace(company, renamed, context);
        expect(await stored(company)).toEqual(renamed);
        const { legalForm: _, ...changed } = { ...renamed, version: 3, tags: ['x'] };
        await companies.replace(renamed, changed, context);
        expect(await stored(company)).toEqual(changed);
        fixture.settle();
        expect(await companies.find(company.companyId, 'eventual')).toEqual(changed);
      });

      it('forgets a fact that is absent after', async () => {
        const full = aCompany(allFacts());
        await companies.add(full, context);
        const { website: _, industry: __, ...after } = { ...full, version: 2 };
        await companies.replace(full, after, context);
        expect(await stored(full)).toEqual(after);
      });

      it('refuses to replace a version that is no longer there', async () => {
        await companies.add(company, context);
        const renamed = rename(company, 'B', minutesLater(1));
        await companies.replace(company, renamed, context);
        const refusal = companies.replace(company, rename(company, 'C', minutesLater(2)), context);
        await expect(refusal).rejects.toBeInstanceOf(ProfileVersionConflict);
        await expect(refusal).rejects.toMatchObject({ facts: { expectedVersion: 1, currentVersion: 2 } });
        expect(await stored(company)).toEqual(renamed);
      });

      it('refuses to replace what was never there', async () => {
        const refusal = companies.replace(company, rename(company, 'B', minutesLater(1)), context);
        await expect(refusal).rejects.toBeInstanceOf(ProfileVersionConflict);
        expect(await stored(company)).toBeUndefined();
        expect(await bearersOf(cikOf(1))).toEqual([]);
      });

      it('lets one of a hundred win that replace the same version at once', async () => {
        await companies.add(company, context);
        const rivals = Array.from({ length: 100 }, (_, index) =>
          rename(company, `Name ${index}`, minutesLater(1)),
        );
        const outcomes = await Promise.allSettled(
          rivals.map((rival) => companies.replace(company, rival, context)),
        );
        expect(failuresOf(outcomes)).toHaveLength(99);
        for (const failure of failuresOf(outcomes)) expect(failure).toBeInstanceOf(ProfileVersionConflict);
        expect(await stored(company)).toEqual(
          rivals[outcomes.findIndex(({ status }) => status === 'fulfilled')],
        );
      });

      it('lets one of ten win that exchange identifiers at once, and keeps the claims of no other', async () => {
        await companies.add(company, context);
        const rivals = Array.from({ length: 10 }, (_, index) =>
          change(company, { ...factsOf(company), identifiers: [cikOf(100 + index)] }, minutesLater(1)),
        );
        const outcomes = await Promise.allSettled(
          rivals.map((rival) => companies.replace(company, rival, context)),
        );
        expect(failuresOf(outcomes)).toHaveLength(9);
        for (const failure of failuresOf(outcomes)) expect(failure).toBeInstanceOf(ProfileVersionConflict);
        const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
        const bearers = await fixture.identifiers.bearersOf(rivals.map((rival) => rival.identifiers[0]!));
        expect(bearers).toEqual(rivals.map((_, index) => (index === winner ? [company.companyId] : [])));
        expect(await bearersOf(cikOf(1))).toEqual([]);
      });

      it('claims what is new and releases what is gone', async () => {
        await companies.add(company, context);
        const identifiers = [tickerOf('A'), cikOf(2), tickerOf('B')];
        await companies.replace(
          company,
          change(company, { ...factsOf(company), identifiers }, minutesLater(1)),
          context,
        );
        expect(await fixture.identifiers.bearersOf([cikOf(1), ...identifiers])).toEqual([
          [],
          [company.companyId],
          [company.companyId],
          [company.companyId],
        ]);
        const heir = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(2) });
        await companies.add(heir, context);
        expect(await bearersOf(cikOf(1))).toEqual([heir.companyId]);
      });

      it('exchanges twenty identifiers for twenty others', async () => {
        const twenty = (from: number): Identifier[] =>
          Array.from({ length: 20 }, (_, index) => cikOf(from + index));
        const before = aCompany({ identifiers: twenty(100) });
        const after = change(before, { ...factsOf(before), identifiers: twenty(110) }, minutesLater(1));
        await companies.add(before, context);
        await companies.replace(before, after, context);
        const bearers = await fixture.identifiers.bearersOf(twenty(100));
        expect(bearers).toEqual(
          twenty(100).map(({ value }) => (Number(value) < 110 ? [] : [before.companyId])),
        );
      });

      it('keeps its exclusive identifiers exclusive when other facts change', async () => {
        await companies.add(company, context);
        await companies.replace(company, rename(company, 'B', minutesLater(1)), context);
        const rival = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(2) });
        await expect(companies.add(rival, context)).rejects.toMatchObject({ owner: company.companyId });
      });

      it('refuses an exclusive identifier of another company, and changes nothing', async () => {
        const owner = aCompany({ identifiers: [cikOf(2)] }, { companyId: companyIdAt(2) });
        await companies.add(company, context);
        await companies.add(owner, context);
        const facts = { ...factsOf(company), identifiers: [tickerOf('Z'), cikOf(2)] };
        const refusal = companies.replace(company, change(company, facts, minutesLater(1)), context);
        await expect(refusal).rejects.toBeInstanceOf(IdentifierTaken);
        await expect(refusal).rejects.toMatchObject({ identifier: cikOf(2), owner: owner.companyId });
        expect(await stored(company)).toEqual(company);
        expect(
          await fixture.identifiers.bearersOf([cikOf(1), tickerOf('A'), tickerOf('Z'), cikOf(2)]),
        ).toEqual([[company.companyId], [company.companyId], [], [owner.companyId]]);
      });
    });

    describe('a tombstone', () => {
      const company = aCompany(allFacts());

      it('is found, with its version and last facts', async () => {
        await companies.add(company, context);
        await companies.replace(company, remove(company, minutesLater(1)), context);
        expect(await stored(company)).toEqual(remove(company, minutesLater(1)));
      });

      it('has released its identifiers, which others may claim', async () => {
        await companies.add(company, context);
        await companies.replace(company, remove(company, minutesLater(1)), context);
        expect(await fixture.identifiers.bearersOf(company.identifiers)).toEqual([[], [], []]);
        const heir = aCompany(allFacts(), { companyId: companyIdAt(2) });
        await companies.add(heir, context);
        expect(await bearersOf(company.identifiers[0]!)).toEqual([heir.companyId]);
      });

      it('is not replaced by who saw the company alive', async () => {
        await companies.add(company, context);
        await companies.replace(company, remove(company, minutesLater(1)), context);
        await expect(
          companies.replace(company, rename(company, 'B', minutesLater(2)), context),
        ).rejects.toBeInstanceOf(ProfileVersionConflict);
        expect(await stored(company)).toEqual(remove(company, minutesLater(1)));
      });

      it('is not added over', async () => {
        await companies.add(company, context);
        await companies.replace(company, remove(company, minutesLater(1)), context);
        await expect(companies.add(company, context)).rejects.toBeInstanceOf(ProfileVersionConflict);
      });
    });
  });
}

function failuresOf(outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
}

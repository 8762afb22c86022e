import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Company } from '../../../src/domain/profiles/company.ts';
import {
  CompanyNotFound,
  IdentifierTaken,
  ProfileVersionConflict,
} from '../../../src/domain/profiles/errors.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import { allFacts, cikOf, companyIdAt, someFacts } from '../../support/company-mother.ts';
import { profilesUseCases, type ProfilesUseCases } from '../../support/profiles-use-cases.ts';

const context = { requestId: 'request-1' };

describe.each([
  ['', 0],
  [', while eventual reads are behind', 10],
])('changing a company%s', (_, lag) => {
  let profiles: ProfilesUseCases;
  let company: Company;

  beforeEach(async () => {
    profiles = profilesUseCases(lag);
    company = await profiles.register.execute(allFacts(), context);
    profiles.clock.advance(60_000);
  });

  const stored = (): Promise<Company | undefined> => profiles.companies.find(company.companyId, 'strong');

  it('gives it the facts that are made of its current ones', async () => {
    const changed = await profiles.change.execute(
      company.companyId,
      1,
      (facts) => ({ ...facts, name: `${facts.name} SA`, tags: [] }),
      context,
    );
    expect(changed).toMatchObject({ name: 'Société Générale SA', tags: [], version: 2 });
    expect(changed.previousNames.map(({ name }) => name)).toEqual(['Société Générale']);
    expect(await stored()).toEqual(changed);
  });

  it('shows the facts alone, not the bookkeeping', async () => {
    let shown: unknown;
    await profiles.change.execute(company.companyId, 1, (facts) => ((shown = facts), facts), context);
    expect(shown).toEqual(allFacts());
  });

  it('without effect writes nothing', async () => {
    const changed = await profiles.change.execute(
      company.companyId,
      1,
      () => allFacts({ name: 'Société Générale ' }),
      context,
    );
    expect(changed).toEqual(company);
    expect(await stored()).toEqual(company);
  });

  it.each([0, 2, 99])('refuses a decision on version %d where the version is 1', async (version) => {
    const refusal = profiles.change.execute(company.companyId, version, () => someFacts(), context);
    await expect(refusal).rejects.toBeInstanceOf(ProfileVersionConflict);
    await expect(refusal).rejects.toMatchObject({ facts: { expectedVersion: version, currentVersion: 1 } });
    expect(await stored()).toEqual(company);
  });

  it('lets one of two win that decided on the same version', async () => {
    const outcomes = await Promise.allSettled(
      ['B', 'C'].map((name) => profiles.rename.execute(company.companyId, 1, name, context)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await stored()).toMatchObject({ version: 2 });
  });

  it('refuses facts that are none, and what the change itself refuses', async () => {
    const invalid = profiles.change.execute(
      company.companyId,
      1,
      () => someFacts({ countryCode: 'XX' }),
      context,
    );
    await expect(invalid).rejects.toBeInstanceOf(InvalidInput);
    const thrown = new Error('no such patch');
    const refused = profiles.change.execute(
      company.companyId,
      1,
      () => {
        throw thrown;
      },
      context,
    );
    await expect(refused).rejects.toBe(thrown);
    expect(await stored()).toEqual(company);
  });

  it('refuses the identifier of another company', async () => {
    await profiles.register.execute(someFacts({ identifiers: [cikOf(7)] }), context);
    const refusal = profiles.change.execute(
      company.companyId,
      1,
      (facts) => ({ ...facts, identifiers: [cikOf(7)] }),
      context,
    );
    await expect(refusal).rejects.toBeInstanceOf(IdentifierTaken);
  });

  it('renames, and leaves the other facts', async () => {
    const renamed = await profiles.rename.execute(company.companyId, 1, ' SG ', context);
    expect(renamed).toMatchObject({ name: 'SG', version: 2, website: company.website });
    expect(await stored()).toEqual(renamed);
    expect(await profiles.rename.execute(company.companyId, 2, 'SG', context)).toEqual(renamed);
  });

  it('removes, after which nothing but its history is left', async () => {
    await profiles.remove.execute(company.companyId, 1, context);
    profiles.settle();
    const { companyId } = company;
    await expect(profiles.find.execute(companyId)).rejects.toBeInstanceOf(CompanyNotFound);
    await expect(profiles.rename.execute(companyId, 2, 'B', context)).rejects.toBeInstanceOf(CompanyNotFound);
    await expect(profiles.remove.execute(companyId, 2, context)).rejects.toBeInstanceOf(CompanyNotFound);
    expect(await stored()).toMatchObject({
      version: 2,
      removedAt: '2026-01-01T00:01:00.000Z',
      identifiers: [],
    });
    const heir = await profiles.register.execute(allFacts(), context);
    expect((await profiles.lookUp.execute(company.identifiers[0]!)).company).toEqual(heir);
  });

  it('removes only the version that was seen', async () => {
    await profiles.rename.execute(company.companyId, 1, 'B', context);
    await expect(profiles.remove.execute(company.companyId, 1, context)).rejects.toBeInstanceOf(
      ProfileVersionConflict,
    );
  });

  it('knows no company that was never registered', async () => {
    const companyId = companyIdAt(404);
    await expect(profiles.rename.execute(companyId, 1, 'B', context)).rejects.toBeInstanceOf(CompanyNotFound);
    await expect(profiles.remove.execute(companyId, 1, context)).rejects.toBeInstanceOf(CompanyNotFound);
    await expect(profiles.find.execute(companyId)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('finding a company', () => {
  it('answers with what eventual reads show', async () => {
    const profiles = profilesUseCases(1);
    const company = await profiles.register.execute(someFacts({ name: 'A' }), context);
    profiles.settle();
    const renamed = await profiles.rename.execute(company.companyId, 1, 'B', context);
    expect(await profiles.find.execute(company.companyId)).toEqual(company);
    profiles.settle();
    expect(await profiles.find.execute(company.companyId)).toEqual(renamed);
  });
});

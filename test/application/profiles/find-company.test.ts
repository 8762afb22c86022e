import { describe, expect, it } from '@jest/globals';
import { FindCompany } from '../../../src/application/profiles/find-company.ts';
import { CompanyNotFound } from '../../../src/domain/profiles/errors.ts';
import type { CompanyRepository } from '../../../src/application/profiles/ports/company-repository.ts';
import { companyIdAt, someFacts } from '../../support/company-mother.ts';
import { profilesUseCases } from '../../support/profiles-use-cases.ts';

const context = { requestId: 'request-1' };

describe('reading a company', () => {
  it('finds one that was registered just now, although eventual reads are behind', async () => {
    const { register, find } = profilesUseCases(10);
    const company = await register.execute(someFacts(), context);
    expect(await find.execute(company.companyId)).toEqual(company);
  });

  it('asks once, eventually, for one that is there', async () => {
    const { register, companies } = profilesUseCases();
    const { companyId } = await register.execute(someFacts(), context);
    const asked: string[] = [];
    const counted: Pick<CompanyRepository, 'find'> = {
      find: (id, consistency) => {
        asked.push(consistency);
        return companies.find(id, consistency);
      },
    };
    await new FindCompany(counted).execute(companyId);
    expect(asked).toEqual(['eventual']);
  });

  it('tells that there is none, and that there is none any more', async () => {
    const { register, remove, find } = profilesUseCases();
    await expect(find.execute(companyIdAt(9))).rejects.toBeInstanceOf(CompanyNotFound);
    const { companyId } = await register.execute(someFacts(), context);
    await remove.execute(companyId, 1, context);
    await expect(find.execute(companyId)).rejects.toBeInstanceOf(CompanyNotFound);
  });
});

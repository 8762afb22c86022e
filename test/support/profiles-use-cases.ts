import { ChangeCompany } from '../../src/application/profiles/change-company.ts';
import { FindCompany } from '../../src/application/profiles/find-company.ts';
import { ListCompanies } from '../../src/application/profiles/list-companies.ts';
import { LookUpIdentifier } from '../../src/application/profiles/look-up-identifier.ts';
import { RegisterCompany } from '../../src/application/profiles/register-company.ts';
import { RemoveCompany } from '../../src/application/profiles/remove-company.ts';
import { RenameCompany } from '../../src/application/profiles/rename-company.ts';
import { profilesInMemory, type ProfilesFixture } from './profiles-fixture.ts';
import { SequentialCompanyIds } from './sequential-company-ids.ts';

export interface ProfilesUseCases extends ProfilesFixture {
  readonly register: RegisterCompany;
  readonly change: ChangeCompany;
  readonly rename: RenameCompany;
  readonly remove: RemoveCompany;
  readonly find: FindCompany;
  readonly list: ListCompanies;
  readonly lookUp: LookUpIdentifier;
}

/**
 * The use cases of the profiles service on a new, empty store in memory.
 *
 * @param lag the most writes that eventual reads and lists may miss
 */
export function profilesUseCases(lag = 0): ProfilesUseCases {
  const fixture = profilesInMemory(lag);
  const { companies, directory, identifiers, clock } = fixture;
  return {
    ...fixture,
    register: new RegisterCompany(companies, new SequentialCompanyIds(), clock),
    change: new ChangeCompany(companies, clock),
    rename: new RenameCompany(companies, clock),
    remove: new RemoveCompany(companies, clock),
    find: new FindCompany(companies),
    list: new ListCompanies(directory),
    lookUp: new LookUpIdentifier(identifiers, companies),
  };
}

import { isRemoved, type Company } from '../../domain/profiles/company.ts';
import { CompanyNotFound, ProfileVersionConflict } from '../../domain/profiles/errors.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { CompanyRepository } from './ports/company-repository.ts';

/** The current company, for a change that its caller decided on `version`. */
export async function loadAtVersion(
  companies: CompanyRepository,
  companyId: CompanyId,
  version: number,
): Promise<Company> {
  const company = await companies.find(companyId, 'strong');
  if (company === undefined || isRemoved(company)) throw new CompanyNotFound(companyId);
  if (company.version !== version) throw new ProfileVersionConflict(companyId, version, company.version);
  return company;
}

import { isRemoved, type Company } from '../../domain/profiles/company.ts';
import { CompanyNotFound } from '../../domain/profiles/errors.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { CompanyRepository } from './ports/company-repository.ts';

export class FindCompany {
  constructor(private readonly companies: CompanyRepository) {}

  /** @throws CompanyNotFound */
  async execute(companyId: CompanyId): Promise<Company> {
    const company = await this.companies.find(companyId, 'eventual');
    if (company === undefined || isRemoved(company)) throw new CompanyNotFound(companyId);
    return company;
  }
}

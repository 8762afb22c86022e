import { isRemoved, type Company } from '../../domain/profiles/company.ts';
import { CompanyNotFound } from '../../domain/profiles/errors.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { CompanyRepository } from './ports/company-repository.ts';

export class FindCompany {
  constructor(private readonly companies: Pick<CompanyRepository, 'find'>) {}

  /** @throws CompanyNotFound */
  async execute(companyId: CompanyId): Promise<Company> {
    // One that was registered just now may not be told yet: only what is not there is asked for again.
    const company =
      (await this.companies.find(companyId, 'eventual')) ?? (await this.companies.find(companyId, 'strong'));
    if (company === undefined || isRemoved(company)) throw new CompanyNotFound(companyId);
    return company;
  }
}

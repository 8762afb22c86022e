import { isRemoved, type Company } from '../../domain/profiles/company.ts';
import type { CompanyDirectory } from './ports/company-directory.ts';

export class ExportCompanies {
  constructor(private readonly directory: Pick<CompanyDirectory, 'all'>) {}

  /** Every company that was not removed, in ascending order of companyId, read as they are asked for. @throws Unavailable */
  async *execute(): AsyncGenerator<Company> {
    for await (const company of this.directory.all()) if (!isRemoved(company)) yield company;
  }
}

import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { CompanyDirectory, CompanyListing, CompanyQuery } from './ports/company-directory.ts';

export class ListCompanies {
  constructor(private readonly directory: CompanyDirectory) {}

  async execute(query: CompanyQuery, page: PageRequest): Promise<Page<CompanyListing>> {
    return this.directory.list(query, page);
  }
}

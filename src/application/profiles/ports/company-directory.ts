import type { Company } from '../../../domain/profiles/company.ts';
import type { Status } from '../../../domain/profiles/company-facts.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';

/** A company as a list shows it. */
export type CompanyListing = Pick<Company, 'companyId' | 'name' | 'status' | 'countryCode' | 'industry'>;

export type CompanyQuery = (
  | { readonly by: 'name'; readonly prefix: string }
  | { readonly by: 'country'; readonly countryCode: string }
  | { readonly by: 'industry'; readonly scheme: string; readonly code: string }
  | { readonly by: 'nothing' }
) & { readonly status?: Status };

/** The companies in lists. Lists may be behind the companies by some writes, and hold no tombstones. */
export interface CompanyDirectory {
  /**
   * By name, country and industry in the order of the folded names; by nothing in no promised order.
   *
   * @throws Unavailable
   */
  list(query: CompanyQuery, page: PageRequest): Promise<Page<CompanyListing>>;

  /** Every company, tombstones too, in ascending order of companyId. @throws Unavailable */
  all(): AsyncIterable<Company>;
}

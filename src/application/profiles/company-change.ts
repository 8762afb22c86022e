import type { Company } from '../../domain/profiles/company.ts';

/** Two states of one company, as the table's stream tells them. */
export interface CompanyChange {
  readonly before?: Company;
  readonly after?: Company;
  /** The request that wrote `after`. */
  readonly requestId?: string;
}

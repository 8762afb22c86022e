import type { DocumentChange } from '../../../domain/statistics/counted-document.ts';
import type { ProfileChange } from '../../../domain/statistics/tracked-company.ts';

/** What the profiles service said of a company: of its profile, or of one of its documents. */
export type CompanyEventChange =
  ({ readonly of: 'company' } & ProfileChange) | ({ readonly of: 'document' } & DocumentChange);

/** Reads a message's payload. @throws Unintelligible */
export type ReadCompanyEvent = (payload: string) => CompanyEventChange;

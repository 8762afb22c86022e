import type { CompanyId } from '../../../domain/shared/company-id.ts';

export interface CompanyIds {
  /** A new id that no one else has, later than the ones before it in sort order. */
  next(): CompanyId;
  /** The same id for the same caller and key, always. */
  ofRequest(caller: string, key: string): CompanyId;
}

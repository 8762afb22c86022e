import { v5, v7 } from 'uuid';
import type { CompanyIds } from '../../application/profiles/ports/company-ids.ts';
import { companyIdOf, type CompanyId } from '../../domain/shared/company-id.ts';

// Never to be changed: every id of an idempotent request is made of it.
const NAMESPACE = 'a4628e70-9046-4e42-a212-e11ba82fa8d4';

export class UuidCompanyIds implements CompanyIds {
  next(): CompanyId {
    return companyIdOf(v7());
  }

  ofRequest(caller: string, key: string): CompanyId {
    // JSON keeps the two apart whatever they contain, lone surrogates included.
    return companyIdOf(v5(JSON.stringify([caller, key]), NAMESPACE));
  }
}

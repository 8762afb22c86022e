import { isExclusive, type Identifier } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { companyPk, key, type ItemKey } from '../keys.ts';

/** That a company bears an identifier. */
export interface IdentifierItem extends ItemKey {
  readonly companyId: CompanyId;
  readonly claimedAt: Instant;
}

export function identifierPk({ scheme, value }: Identifier): string {
  return key('IDENTIFIER', scheme, value);
}

/** An exclusive identifier has one place, which its bearer holds; a shared one has a place for each bearer. */
export function identifierKey(identifier: Identifier, companyId: CompanyId): ItemKey {
  return {
    pk: identifierPk(identifier),
    sk: isExclusive(identifier.scheme) ? 'IDENTIFIER' : companyPk(companyId),
  };
}

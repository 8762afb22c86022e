import { InvalidInput } from './errors.ts';

/** A UUID in lower case. Version 7 for a new company, version 5 where the caller gave an idempotency key. */
export type CompanyId = string & { readonly brand: 'CompanyId' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws InvalidInput where the text is no UUID */
export function companyIdOf(text: string): CompanyId {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw InvalidInput.at(['companyId'], 'must be a UUID');
  return id as CompanyId;
}

import { isRemoved, type Company } from '../../../domain/profiles/company.ts';
import type { CompanyListing } from '../../../application/profiles/ports/company-directory.ts';
import { fold } from '../../../domain/shared/text.ts';
import type { Item } from '../errors.ts';
import { allKeyOf, companyPk, cutToBytes, key, type ItemKey } from '../keys.ts';

/** What the item of a company has beside the company: who wrote it, and where the indexes put it. */
export interface CompanyItem extends Company, ItemKey {
  /** Of the write that made this state: a write whose answer was lost recognises itself. */
  readonly writeToken: string;
  readonly requestId: string;
  readonly allKey: string;
  /** The keys of the lists, which hold no tombstones. */
  readonly nameKey?: string;
  readonly countryKey?: string;
  readonly industryKey?: string;
  readonly foldedName?: string;
}

const PROFILE = 'PROFILE';

/** Sort keys have at most 1,024 bytes. */
const FOLDED_NAME_BYTES = 1_000;

export function companyKey(companyId: string): ItemKey {
  return { pk: companyPk(companyId), sk: PROFILE };
}

export function companyItem(
  company: Company,
  { writeToken, requestId }: { readonly writeToken: string; readonly requestId: string },
): CompanyItem {
  const { pk, sk } = companyKey(company.companyId);
  // In this order: V8 copies objects into a new one much faster than it adds to a copy.
  return {
    pk,
    sk,
    writeToken,
    requestId,
    allKey: allKeyOf(company.companyId),
    ...(!isRemoved(company) && listKeys(company)),
    ...attributesOf(company),
  };
}

/** All that is stored of a company, whoever wrote it; undefined where there is nothing. */
export function storedAttributes(company: Company): ReadonlyMap<string, unknown> {
  const { pk: _pk, sk: _sk, ...stored } = companyItem(company, { writeToken: '', requestId: '' });
  const attributes: Readonly<Record<string, unknown>> = stored;
  const names = [...Object.keys(ATTRIBUTES), ...KEYS];
  return new Map(names.map((name) => [name, attributes[name]]));
}

/** The company in an item, without what the table alone needs. */
export function companyOf(item: Item): Company {
  return attributesOf(item as unknown as Company);
}

export function listingOf(item: Item): CompanyListing {
  const { companyId, name, status, countryCode, industry } = item as unknown as CompanyListing;
  return { companyId, name, status, countryCode, ...(industry !== undefined && { industry }) };
}

/** The form of a name, or of its beginning, in the sort keys of lists. */
export function foldedNameOf(name: string): string {
  return cutToBytes(fold(name), FOLDED_NAME_BYTES);
}

/** The partition of the names, or beginnings of names, that begin alike. */
export function nameKeyOf(name: string): string {
  const [first = ''] = fold(name);
  return key('NAME', first);
}

export function countryKeyOf(countryCode: string): string {
  return key('COUNTRY', countryCode);
}

export function industryKeyOf({ scheme, code }: { readonly scheme: string; readonly code: string }): string {
  return key('INDUSTRY', scheme, code);
}

function listKeys({ name, countryCode, industry }: Company): Partial<CompanyItem> {
  return {
    nameKey: nameKeyOf(name),
    countryKey: countryKeyOf(countryCode),
    ...(industry && { industryKey: industryKeyOf(industry) }),
    foldedName: foldedNameOf(name),
  };
}

const KEYS = ['allKey', 'nameKey', 'countryKey', 'industryKey', 'foldedName'] as const satisfies Exclude<
  keyof CompanyItem,
  keyof Company
>[];

const ATTRIBUTES = {
  companyId: true,
  name: true,
  previousNames: true,
  status: true,
  countryCode: true,
  legalForm: true,
  industry: true,
  identifiers: true,
  registeredOffice: true,
  website: true,
  foundedOn: true,
  description: true,
  tags: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  removedAt: true,
} as const satisfies Record<keyof Company, true>;

function attributesOf(company: Company): Company {
  const attributes: Partial<Record<keyof Company, unknown>> = {};
  for (const name of Object.keys(ATTRIBUTES) as (keyof Company)[]) {
    if (company[name] !== undefined) attributes[name] = company[name];
  }
  return attributes as unknown as Company;
}

import type {
  CompanyDirectory,
  CompanyListing,
  CompanyQuery,
} from '../../../application/profiles/ports/company-directory.ts';
import { isRemoved, type Company } from '../../../domain/profiles/company.ts';
import { fold } from '../../../domain/shared/text.ts';
import type { Page, PageRequest } from '../../../domain/shared/page.ts';
import { copyOf } from '../copy-of.ts';
import type { InMemoryProfiles, StoredCompany } from './in-memory-profiles.ts';

/** Where an entry stands in a list. */
type Position = readonly [foldedName: string, companyId: string];

export class InMemoryCompanyDirectory implements CompanyDirectory {
  constructor(private readonly profiles: InMemoryProfiles) {}

  async list(query: CompanyQuery, { limit, after }: PageRequest): Promise<Page<CompanyListing>> {
    const start = after === undefined ? undefined : (JSON.parse(after) as Position);
    const rest = this.profiles
      .indexed()
      .filter(isAskedFor(query))
      .map((stored) => ({ stored, position: positionOf(stored) }))
      .filter(({ position }) => start === undefined || comparePositions(position, start) > 0)
      .sort((left, right) => comparePositions(left.position, right.position));
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ stored }) => listingOf(stored.company)),
      ...(rest.length > limit && last && { next: JSON.stringify(last.position) }),
    };
  }

  async *all(): AsyncGenerator<Company> {
    const companies = this.profiles.indexed().map(({ company }) => company);
    for (const company of companies.sort((a, b) => compare(a.companyId, b.companyId))) yield copyOf(company);
  }
}

function isAskedFor(query: CompanyQuery): (stored: StoredCompany) => boolean {
  const selects = selectionOf(query);
  return (stored) =>
    !isRemoved(stored.company) &&
    (query.status === undefined || stored.company.status === query.status) &&
    selects(stored);
}

function selectionOf(query: CompanyQuery): (stored: StoredCompany) => boolean {
  switch (query.by) {
    case 'name': {
      const prefix = fold(query.prefix);
      return ({ foldedName }) => foldedName.startsWith(prefix);
    }
    case 'country':
      return ({ company }) => company.countryCode === query.countryCode;
    case 'industry':
      return ({ company: { industry } }) => industry?.scheme === query.scheme && industry.code === query.code;
    case 'nothing':
      return () => true;
  }
}

function listingOf({ companyId, name, status, countryCode, industry }: Company): CompanyListing {
  return copyOf({ companyId, name, status, countryCode, ...(industry && { industry }) });
}

function positionOf({ company, foldedName }: StoredCompany): Position {
  return [foldedName, company.companyId];
}

function comparePositions(left: Position, right: Position): number {
  return compare(left[0], right[0]) || compare(left[1], right[1]);
}

/** By code points, which is the order of the bytes in UTF-8; `<` compares UTF-16 units. */
function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

import type { CompanyId } from '../shared/company-id.ts';
import type { AuditedCompany } from './audited-company.ts';

/** A company of which statistics knows anything at all. */
export interface KnownCompany {
  readonly companyId: CompanyId;
  /** Absent where it knows only observations of it. */
  readonly replica?: AuditedCompany;
}

/** A company in one of two exports, or in both. */
export interface Pair {
  readonly companyId: CompanyId;
  readonly profile?: AuditedCompany;
  readonly replica?: AuditedCompany;
}

/**
 * Merges two exports, each in ascending order of companyId, holding one company of each at a time.
 *
 * @throws Error where an export is not in order: what it says could not be relied on
 */
export async function* mergeByCompany(
  profiles: AsyncIterable<AuditedCompany>,
  statistics: AsyncIterable<KnownCompany>,
): AsyncGenerator<Pair> {
  const left = ascending(profiles, 'profiles');
  const right = ascending(statistics, 'statistics');
  try {
    let [profile, known] = await Promise.all([next(left), next(right)]);
    while (profile !== undefined || known !== undefined) {
      if (known === undefined || (profile !== undefined && profile.companyId < known.companyId)) {
        yield { companyId: profile!.companyId, profile: profile! };
        profile = await next(left);
      } else if (profile === undefined || known.companyId < profile.companyId) {
        yield known;
        known = await next(right);
      } else {
        yield { ...known, profile };
        [profile, known] = await Promise.all([next(left), next(right)]);
      }
    }
  } finally {
    await Promise.all([left.return(undefined), right.return(undefined)]);
  }
}

async function next<Company>(companies: AsyncGenerator<Company>): Promise<Company | undefined> {
  const result: IteratorResult<Company, unknown> = await companies.next();
  return result.done === true ? undefined : result.value;
}

async function* ascending<Company extends { readonly companyId: CompanyId }>(
  companies: AsyncIterable<Company>,
  service: string,
): AsyncGenerator<Company> {
  let last = '';
  for await (const company of companies) {
    if (company.companyId <= last) {
      throw new Error(`The export of ${service} is not in order: ${company.companyId} comes after ${last}.`);
    }
    last = company.companyId;
    yield company;
  }
}

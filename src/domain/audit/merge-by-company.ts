import type { CompanyId } from '../shared/company-id.ts';
import type { AuditedCompany } from './audited-company.ts';

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
  replicas: AsyncIterable<AuditedCompany>,
): AsyncGenerator<Pair> {
  const left = ascending(profiles, 'profiles');
  const right = ascending(replicas, 'statistics');
  try {
    let [profile, replica] = await Promise.all([next(left), next(right)]);
    while (profile !== undefined || replica !== undefined) {
      if (replica === undefined || (profile !== undefined && profile.companyId < replica.companyId)) {
        yield { companyId: profile!.companyId, profile: profile! };
        profile = await next(left);
      } else if (profile === undefined || replica.companyId < profile.companyId) {
        yield { companyId: replica.companyId, replica };
        replica = await next(right);
      } else {
        yield { companyId: profile.companyId, profile, replica };
        [profile, replica] = await Promise.all([next(left), next(right)]);
      }
    }
  } finally {
    await Promise.all([left.return(undefined), right.return(undefined)]);
  }
}

async function next(companies: AsyncGenerator<AuditedCompany>): Promise<AuditedCompany | undefined> {
  const result = await companies.next();
  return result.done === true ? undefined : result.value;
}

async function* ascending(
  companies: AsyncIterable<AuditedCompany>,
  service: string,
): AsyncGenerator<AuditedCompany> {
  let last = '';
  for await (const company of companies) {
    if (company.companyId <= last) {
      throw new Error(`The export of ${service} is not in order: ${company.companyId} comes after ${last}.`);
    }
    last = company.companyId;
    yield company;
  }
}

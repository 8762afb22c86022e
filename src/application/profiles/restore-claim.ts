import { bears, type Company } from '../../domain/profiles/company.ts';
import { isSameIdentifier, type Identifier } from '../../domain/shared/identifier.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { Instant } from '../../domain/shared/time.ts';
import type { CompanyRepository } from './ports/company-repository.ts';
import type { IdentifierClaims } from './ports/identifier-claims.ts';
import type { RevisionLog } from './ports/revision-log.ts';

const PAGE = 100;

export class RestoreClaim {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly revisions: RevisionLog,
    private readonly claims: IdentifierClaims,
  ) {}

  /**
   * Has a company that bears an identifier claim it again, since the change that made it, unless somebody else's claim is
   * in the place; answers whether it did.
   *
   * @throws Unavailable
   */
  async execute(companyId: CompanyId, identifier: Identifier): Promise<boolean> {
    const company = await this.companies.find(companyId, 'strong');
    if (company === undefined || !bears(company, identifier)) return false;
    return this.claims.claim(identifier, company, await this.#borneSince(company, identifier));
  }

  /** Of several claims of a shared identifier the newest wins: a mended one is as old as the lost one was. */
  async #borneSince({ companyId, version, updatedAt }: Company, identifier: Identifier): Promise<Instant> {
    let since = updatedAt;
    let after: string | undefined;
    do {
      const page = await this.revisions.list(companyId, {
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      for (const revision of page.items) {
        // Of a life that a restore has undone.
        if (revision.version > version) continue;
        if (!revision.facts.identifiers.some((one) => isSameIdentifier(one, identifier))) return since;
        since = revision.revisedAt;
      }
      after = page.next;
    } while (after !== undefined);
    return since;
  }
}

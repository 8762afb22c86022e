import type { Identifier } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** Who bears which identifier, as of the last write. */
export interface IdentifierIndex {
  /**
   * For each identifier, in the order given, the companies that bear it, the newest claim first; at most one for an
   * exclusive identifier. A claim is as old as the change that made it, and lasts while the identifier is kept; of
   * claims of one instant, that of the greater companyId is the newer one: an import makes ids in the order of its rows.
   *
   * @throws Unavailable
   */
  bearersOf(identifiers: readonly Identifier[]): Promise<readonly (readonly CompanyId[])[]>;
}

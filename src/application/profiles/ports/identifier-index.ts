import type { Identifier } from '../../../domain/profiles/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

/** Who bears which identifier, as of the last write. */
export interface IdentifierIndex {
  /**
   * For each identifier, in the order given, the companies that bear it, the newest claim first; at most one for an
   * exclusive identifier.
   *
   * @throws Unavailable
   */
  bearersOf(identifiers: readonly Identifier[]): Promise<readonly (readonly CompanyId[])[]>;
}

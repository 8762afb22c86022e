import type { IdentifierIndex } from '../../../application/profiles/ports/identifier-index.ts';
import type { Identifier } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { InMemoryProfiles } from './in-memory-profiles.ts';

export class InMemoryIdentifierIndex implements IdentifierIndex {
  constructor(private readonly profiles: InMemoryProfiles) {}

  async bearersOf(identifiers: readonly Identifier[]): Promise<readonly (readonly CompanyId[])[]> {
    return identifiers.map((identifier) => this.profiles.bearersOf(identifier));
  }
}

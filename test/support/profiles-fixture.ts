import type { CompanyDirectory } from '../../src/application/profiles/ports/company-directory.ts';
import type { Documents } from '../../src/application/profiles/ports/documents.ts';
import type { CompanyRepository } from '../../src/application/profiles/ports/company-repository.ts';
import type { IdentifierClaims } from '../../src/application/profiles/ports/identifier-claims.ts';
import type { IdentifierIndex } from '../../src/application/profiles/ports/identifier-index.ts';
import type { Imports } from '../../src/application/profiles/ports/imports.ts';
import type { RevisionLog } from '../../src/application/profiles/ports/revision-log.ts';
import type { SetAsideObjects } from '../../src/application/profiles/ports/set-aside-objects.ts';
import { InMemoryCompanyDirectory } from '../../src/adapters/in-memory/profiles/in-memory-company-directory.ts';
import { InMemoryCompanyRepository } from '../../src/adapters/in-memory/profiles/in-memory-company-repository.ts';
import { InMemoryDocuments } from '../../src/adapters/in-memory/profiles/in-memory-documents.ts';
import { InMemoryIdentifierClaims } from '../../src/adapters/in-memory/profiles/in-memory-identifier-claims.ts';
import { InMemoryIdentifierIndex } from '../../src/adapters/in-memory/profiles/in-memory-identifier-index.ts';
import { InMemoryImports } from '../../src/adapters/in-memory/profiles/in-memory-imports.ts';
import { InMemoryProfiles } from '../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryRevisionLog } from '../../src/adapters/in-memory/profiles/in-memory-revision-log.ts';
import { InMemorySetAsideObjects } from '../../src/adapters/in-memory/profiles/in-memory-set-aside-objects.ts';
import { ManualClock } from './manual-clock.ts';

/** The ports of the profiles service over one new, empty store. */
export interface ProfilesFixture {
  readonly companies: CompanyRepository;
  readonly directory: CompanyDirectory;
  readonly identifiers: IdentifierIndex;
  readonly claims: IdentifierClaims;
  readonly revisions: RevisionLog;
  readonly documents: Documents;
  readonly setAsideObjects: SetAsideObjects;
  readonly imports: Imports;
  readonly clock: ManualClock;
  /** Has eventual reads and lists show all that was written. */
  settle(): void;
}

/** The same, with the store itself, in which anything can be planted. */
export interface InMemoryProfilesFixture extends ProfilesFixture {
  readonly store: InMemoryProfiles;
}

/** @param lag the most writes that eventual reads and lists may miss */
export function profilesInMemory(lag = 0): InMemoryProfilesFixture {
  const clock = new ManualClock();
  const profiles = new InMemoryProfiles();
  const revisions = new InMemoryRevisionLog();
  const documents = new InMemoryDocuments(profiles);
  profiles.lag(lag);
  documents.lag(lag);
  revisions.lag(lag);
  return {
    companies: new InMemoryCompanyRepository(profiles, clock),
    directory: new InMemoryCompanyDirectory(profiles),
    identifiers: new InMemoryIdentifierIndex(profiles),
    claims: new InMemoryIdentifierClaims(profiles),
    revisions,
    documents,
    setAsideObjects: new InMemorySetAsideObjects(),
    imports: new InMemoryImports(),
    clock,
    store: profiles,
    settle: () => {
      profiles.catchUp();
      revisions.catchUp();
      documents.catchUp();
    },
  };
}

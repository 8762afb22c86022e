import type { CompanyDirectory } from '../../src/application/profiles/ports/company-directory.ts';
import type { CompanyRepository } from '../../src/application/profiles/ports/company-repository.ts';
import type { IdentifierIndex } from '../../src/application/profiles/ports/identifier-index.ts';
import type { RevisionLog } from '../../src/application/profiles/ports/revision-log.ts';
import { InMemoryCompanyDirectory } from '../../src/adapters/in-memory/profiles/in-memory-company-directory.ts';
import { InMemoryCompanyRepository } from '../../src/adapters/in-memory/profiles/in-memory-company-repository.ts';
import { InMemoryIdentifierIndex } from '../../src/adapters/in-memory/profiles/in-memory-identifier-index.ts';
import { InMemoryProfiles } from '../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryRevisionLog } from '../../src/adapters/in-memory/profiles/in-memory-revision-log.ts';
import { ManualClock } from './manual-clock.ts';

/** The ports of the profiles service over one new, empty store. */
export interface ProfilesFixture {
  readonly companies: CompanyRepository;
  readonly directory: CompanyDirectory;
  readonly identifiers: IdentifierIndex;
  readonly revisions: RevisionLog;
  readonly clock: ManualClock;
  /** Has eventual reads and lists show all that was written. */
  settle(): void;
}

/** @param lag the most writes that eventual reads and lists may miss */
export function profilesInMemory(lag = 0): ProfilesFixture {
  const clock = new ManualClock();
  const profiles = new InMemoryProfiles();
  const revisions = new InMemoryRevisionLog();
  profiles.lag(lag);
  revisions.lag(lag);
  return {
    companies: new InMemoryCompanyRepository(profiles, clock),
    directory: new InMemoryCompanyDirectory(profiles),
    identifiers: new InMemoryIdentifierIndex(profiles),
    revisions,
    clock,
    settle: () => {
      profiles.catchUp();
      revisions.catchUp();
    },
  };
}

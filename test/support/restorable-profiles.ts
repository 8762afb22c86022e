import { inMemoryCompanyStream } from '../../src/adapters/in-memory/profiles/in-memory-company-stream.ts';
import {
  InMemoryProfiles,
  type ProfilesWrite,
} from '../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { profilesInMemory } from '../../src/entrypoints/composition/in-memory-adapters.ts';
import type { TestDynamoDb } from './dynoxide.ts';
import { fromNowOn } from './stream-ends.ts';
import { itemsOf, profilesOnTable, putItems } from './system-on-tables.ts';
import type { ProfilesBackend, WholeSystem } from './whole-system.ts';

/** One revision of a company. */
export interface RevisionKey {
  readonly companyId: CompanyId;
  readonly version: number;
}

/** What was there when the backup was made. */
export interface ProfilesBackup {
  /** A backup is not of one instant: of what was written last it may lack a revision, and have another too many. */
  tear(torn: { readonly lacks: RevisionKey; readonly has: RevisionKey }): Promise<void>;

  /** A system on a store of its own that has what the backup has, and a stream that tells nothing of it. */
  restore(start: (profiles: ProfilesBackend) => WholeSystem): Promise<WholeSystem>;
}

/** Where profiles are, and can go back to a backup. */
export interface RestorableProfiles extends ProfilesBackend {
  backup(): Promise<ProfilesBackup>;
}

type CompanyWrite = Extract<ProfilesWrite, { readonly of: 'company' }>;

export function restorableInMemory(): RestorableProfiles {
  const profiles = new InMemoryProfiles();
  const writes: CompanyWrite[] = [];
  profiles.onChange((write) => {
    if (write.of === 'company') writes.push(write);
  });
  return {
    ...inMemory(profiles),
    backup: async () => {
      const kept = [...writes];
      let revisions = [...writes];
      return {
        tear: async ({ lacks, has }) => {
          revisions = revisions.filter((write) => !isOf(write, lacks));
          revisions.push(writes.find((write) => isOf(write, has))!);
        },
        restore: async (start) => {
          const restored = new InMemoryProfiles();
          for (const { after, requestId } of kept) restored.write(after, requestId);
          const system = start(inMemory(restored));
          await system.registry.profiles.recordRevisions.execute(revisions);
          return system;
        },
      };
    },
  };
}

function inMemory(profiles: InMemoryProfiles): ProfilesBackend {
  const stream = inMemoryCompanyStream(profiles);
  return {
    adapters: (clock) => profilesInMemory(profiles, clock),
    stream: () => stream,
    lag: (writes) => profiles.lag(writes),
    catchUp: () => profiles.catchUp(),
  };
}

function isOf({ after }: CompanyWrite, { companyId, version }: RevisionKey): boolean {
  return after.companyId === companyId && after.version === version;
}

export function restorableOnTable(database: TestDynamoDb, table: string): RestorableProfiles {
  return {
    ...profilesOnTable(database, table),
    backup: async () => {
      let items = await itemsOf(database, table);
      return {
        tear: async ({ lacks, has }) => {
          const [lacking, having] = [lacks, has].map(
            ({ companyId, version }) => `COMPANY#${companyId} REVISION#${String(version).padStart(10, '0')}`,
          );
          const later = (await itemsOf(database, table)).find(({ pk, sk }) => `${pk} ${sk}` === having);
          items = [...items.filter(({ pk, sk }) => `${pk} ${sk}` !== lacking), later!];
        },
        restore: async (start) => {
          const restored = (await database.createTables()).profiles;
          await putItems(database, restored, items);
          const onTable = profilesOnTable(database, restored);
          const stream = await fromNowOn(onTable.stream());
          return start({ ...onTable, stream: () => stream });
        },
      };
    },
  };
}

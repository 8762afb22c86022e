import { StoredImportFiles } from '../../adapters/files/stored-import-files.ts';
import { ImportCompanies } from '../../application/profiles/import-companies.ts';
import { RunImport } from '../../application/profiles/imports/run-import.ts';
import type { ImportQueue } from '../../application/profiles/ports/import-queue.ts';
import type { ObjectContents } from '../../application/profiles/ports/object-contents.ts';
import type { ObjectStore } from '../../application/profiles/ports/object-store.ts';
import type { ObservationSink } from '../../application/profiles/ports/observation-sink.ts';
import { PORTS } from './tokens.ts';
import type { Container } from './containers.ts';

export interface ImportRunnerOptions {
  readonly objects: ObjectStore;
  readonly contents: ObjectContents;
  /** Where the figures go that files state. */
  readonly observations: ObservationSink;
  readonly queue: ImportQueue;
  /** Whether nobody outside of this process works on imports. */
  readonly isAlone: boolean;
}

/** The use case that works on imports by upload. */
export function importRunner(
  profiles: Container,
  { objects, contents, observations, queue, isAlone }: ImportRunnerOptions,
): RunImport {
  return new RunImport(
    {
      imports: profiles.get(PORTS.imports),
      files: new StoredImportFiles(objects, contents),
      importCompanies: profiles.get(ImportCompanies),
      observations,
      queue,
      clock: profiles.get(PORTS.clock),
    },
    isAlone,
  );
}

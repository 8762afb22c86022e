import type { RunImport } from '../../src/application/profiles/imports/run-import.ts';
import { bothApis } from '../../src/entrypoints/composition/apis.ts';
import type { DocumentsService } from '../../src/entrypoints/composition/documents.ts';
import { ContentsInMemory } from '../support/contents-in-memory.ts';
import { sendTo, type Send } from '../support/send-to-api.ts';
import type { WholeSystem } from '../support/whole-system.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** A whole system, asked over HTTP, with an object store in memory. */
export interface SystemWithApi {
  readonly system: WholeSystem;
  readonly send: Send;
  readonly objects: ContentsInMemory;
  readonly documents: DocumentsService;
  readonly imports: RunImport;
}

/** The cursors of releases are signed by it. */
const SECRET = 'the secret of the released cursors';

export function withApi(system: WholeSystem): SystemWithApi {
  const { registry } = system;
  const objects = new ContentsInMemory();
  const documents = registry.documentsIn(objects);
  const queue = { goOnWith: async () => {} };
  const imports = registry.importRunnerIn({ objects, contents: objects, queue, isAlone: true });
  const options = { cursorSecret: SECRET, access: 'open', log: silent } as const;
  const api = bothApis(
    registry.profiles,
    registry.statistics,
    options,
    [],
    documents,
    registry.importsIn(objects),
  );
  return { system, send: sendTo(api), objects, documents, imports };
}

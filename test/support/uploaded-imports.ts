import { SHIPPED_MAPS } from '../../src/adapters/files/shipped-maps.ts';
import { StoredImportFiles } from '../../src/adapters/files/stored-import-files.ts';
import { StoredImportLinks } from '../../src/adapters/files/stored-import-links.ts';
import { InMemoryImports } from '../../src/adapters/in-memory/profiles/in-memory-imports.ts';
import { FindImport, type FoundImport } from '../../src/application/profiles/imports/find-import.ts';
import { RequestImport } from '../../src/application/profiles/imports/request-import.ts';
import { RunImport, type ImportOutcome } from '../../src/application/profiles/imports/run-import.ts';
import type { ObservationSink } from '../../src/application/profiles/ports/observation-sink.ts';
import { importIdOf, type ImportId } from '../../src/domain/profiles/import/file-import.ts';
import { uploadKeyOf } from '../../src/domain/profiles/import/import-key.ts';
import { ContentsInMemory } from './contents-in-memory.ts';
import { ManualClock } from './manual-clock.ts';
import { ObservationsInMemory } from './observations-in-memory.ts';
import { RegistryInMemory } from './registry-in-memory.ts';

const AMPLE_MS = 15 * 60_000;

export function importIdAt(number: number): ImportId {
  return importIdOf(`00000000-0000-7000-a000-${number.toString(16).padStart(12, '0')}`);
}

/** The process has been killed: it does nothing more. */
export class Killed extends Error {}

/** At which of its effects a process is killed, counted from 1, and whether this one is still done. */
export interface Blow {
  readonly at: number;
  readonly isDone: boolean;
}

/** Imports by upload in memory, worked on by processes that can be killed at any of their effects. */
export class UploadedImports {
  readonly clock = new ManualClock();
  readonly objects = new ContentsInMemory();
  readonly imports = new InMemoryImports();
  readonly registry: RegistryInMemory;
  readonly figures = new ObservationsInMemory();
  /** Told to go on, and not yet taken up. */
  readonly queue: ImportId[] = [];
  /** So much time passes whenever somebody looks. */
  tickMs = 0;
  sink: ObservationSink = this.figures;
  effects = 0;
  blow: Blow | undefined;
  #slots = 0;

  constructor() {
    this.registry = new RegistryInMemory((repository) => this.#struck(repository, ['add', 'replace']));
  }

  readonly #clock = {
    now: (): string => {
      this.clock.advance(this.tickMs);
      return this.clock.now();
    },
  };

  /** A slot, with a file in it. */
  async upload(content: string | Uint8Array, map: string | object, fileName = 'a.csv'): Promise<ImportId> {
    const importId = await this.request(Buffer.byteLength(content), map, fileName);
    this.objects.put(uploadKeyOf(importId), content);
    return importId;
  }

  async request(size: number, map: string | object, fileName = 'a.csv'): Promise<ImportId> {
    const links = new StoredImportLinks(this.objects);
    const ids = { next: () => importIdAt(++this.#slots) };
    const request = new RequestImport(this.imports, links, SHIPPED_MAPS, ids, this.#clock);
    const facts = { fileName, contentType: 'text/csv', size, map };
    return (await request.execute(facts, { requestId: `request-${this.#slots + 1}` })).importId;
  }

  /** A process of its own that takes up imports. */
  process(isAlone = false): RunImport {
    return new RunImport(
      {
        imports: this.#struck(this.imports, ['save', 'claim']),
        files: new StoredImportFiles(
          this.#struck(this.objects, ['delete']),
          this.#struck(this.objects, ['write']),
        ),
        importCompanies: this.registry.importCompanies,
        observations: this.#struck(this.sink, ['record']),
        queue: this.#struck({ goOnWith: async (importId: ImportId) => void this.queue.push(importId) }, [
          'goOnWith',
        ]),
        clock: this.#clock,
      },
      isAlone,
    );
  }

  /** Works on an import, by a process of its own. */
  async run(importId: ImportId, leftMs: () => number = () => AMPLE_MS): Promise<ImportOutcome> {
    return this.process().execute(importId, { ms: leftMs });
  }

  /** Works on an import, and goes on with it as it is told, however often its process is killed. */
  async runToEnd(importId: ImportId, leftMs?: () => number): Promise<void> {
    this.queue.push(importId);
    for (let message = this.queue.shift(); message !== undefined; message = this.queue.shift()) {
      try {
        await this.run(message, leftMs);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        // A message stays until it is done; by then, the lease of the dead has ended.
        this.blow = undefined;
        this.clock.advance(60 * 60_000);
        this.queue.push(message);
      }
    }
  }

  async find(importId: ImportId): Promise<FoundImport> {
    return new FindImport(this.imports, new StoredImportLinks(this.objects), this.clock).execute(importId);
  }

  #struck<Port extends object>(port: Port, effects: readonly (keyof Port & string)[]): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        const call = (...given: unknown[]): unknown => Reflect.apply(member, target, given);
        if (!effects.some((effect) => effect === name)) return call;
        return async (...given: unknown[]) => {
          const at = ++this.effects;
          if (this.blow !== undefined && at > this.blow.at) throw new Killed();
          if (at !== this.blow?.at) return call(...given);
          if (this.blow.isDone) await call(...given);
          throw new Killed();
        };
      },
    });
  }
}

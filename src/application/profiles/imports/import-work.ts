import { isKept, type FileImport, type RunningImport } from '../../../domain/profiles/import/file-import.ts';
import { uploadKeyOf } from '../../../domain/profiles/import/import-key.ts';
import { nextPartOf, partsOf, possiblePartsOf } from '../../../domain/profiles/import/import-progress.ts';
import {
  finished,
  gotOn,
  isLeased,
  letGo,
  lookedThrough,
  repeated,
} from '../../../domain/profiles/import/import-steps.ts';
import { ObjectGone } from '../ports/object-contents.ts';
import { InvalidInput, Unavailable } from '../../../domain/shared/errors.ts';
import { millisecondsBetween, type Clock } from '../../../domain/shared/time.ts';
import type { ImportCompanies } from '../import-companies.ts';
import type { ImportFiles } from '../ports/import-files.ts';
import type { ImportQueue } from '../ports/import-queue.ts';
import type { Imports } from '../ports/imports.ts';
import type { ObservationSink } from '../ports/observation-sink.ts';
import { KeptCompanies } from './kept-companies.ts';
import { Rejections } from './rejections.ts';
import { Stretch } from './stretch.ts';

export interface ImportWorkCollaborators {
  readonly imports: Imports;
  readonly files: ImportFiles;
  readonly importCompanies: Pick<ImportCompanies, 'execute'>;
  readonly observations: ObservationSink;
  readonly queue: ImportQueue;
  readonly clock: Clock;
}

/** How long the one who works may go on. */
export interface TimeLeft {
  ms(): number;
}

/** Someone else has taken up the import meanwhile: it is theirs. */
export class ImportTakenOver extends Unavailable {
  constructor() {
    super('Someone else works on the import by now.');
  }
}

/** With less time than this nothing new is begun: what is under way, and keeping it, may take as long. */
const RESERVE_MS = 60_000;
/** Progress is kept so often. */
const LONGEST_STRETCH_MS = 2_000;
/** What is rejected is in memory until it is kept. */
const MOST_REJECTED_CHARACTERS = 1_000_000;
const CLAIMS = 8;

/** The work of one who has taken up an import: until its end, or until time is short. */
export class ImportWork {
  #current: RunningImport;

  constructor(
    private readonly collaborators: ImportWorkCollaborators,
    taken: RunningImport,
    private readonly timeLeft: TimeLeft,
  ) {
    this.#current = taken;
  }

  /** The import as this one has left it. */
  get current(): RunningImport {
    return this.#current;
  }

  /** @throws ImportTakenOver; InvalidInput and others where it can come to nothing; Unavailable and others where it may */
  async run(): Promise<'done' | 'repeated' | 'goes-on'> {
    if (this.#current.digest === undefined) {
      const first = await this.#lookThrough();
      if (first) return this.#repeat(first);
    }
    if (!(await this.#importRows())) return this.#goOn();
    return this.#finish();
  }

  /** Finds out what there is to do; answers the import that has done or does it already. */
  async #lookThrough(): Promise<FileImport | undefined> {
    const { importId, size } = this.#current;
    const uploaded = await this.collaborators.files.sizeOf(importId);
    if (uploaded === undefined) throw new ObjectGone(uploadKeyOf(importId));
    if (uploaded !== size)
      throw InvalidInput.at([], `The file has ${uploaded} bytes, and its slot was for ${size}.`);
    const { digest, rows } = await this.collaborators.files.lookThrough(this.#current);
    const first = await this.#claim(digest);
    if (first === undefined) await this.#save(lookedThrough(this.#current, digest, rows));
    return first;
  }

  /** Has this import stand for the digest, or answers the one that does. */
  async #claim(digest: string): Promise<FileImport | undefined> {
    const { imports, clock } = this.collaborators;
    const { importId, expiresAt } = this.#current;
    for (let tries = 0; tries < CLAIMS; tries++) {
      const holder = await imports.firstOf(digest);
      if (holder === importId) return undefined;
      const first = holder && (await imports.find(holder));
      const stands = first && isKept(first, clock.now()) && first.status !== 'failed';
      if (stands) return first;
      if (await imports.claim(digest, importId, holder, expiresAt)) return undefined;
    }
    throw new Unavailable('Too many import the same file at once.');
  }

  async #repeat(first: FileImport): Promise<'repeated'> {
    const { imports, files, queue, clock } = this.collaborators;
    const { importId, version } = this.#current;
    // Nobody waits for an import that nobody is at work on.
    if (first.status === 'running' && !isLeased(first, clock.now())) await queue.goOnWith(first.importId);
    if (!(await imports.save(repeated(this.#current, first), version))) throw new ImportTakenOver();
    await files.clear(importId, possiblePartsOf(this.#current.progress));
    return 'repeated';
  }

  /** Answers whether all are done. */
  async #importRows(): Promise<boolean> {
    const { files, importCompanies, observations, clock } = this.collaborators;
    const { importId, requestId, progress } = this.#current;
    if (progress.rows === progress.rowsInFile) return true;
    const named = new KeptCompanies();
    for await (const companyId of files.namedIn(importId, partsOf(progress))) named.add(companyId);
    named.takeFresh();
    const sink = files.hasObservations(this.#current) ? observations : undefined;
    const rows = (await files.rowsOf(this.#current, progress.rows))[Symbol.asyncIterator]();
    try {
      for (;;) {
        const begunAt = clock.now();
        const rejections = new Rejections();
        const isOver = (): boolean =>
          this.#isTimeShort() ||
          rejections.characters > MOST_REJECTED_CHARACTERS ||
          millisecondsBetween(begunAt, clock.now()) > LONGEST_STRETCH_MS;
        const stretch = new Stretch(rows, isOver);
        const read = stretch.read();
        const counts = await importCompanies.execute(read, { requestId }, rejections, sink, named);
        const part = nextPartOf(this.#current.progress);
        await files.keepPart(importId, part, { rejected: rejections.rows, named: named.takeFresh() });
        const hasRejected = rejections.rows.length > 0;
        await this.#save(gotOn(this.#current, { rows: stretch.rows, counts, hasRejected }));
        if (this.#isTimeShort()) return false;
        if (stretch.isLast) return true;
      }
    } finally {
      await rows.return?.();
    }
  }

  async #goOn(): Promise<'goes-on'> {
    await this.#save(letGo(this.#current));
    await this.collaborators.queue.goOnWith(this.#current.importId);
    return 'goes-on';
  }

  async #finish(): Promise<'done'> {
    const { imports, files, clock } = this.collaborators;
    const { importId, progress, version } = this.#current;
    const parts = partsOf(progress);
    if (progress.hasRejected) await files.writeRejectedRows(importId, parts);
    if (!(await imports.save(finished(this.#current, clock.now()), version))) throw new ImportTakenOver();
    await files.clear(importId, possiblePartsOf(progress));
    return 'done';
  }

  async #save(after: RunningImport): Promise<void> {
    if (!(await this.collaborators.imports.save(after, this.#current.version))) throw new ImportTakenOver();
    this.#current = after;
  }

  #isTimeShort(): boolean {
    return this.timeLeft.ms() < RESERVE_MS;
  }
}

import { isKept, type ImportId, type RunningImport } from '../../../domain/profiles/import/file-import.ts';
import { partsOf, possiblePartsOf } from '../../../domain/profiles/import/import-progress.ts';
import {
  failed,
  isLeased,
  letGo,
  MOST_ATTEMPTS,
  takenUp,
} from '../../../domain/profiles/import/import-steps.ts';
import { RegistryError, Unavailable } from '../../../domain/shared/errors.ts';
import { ObjectGone } from '../ports/object-contents.ts';
import { ImportTakenOver, ImportWork, type ImportWorkCollaborators, type TimeLeft } from './import-work.ts';

/** `ended` and `unknown`: there was nothing to do, but for deleting what lay there. */
export type ImportOutcome =
  | { readonly outcome: 'done' | 'repeated' | 'goes-on' | 'ended' | 'unknown' }
  | { readonly outcome: 'failed'; readonly reason: string };

/** Longer than one who works on an import may live on after his time. */
const LEASE_MARGIN_MS = 10_000;

/**
 * Imports an uploaded file: as `ImportCompanies` does it, and in several goes where one is too short.
 *
 * What is done is kept every two seconds. Whatever ends a go, the next one begins there, so that no row is lost; rows that
 * were done, and not yet kept, are done again, which changes nothing but that they count as unchanged.
 */
export class RunImport {
  readonly #underWay = new Set<ImportId>();

  /** @param isAlone whether nobody outside of this process works on imports, so that a lease that is not its own is void */
  constructor(
    private readonly collaborators: ImportWorkCollaborators,
    private readonly isAlone: boolean,
  ) {}

  /**
   * What is thrown may succeed when it is tried again; more than five tries in a row, and the import has failed.
   *
   * @throws Unavailable where someone else works on the import, or something does not answer
   */
  async execute(importId: ImportId, timeLeft: TimeLeft): Promise<ImportOutcome> {
    if (this.#underWay.has(importId)) throw new ImportTakenOver();
    this.#underWay.add(importId);
    try {
      return await this.#execute(importId, timeLeft);
    } finally {
      this.#underWay.delete(importId);
    }
  }

  async #execute(importId: ImportId, timeLeft: TimeLeft): Promise<ImportOutcome> {
    const { imports, files, clock } = this.collaborators;
    const now = clock.now();
    const found = await imports.find(importId);
    if (found === undefined || !isKept(found, now)) {
      await files.clear(importId, []);
      return { outcome: 'unknown' };
    }
    if (found.status !== 'waiting' && found.status !== 'running') {
      // A link may be used once more, and a file may have been left behind.
      await files.clear(importId, found.status === 'repeated' ? [] : possiblePartsOf(found.progress));
      return { outcome: 'ended' };
    }
    if (!this.isAlone && isLeased(found, now)) throw new ImportTakenOver();
    const taken = takenUp(found, laterBy(timeLeft.ms() + LEASE_MARGIN_MS, now), now);
    if (!(await imports.save(taken, found.version))) throw new ImportTakenOver();
    if (taken.attempts > MOST_ATTEMPTS) return this.#fail(taken, gaveUp());
    return this.#work(taken, timeLeft);
  }

  async #work(taken: RunningImport, timeLeft: TimeLeft): Promise<ImportOutcome> {
    const work = new ImportWork(this.collaborators, taken, timeLeft);
    try {
      return { outcome: await work.run() };
    } catch (error) {
      if (error instanceof ImportTakenOver) throw error;
      const { current } = work;
      const reason = reasonIn(error) ?? (current.attempts >= MOST_ATTEMPTS ? gaveUp(error) : undefined);
      if (reason !== undefined) return await this.#fail(current, reason);
      // Where not even this succeeds, the lease ends by itself: what is to be told is the first error.
      await this.collaborators.imports.save(letGo(current), current.version).catch(() => false);
      throw error;
    }
  }

  async #fail(current: RunningImport, reason: string): Promise<ImportOutcome> {
    const { imports, files, clock } = this.collaborators;
    const { importId, progress, version } = current;
    const parts = partsOf(progress);
    if (progress.hasRejected) await files.writeRejectedRows(importId, parts);
    if (!(await imports.save(failed(current, reason, clock.now()), version))) throw new ImportTakenOver();
    await files.clear(importId, possiblePartsOf(progress));
    return { outcome: 'failed', reason };
  }
}

/** Why an import can come to nothing, in words; undefined where it may succeed later. */
function reasonIn(error: unknown): string | undefined {
  if (error instanceof ObjectGone)
    return 'The uploaded file is gone. Ask for a new slot, and upload it again.';
  return error instanceof RegistryError && !(error instanceof Unavailable) ? error.message : undefined;
}

function gaveUp(error?: unknown): string {
  const why = error instanceof RegistryError ? ` ${error.message}` : '';
  return `It did not get on in ${MOST_ATTEMPTS} attempts.${why} Ask for a new slot, and upload the file again: what is done changes nothing then.`;
}

function laterBy(ms: number, now: string): string {
  return new Date(Date.parse(now) + ms).toISOString();
}

import { ImportNotFound } from '../../../domain/profiles/errors.ts';
import {
  isKept,
  type FileImport,
  type ImportId,
  type RepeatedImport,
} from '../../../domain/profiles/import/file-import.ts';
import type { Clock } from '../../../domain/shared/time.ts';
import type { ImportLinks } from '../ports/import-links.ts';
import type { Imports } from '../ports/imports.ts';
import type { DownloadLink } from '../ports/object-store.ts';

export interface FoundImport {
  readonly asked: FileImport;
  /** What tells of it: the import itself, or the first one of the same file by the same map. */
  readonly report: Exclude<FileImport, RepeatedImport>;
  /** Where its rejected rows are; absent before its end, and where there is none. */
  readonly rejectedRows?: DownloadLink;
}

/** How far an import by upload has come, or what it came to. */
export class FindImport {
  constructor(
    private readonly imports: Pick<Imports, 'find'>,
    private readonly links: Pick<ImportLinks, 'rejectedRowsLink'>,
    private readonly clock: Clock,
  ) {}

  /** @throws ImportNotFound */
  async execute(importId: ImportId): Promise<FoundImport> {
    const now = this.clock.now();
    const asked = await this.#find(importId, now);
    const report = asked?.status === 'repeated' ? await this.#find(asked.sameAs, now) : asked;
    // A first one is itself never repeated.
    if (asked === undefined || report === undefined || report.status === 'repeated')
      throw new ImportNotFound(importId);
    const hasEnded = report.status === 'done' || report.status === 'failed';
    if (!hasEnded || !report.progress.hasRejected) return { asked, report };
    return { asked, report, rejectedRows: await this.links.rejectedRowsLink(report, now) };
  }

  async #find(importId: ImportId, now: string): Promise<FileImport | undefined> {
    const found = await this.imports.find(importId);
    return found && isKept(found, now) ? found : undefined;
  }
}

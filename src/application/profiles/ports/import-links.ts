import type { FileFacts, FileImport, ImportId } from '../../../domain/profiles/import/file-import.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { DownloadLink, UploadLink } from './object-store.ts';

/** Where those who ask for imports reach their files. */
export interface ImportLinks {
  /** A link that creates the file of an import, once. */
  uploadLink(importId: ImportId, facts: FileFacts, now: Instant): Promise<UploadLink>;

  /** A link to the file of the rejected rows, whose cells no spreadsheet runs. */
  rejectedRowsLink(fileImport: FileImport, now: Instant): Promise<DownloadLink>;
}

import type { ImportLinks } from '../../application/profiles/ports/import-links.ts';
import type { DownloadLink, ObjectStore, UploadLink } from '../../application/profiles/ports/object-store.ts';
import type { FileFacts, FileImport, ImportId } from '../../domain/profiles/import/file-import.ts';
import { rejectedKeyOf, uploadKeyOf } from '../../domain/profiles/import/import-key.ts';
import type { Instant } from '../../domain/shared/time.ts';

/** Links to the files of imports in an object store, next to the documents. */
export class StoredImportLinks implements ImportLinks {
  constructor(private readonly objects: Pick<ObjectStore, 'uploadLink' | 'downloadLink'>) {}

  async uploadLink(importId: ImportId, facts: FileFacts, now: Instant): Promise<UploadLink> {
    const { contentType, size } = facts;
    return this.objects.uploadLink({ objectKey: uploadKeyOf(importId), contentType, size }, now);
  }

  async rejectedRowsLink({ importId, fileName }: FileImport, now: Instant): Promise<DownloadLink> {
    const name = `${fileName}.rejected.csv`;
    return this.objects.downloadLink(rejectedKeyOf(importId), name, 'text/csv; charset=utf-8', now);
  }
}

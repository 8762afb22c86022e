import { counts, type DocumentId, type StoredDocument } from '../../../domain/profiles/document.ts';
import { DocumentNotArrived, DocumentNotFound, DocumentRefused } from '../../../domain/profiles/errors.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Clock } from '../../../domain/shared/time.ts';
import type { Documents } from '../ports/documents.ts';
import type { DownloadLink, ObjectStore } from '../ports/object-store.ts';

/** One document, and where its content is. */
export class FindDocument {
  constructor(
    private readonly documents: Pick<Documents, 'find'>,
    private readonly objects: Pick<ObjectStore, 'downloadLink'>,
    private readonly clock: Clock,
  ) {}

  /** @throws DocumentNotFound, DocumentNotArrived, DocumentRefused */
  async execute(
    companyId: CompanyId,
    documentId: DocumentId,
  ): Promise<{ readonly document: StoredDocument; readonly download: DownloadLink }> {
    const now = this.clock.now();
    const replica = await this.documents.find(companyId, documentId, 'eventual');
    // What has just arrived is asked for most: a replica may not know it yet.
    const record =
      replica?.status === 'stored' ? replica : await this.documents.find(companyId, documentId, 'strong');
    if (record === undefined || !counts(record, now)) throw new DocumentNotFound(companyId, documentId);
    switch (record.status) {
      case 'stored': {
        const { objectKey, fileName, contentType } = record;
        const download = await this.objects.downloadLink(objectKey, fileName, contentType, now);
        return { document: record, download };
      }
      case 'awaited':
        throw new DocumentNotArrived(companyId, documentId);
      case 'refused':
        throw new DocumentRefused(companyId, documentId, record.reason);
      case 'vanished':
      case 'removed':
        throw new DocumentNotFound(companyId, documentId);
    }
  }
}

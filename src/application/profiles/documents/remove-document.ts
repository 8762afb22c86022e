import { objectKeyOf } from '../../../domain/profiles/document-key.ts';
import { counts, type DocumentId, type DocumentRecord } from '../../../domain/profiles/document.ts';
import { DocumentNotFound } from '../../../domain/profiles/errors.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { Unavailable } from '../../../domain/shared/errors.ts';
import type { Clock } from '../../../domain/shared/time.ts';
import type { WriteContext } from '../ports/company-repository.ts';
import type { Documents } from '../ports/documents.ts';
import type { ObjectStore } from '../ports/object-store.ts';

const TRIES = 8;

/** Removes a document, or a slot, for good: what is uploaded by its link afterwards is deleted. */
export class RemoveDocument {
  constructor(
    private readonly documents: Pick<Documents, 'find' | 'save'>,
    private readonly objects: Pick<ObjectStore, 'delete'>,
    private readonly clock: Clock,
  ) {}

  /** @throws DocumentNotFound */
  async execute(companyId: CompanyId, documentId: DocumentId, { requestId }: WriteContext): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const now = this.clock.now();
      const record = await this.documents.find(companyId, documentId, 'strong');
      if (record === undefined || !counts(record, now)) throw new DocumentNotFound(companyId, documentId);
      const { status, objectKey, version, sequencer } = record;
      // After the first try, others have seen that the object is gone, or that the removal is done.
      const isOwn = tries > 0;
      if (isOwn && status === 'removed') return;
      if (status !== 'stored' && status !== 'awaited' && !(isOwn && status === 'vanished'))
        throw new DocumentNotFound(companyId, documentId);
      // The object first: whatever stops this half-way, no object is left of which nothing is known.
      await this.objects.delete(objectKey);
      const known = { companyId, documentId, objectKey, ...(sequencer !== undefined && { sequencer }) };
      const after = { ...known, version: version + 1, requestId };
      // A key that was not made for one slot may be used again, by whoever has access to the store itself.
      const removed: DocumentRecord =
        'fileName' in record && objectKey !== objectKeyOf(companyId, documentId)
          ? { ...after, status: 'vanished', fileName: record.fileName, vanishedAt: now }
          : { ...after, status: 'removed', removedAt: now };
      if (await this.documents.save(removed, version)) return;
    }
    throw new Unavailable('Too many change the document at once.');
  }
}

import { documentFactsOf, type DocumentFacts, type DocumentId } from '../../../domain/profiles/document.ts';
import { objectKeyOf } from '../../../domain/profiles/document-key.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Clock } from '../../../domain/shared/time.ts';
import type { FindCompany } from '../find-company.ts';
import type { WriteContext } from '../ports/company-repository.ts';
import type { DocumentIds } from '../ports/document-ids.ts';
import type { Documents } from '../ports/documents.ts';
import type { ObjectStore, UploadLink } from '../ports/object-store.ts';

/** Where one document goes. */
export interface DocumentSlot {
  readonly documentId: DocumentId;
  readonly upload: UploadLink;
}

/** Longer than any notification of an object takes that was uploaded by the last moment of its link. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export class RequestUpload {
  constructor(
    private readonly findCompany: Pick<FindCompany, 'execute'>,
    private readonly documents: Pick<Documents, 'save'>,
    private readonly objects: Pick<ObjectStore, 'uploadLink'>,
    private readonly ids: DocumentIds,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput, CompanyNotFound */
  async execute(
    companyId: CompanyId,
    declared: DocumentFacts,
    { requestId }: WriteContext,
  ): Promise<DocumentSlot> {
    const facts = documentFactsOf(declared);
    await this.findCompany.execute(companyId);
    const documentId = this.ids.next();
    const objectKey = objectKeyOf(companyId, documentId);
    const now = this.clock.now();
    const expiresAt = new Date(Date.parse(now) + KEPT_MS).toISOString();
    const slot = { companyId, documentId, objectKey, ...facts, requestId, version: 1, expiresAt };
    await this.documents.save({ ...slot, status: 'awaited' }, 0);
    const { contentType, size, sha256 } = facts;
    const place = { objectKey, contentType, size, ...(sha256 !== undefined && { sha256 }) };
    return { documentId, upload: await this.objects.uploadLink(place, now) };
  }
}

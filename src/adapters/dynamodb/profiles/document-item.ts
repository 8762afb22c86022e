import type { DocumentRecord } from '../../../domain/profiles/document.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Item } from '../errors.ts';
import { companyPk, key, type ItemKey } from '../keys.ts';

/** Begins the sort keys of documents. */
export const DOCUMENT_PREFIX = key('DOCUMENT', '');

export function documentKey(companyId: CompanyId, documentId: string): ItemKey {
  return { pk: companyPk(companyId), sk: key('DOCUMENT', documentId) };
}

export function documentItem(record: DocumentRecord): Item {
  const { expiresAt, ...rest } = record;
  return {
    ...documentKey(record.companyId, record.documentId),
    ...rest,
    // The table's time to live is in seconds since 1970.
    ...(expiresAt !== undefined && { expiresAt: Math.ceil(Date.parse(expiresAt) / 1000) }),
  };
}

export function documentOf({ pk: _pk, sk: _sk, expiresAt, ...record }: Item): DocumentRecord {
  const expiry = expiresAt !== undefined && { expiresAt: new Date(Number(expiresAt) * 1000).toISOString() };
  return { ...record, ...expiry } as unknown as DocumentRecord;
}

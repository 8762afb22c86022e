import { v5, v7 } from 'uuid';
import type { DocumentIds } from '../../application/profiles/ports/document-ids.ts';
import { documentIdOf, type DocumentId } from '../../domain/profiles/document.ts';

// Never to be changed: every id of an object without a slot is made of it.
const NAMESPACE = '5b0f6d0e-4a29-4d5c-9d5e-6f3f1f0b8f6c';

export class UuidDocumentIds implements DocumentIds {
  next(): DocumentId {
    return documentIdOf(v7());
  }

  ofObject(objectKey: string): DocumentId {
    return documentIdOf(v5(objectKey, NAMESPACE));
  }
}

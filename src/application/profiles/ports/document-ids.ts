import type { DocumentId } from '../../../domain/profiles/document.ts';

export interface DocumentIds {
  /** A new id that no one else has, later than the ones before it in sort order. */
  next(): DocumentId;
  /** The same id for the same object, always. */
  ofObject(objectKey: string): DocumentId;
}

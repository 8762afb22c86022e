import { createHash } from 'node:crypto';
import type { DocumentIds } from '../../src/application/profiles/ports/document-ids.ts';
import type { DocumentId } from '../../src/domain/profiles/document.ts';
import { documentIdAt } from './document-mother.ts';

/** The ids of the numbers from 1. */
export class SequentialDocumentIds implements DocumentIds {
  #last = 0;

  next(): DocumentId {
    return documentIdAt(++this.#last);
  }

  ofObject(objectKey: string): DocumentId {
    return documentIdAt(2 ** 40 + createHash('sha256').update(objectKey).digest().readUInt32BE());
  }
}

import type { DocumentRecord } from '../../domain/profiles/document.ts';

/** Two states of what is known of one document, as the table's stream tells them. */
export interface DocumentChange {
  readonly before?: DocumentRecord;
  readonly after?: DocumentRecord;
  /** The request that wrote `after`, where there was one. */
  readonly requestId?: string;
}

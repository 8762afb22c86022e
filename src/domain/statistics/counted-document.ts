import type { CompanyId } from '../shared/company-id.ts';
import { isSame } from '../shared/equality.ts';
import type { Instant } from '../shared/time.ts';
import {
  comparePositions,
  LAST_VERSION,
  type FollowOutcome,
  type ProfilePosition,
} from './tracked-company.ts';

/** What is counted of a document. */
export interface DocumentContent {
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
}

/** A document of a company as it is counted; one that was removed keeps its place, so that nothing older brings it back. */
export interface CountedDocument {
  readonly documentId: string;
  /** Where the document itself stood: its own version. */
  readonly position: ProfilePosition;
  /** Absent where it was removed. */
  readonly content?: DocumentContent;
  /** The request that caused it, for those who follow it through both services. */
  readonly requestId?: string;
}

/** What the profiles service said of a document at one position. */
export interface DocumentChange extends CountedDocument {
  readonly companyId: CompanyId;
  readonly changedAt: Instant;
}

/**
 * What following a change does to a document, given what is known of it. It needs no order of arrival. Unlike a company,
 * a document that was removed may come again, at a later version.
 */
export function followDocument(known: CountedDocument | undefined, change: CountedDocument): FollowOutcome {
  if (known === undefined) return 'followed';
  const order = comparePositions(change.position, known.position);
  if (order < 0) return 'stale';
  if (order > 0) return 'followed';
  return isSame(known.content, change.content) ? 'duplicate' : 'fork';
}

/** What is kept of a document that a restore from a backup has undone: nothing of its epoch brings it back. */
export function buriedDocument(documentId: string, epoch: number): CountedDocument {
  return { documentId, position: { epoch, version: LAST_VERSION } };
}

import { isRemoved } from '../../../domain/profiles/company.ts';
import { arrived, isOf, vanished, type Notified } from '../../../domain/profiles/document-arrival.ts';
import { placeOf } from '../../../domain/profiles/document-key.ts';
import { counts, type DocumentRecord } from '../../../domain/profiles/document.ts';
import { isEarlier } from '../../../domain/profiles/sequencer.ts';
import { SNIFFED_BYTES } from '../../../domain/profiles/sniffed-type.ts';
import { Unavailable } from '../../../domain/shared/errors.ts';
import type { Clock, Instant } from '../../../domain/shared/time.ts';
import type { CompanyRepository } from '../ports/company-repository.ts';
import type { DocumentIds } from '../ports/document-ids.ts';
import type { Documents } from '../ports/documents.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { SetAsideObjects } from '../ports/set-aside-objects.ts';

/** That something may have become of an object. What it was is not believed. */
export interface ObjectNotification {
  readonly objectKey: string;
  readonly sequencer?: string;
  readonly notifiedAt: Instant;
}

export type Following =
  | { readonly outcome: 'stored' | 'vanished' | 'unchanged' | 'deleted' | 'earlier' }
  | { readonly outcome: 'refused' | 'set-aside'; readonly reason: string };

const TRIES = 8;

/**
 * Keeps what is known of documents with what is in the object store. A notification is a hint to look: sent twice, late or
 * in any order, it comes to the same.
 */
export class FollowObject {
  constructor(
    private readonly documents: Pick<Documents, 'find' | 'save'>,
    private readonly objects: Pick<ObjectStore, 'look' | 'delete'>,
    private readonly companies: Pick<CompanyRepository, 'find'>,
    private readonly aside: Pick<SetAsideObjects, 'keep'>,
    private readonly ids: DocumentIds,
    private readonly clock: Clock,
  ) {}

  /** Follows an object; sets it aside where it belongs to nothing. What is thrown may succeed later. @throws Unavailable */
  async execute(notification: ObjectNotification): Promise<Following> {
    const following = await this.attempt(notification);
    if (following.outcome === 'set-aside') await this.setAside(notification, following.reason);
    return following;
  }

  /** The same, without setting it aside. @throws Unavailable */
  async attempt({ objectKey, sequencer }: ObjectNotification): Promise<Following> {
    const place = placeOf(objectKey);
    if (place === undefined) return setAside('The key is not documents/<companyId>/<name of the document>.');
    const { companyId, documentId = this.ids.ofObject(objectKey), fileName } = place;
    const notified = {
      companyId,
      documentId,
      objectKey,
      fileName,
      ...(sequencer !== undefined && { sequencer }),
    };
    for (let tries = 0; tries < TRIES; tries++) {
      const record = await this.documents.find(companyId, documentId, 'strong');
      const following = await this.#follow(notified, record);
      if (following !== undefined) return following;
    }
    throw new Unavailable('Too many change the document at once.');
  }

  /** Keeps a notification for a person. */
  async setAside({ objectKey, notifiedAt }: ObjectNotification, reason: string): Promise<Following> {
    await this.aside.keep({ objectKey, reason, notifiedAt });
    return setAside(reason);
  }

  /** Undefined where somebody else changed the document in the meantime. */
  async #follow(notified: Notified, record: DocumentRecord | undefined): Promise<Following | undefined> {
    const { objectKey, sequencer } = notified;
    const now = this.clock.now();
    const before = record && counts(record, now) ? record : undefined;
    const isLate = sequencer !== undefined && before?.sequencer !== undefined;
    if (isLate && isEarlier(sequencer, before.sequencer)) return { outcome: 'earlier' };
    const object = await this.objects.look(objectKey, SNIFFED_BYTES);
    if (before?.status === 'removed' || before?.status === 'refused') {
      if (object === undefined) return { outcome: 'unchanged' };
      await this.objects.delete(objectKey);
      return { outcome: 'deleted' };
    }
    const versionBefore = record?.version ?? 0;
    if (object === undefined) {
      const isKnown = before?.status === 'vanished' || before?.status === 'awaited';
      if (isKnown && (sequencer === undefined || sequencer === before.sequencer))
        return { outcome: 'unchanged' };
      const after = vanished(before, versionBefore + 1, notified, now);
      return (await this.documents.save(after, versionBefore)) ? { outcome: 'vanished' } : undefined;
    }
    if (before?.status === 'stored' && isOf(before, object)) return { outcome: 'unchanged' };
    if (before?.status !== 'stored' && !(await this.#isThere(notified)))
      return setAside(`There is no company ${notified.companyId}.`);
    const after = arrived(before, versionBefore + 1, notified, object, now);
    if (!(await this.documents.save(after, versionBefore))) return undefined;
    if (after.status === 'stored') return { outcome: 'stored' };
    await this.objects.delete(objectKey);
    return { outcome: 'refused', reason: after.reason };
  }

  async #isThere({ companyId }: Notified): Promise<boolean> {
    const company = await this.companies.find(companyId, 'strong');
    return company !== undefined && !isRemoved(company);
  }
}

function setAside(reason: string): Following {
  return { outcome: 'set-aside', reason };
}

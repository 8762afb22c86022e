import type { StoredObject } from '../../../domain/profiles/document-arrival.ts';
import type { Instant } from '../../../domain/shared/time.ts';

/** What may be uploaded, once, and to where. */
export interface UploadPlace {
  readonly objectKey: string;
  readonly contentType: string;
  /** In bytes, no more and no fewer. */
  readonly size: number;
  /** 64 hexadecimal digits, where the content is known. */
  readonly sha256?: string;
}

/** A request that uploads a content, sent with these headers and no credentials. */
export interface UploadLink {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Instant;
}

export interface DownloadLink {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** Where the contents of documents are. */
export interface ObjectStore {
  /** A link that creates the object, and never replaces one. */
  uploadLink(place: UploadPlace, now: Instant): Promise<UploadLink>;

  /** A link to the content, which browsers save under the name and do not show. */
  downloadLink(objectKey: string, fileName: string, contentType: string, now: Instant): Promise<DownloadLink>;

  /** The object as it is now, with its first bytes; undefined where there is none. @throws Unavailable */
  look(objectKey: string, firstBytes: number): Promise<StoredObject | undefined>;

  /** Deletes the object, if there is one. @throws Unavailable */
  delete(objectKey: string): Promise<void>;
}

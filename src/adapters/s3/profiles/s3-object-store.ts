import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type {
  DownloadLink,
  ObjectStore,
  UploadLink,
  UploadPlace,
} from '../../../application/profiles/ports/object-store.ts';
import type { StoredObject } from '../../../domain/profiles/document-arrival.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { attachmentNamed } from '../../http/content-disposition.ts';
import { s3Answer } from '../s3-answer.ts';

const LINK_S = 5 * 60;
const CHECKSUM = 'x-amz-checksum-sha256';

export class S3ObjectStore implements ObjectStore {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async uploadLink({ objectKey, contentType, size, sha256 }: UploadPlace, now: Instant): Promise<UploadLink> {
    const checksum = sha256 === undefined ? undefined : Buffer.from(sha256, 'hex').toString('base64');
    const request = new PutObjectCommand({
      Bucket: this.bucket,
      Key: objectKey,
      ContentType: contentType,
      ContentLength: size,
      IfNoneMatch: '*',
      ...(checksum !== undefined && { ChecksumSHA256: checksum }),
    });
    const url = await getSignedUrl(this.client, request, {
      expiresIn: LINK_S,
      signingDate: new Date(now),
      // By itself, the signer leaves the type out, and S3 would take any.
      signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match', CHECKSUM]),
      unhoistableHeaders: new Set([CHECKSUM]),
    });
    const headers = {
      'content-type': contentType,
      'if-none-match': '*',
      ...(checksum !== undefined && { [CHECKSUM]: checksum }),
    };
    return { method: 'PUT', url, headers, expiresAt: expiryOf(now) };
  }

  async downloadLink(
    objectKey: string,
    fileName: string,
    contentType: string,
    now: Instant,
  ): Promise<DownloadLink> {
    const request = new GetObjectCommand({
      Bucket: this.bucket,
      Key: objectKey,
      // S3 cannot be told to say nosniff: as an attachment, a browser saves the content, whatever it looks like.
      ResponseContentDisposition: attachmentNamed(fileName),
      ResponseContentType: contentType,
      ResponseCacheControl: 'private, no-store',
    });
    const options = { expiresIn: LINK_S, signingDate: new Date(now) };
    return { url: await getSignedUrl(this.client, request, options), expiresAt: expiryOf(now) };
  }

  async look(objectKey: string, firstBytes: number): Promise<StoredObject | undefined> {
    const place = { Bucket: this.bucket, Key: objectKey };
    const head = await s3Answer(() =>
      this.client.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' })),
    );
    if (head === undefined) return undefined;
    const { ContentLength: size = 0, ContentType: contentType, ETag: entityTag = '', LastModified } = head;
    // The digest of an object that came in parts is one of its parts' digests.
    const isWhole = head.ChecksumType !== 'COMPOSITE' && !head.ChecksumSHA256?.includes('-');
    const sha256 = isWhole ? head.ChecksumSHA256 : undefined;
    const bytes = size === 0 ? new Uint8Array() : await this.#firstBytes(objectKey, firstBytes, entityTag);
    if (bytes === undefined) return undefined;
    return {
      size,
      contentType,
      entityTag,
      storedAt: (LastModified ?? new Date(0)).toISOString(),
      firstBytes: bytes,
      ...(sha256 !== undefined && { sha256: Buffer.from(sha256, 'base64').toString('hex') }),
    };
  }

  async delete(objectKey: string): Promise<void> {
    await s3Answer(() => this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: objectKey })));
  }

  /** Undefined where the object is gone. */
  async #firstBytes(objectKey: string, count: number, entityTag: string): Promise<Uint8Array | undefined> {
    const request = new GetObjectCommand({
      Bucket: this.bucket,
      Key: objectKey,
      Range: `bytes=0-${count - 1}`,
      IfMatch: entityTag,
    });
    return s3Answer(async () => (await this.client.send(request)).Body?.transformToByteArray());
  }
}

function expiryOf(now: Instant): Instant {
  return new Date(Date.parse(now) + LINK_S * 1000).toISOString();
}

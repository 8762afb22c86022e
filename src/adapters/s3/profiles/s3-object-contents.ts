import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ObjectGone, type ObjectContents } from '../../../application/profiles/ports/object-contents.ts';
import { s3Answer } from '../s3-answer.ts';

/** S3 takes no smaller parts, but for the last one, than 5 MiB. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Contents in S3, in ranges and parts of 8 MiB: each is asked for again by itself where it fails, and no connection waits for
 * what is done with the bytes.
 */
export class S3ObjectContents implements ObjectContents {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly partBytes = PART_BYTES,
  ) {}

  async *read(objectKey: string): AsyncGenerator<Uint8Array> {
    const place = { Bucket: this.bucket, Key: objectKey };
    let entityTag: string | undefined;
    for (let from = 0, size = Infinity; from < size; from += this.partBytes) {
      const request = new GetObjectCommand({
        ...place,
        Range: `bytes=${from}-${from + this.partBytes - 1}`,
        ...(entityTag !== undefined && { IfMatch: entityTag }),
      });
      const range = await s3Answer(async () => this.#rangeOf(request));
      if (range?.bytes === undefined) throw new ObjectGone(objectKey);
      entityTag = range.ETag;
      size = Number(range.ContentRange?.split('/')[1] ?? range.bytes.length);
      yield range.bytes;
    }
  }

  async #rangeOf(request: GetObjectCommand): Promise<{
    bytes?: Uint8Array | undefined;
    ETag?: string | undefined;
    ContentRange?: string | undefined;
  }> {
    try {
      const { Body, ETag, ContentRange } = await this.client.send(request);
      return { bytes: await Body?.transformToByteArray(), ETag, ContentRange };
    } catch (error) {
      // Where there is not a byte, there is no range.
      if ((error as { name?: string }).name === 'InvalidRange') return { bytes: new Uint8Array() };
      throw error;
    }
  }

  async write(objectKey: string, contentType: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const place = { Bucket: this.bucket, Key: objectKey };
    const parts = inParts(chunks, this.partBytes);
    const { value: first = new Uint8Array() } = await parts.next();
    const second = await parts.next();
    if (second.done) {
      await s3Answer(() =>
        this.client.send(new PutObjectCommand({ ...place, ContentType: contentType, Body: first })),
      );
      return;
    }
    const upload = await s3Answer(() =>
      this.client.send(new CreateMultipartUploadCommand({ ...place, ContentType: contentType })),
    );
    const UploadId = upload?.UploadId;
    const completed: CompletedPart[] = [];
    const send = async (Body: Uint8Array): Promise<void> => {
      const PartNumber = completed.length + 1;
      const part = new UploadPartCommand({ ...place, UploadId, PartNumber, Body });
      const answer = await s3Answer(() => this.client.send(part));
      completed.push({ PartNumber, ETag: answer?.ETag });
    };
    try {
      await send(first);
      await send(second.value);
      for await (const part of parts) await send(part);
      const MultipartUpload = { Parts: completed };
      await s3Answer(() =>
        this.client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload })),
      );
    } catch (error) {
      // Where not even this succeeds, the bucket's lifecycle ends it: what is to be told is the first error.
      await this.client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
      throw error;
    }
  }
}

/** The chunks as parts of so many bytes, the last one perhaps shorter. */
async function* inParts(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array, undefined> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    while (size >= bytes) {
      const all = Buffer.concat(held);
      yield all.subarray(0, bytes);
      held = [all.subarray(bytes)];
      size -= bytes;
    }
  }
  if (size > 0) yield Buffer.concat(held);
  return undefined;
}

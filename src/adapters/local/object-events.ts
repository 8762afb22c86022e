import type { S3Event } from 'aws-lambda';
import type { ObjectChange } from './folder-object-store.ts';

/** The events that S3 would send of the objects of a folder. */
export class ObjectEvents {
  #last = 0n;

  constructor(private readonly nowMs: () => number) {}

  of(objectKey: string, eventName: ObjectChange): S3Event {
    const nowMs = this.nowMs();
    // Later than the one before, also where the clock stands still; and than those of earlier processes.
    const sequence = BigInt(nowMs) * 1_000_000n;
    this.#last = sequence > this.#last ? sequence : this.#last + 1n;
    const sequencer = this.#last.toString(16).toUpperCase().padStart(18, '0');
    return {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'local',
          eventTime: new Date(nowMs).toISOString(),
          eventName,
          userIdentity: { principalId: 'local' },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: { 'x-amz-request-id': 'local', 'x-amz-id-2': 'local' },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'document-objects',
            bucket: {
              name: 'documents',
              ownerIdentity: { principalId: 'local' },
              arn: 'arn:aws:s3:::documents',
            },
            object: {
              key: encodeURIComponent(objectKey).replaceAll('%2F', '/').replaceAll('%20', '+'),
              size: 0,
              eTag: '',
              sequencer,
            },
          },
        },
      ],
    };
  }
}

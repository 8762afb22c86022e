import { Unavailable } from '../../domain/shared/errors.ts';

/** Undefined where there is no such object. @throws Unavailable where S3 did not answer, or the object changes right now */
export async function s3Answer<Answer>(send: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await send();
  } catch (error) {
    const { name, $metadata, $fault } = error as {
      name?: string;
      $fault?: string;
      $metadata?: { httpStatusCode?: number };
    };
    const status = $metadata?.httpStatusCode;
    if (status === 404 && name !== 'NoSuchBucket') return undefined;
    const isUnanswered = $metadata !== undefined && status === undefined;
    const isTransient = isUnanswered || status === 412 || status === 429 || $fault === 'server';
    if (isTransient) throw new Unavailable('The object store did not answer in time.', { cause: error });
    throw error;
  }
}

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** What snapshots of every company may take: the longest that a Lambda runs. */
const LONGEST_MS = 15 * 60 * 1000;

/** A Lambda failed as a whole, or told nothing that could be understood. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
}

/** The client that invokes Lambdas; an endpoint is one on this machine, which knows no credentials. */
export function lambdaClient({
  endpoint,
  timeoutMs = LONGEST_MS,
}: { readonly endpoint?: string; readonly timeoutMs?: number } = {}): LambdaClient {
  return new LambdaClient({
    // What was done, but not answered, is not to be done again: the caller decides.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
}

/**
 * What a Lambda answers to an event.
 *
 * @throws InvocationFailed, and what the SDK throws where the Lambda is not there or may not be invoked
 */
export async function invokeFunction(
  client: LambdaClient,
  functionName: string,
  event: unknown,
): Promise<unknown> {
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  const text = Payload ? new TextDecoder().decode(Payload) : '';
  if (FunctionError !== undefined) throw new InvocationFailed(`${functionName} failed: ${messageIn(text)}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new InvocationFailed(`${functionName} answered with what is no JSON.`, { cause });
  }
}

/** A Lambda that fails tells `{errorType, errorMessage}`. */
function messageIn(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as Record<string, unknown>;
    return [errorType, errorMessage].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return payload;
  }
}

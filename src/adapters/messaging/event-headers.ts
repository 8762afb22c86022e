/** What may be told of a message, whatever else it says. */
export interface EventHeaders {
  readonly type?: string;
  /** The request that caused it, where it is fit for a log line. */
  readonly requestId?: string;
}

const NAME = /^[\x21-\x7e]{1,128}$/;

/** The headers of a message, as far as it has any: it may be no event, or no JSON. */
export function eventHeadersOf(text: string): EventHeaders {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return {};
  }
  const { type, requestid } = (message ?? {}) as { readonly type?: unknown; readonly requestid?: unknown };
  return { ...(isName(type) && { type }), ...(isName(requestid) && { requestId: requestid }) };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

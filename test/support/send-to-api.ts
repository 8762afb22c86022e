import { proxyEventOf } from '../../src/adapters/local/proxy-event.ts';
import { routeMatcher } from '../../src/adapters/local/route-matcher.ts';
import type { Api } from '../../src/entrypoints/composition/apis.ts';

/** What a client sees. */
export interface ClientAnswer {
  readonly status: number;
  /** The JSON body; null where there is none. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** `send('POST /v1/companies', { headers, body })`: the body leaves as JSON. */
export type Send = (
  line: string,
  sent?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: object },
) => Promise<ClientAnswer>;

/** Asks an API as API Gateway asks it. */
export function sendTo({ routes, handler }: Api): Send {
  const match = routeMatcher(new Map(routes.map((route) => [route.path, route])).values());
  return async (line, { headers = {}, body } = {}) => {
    const [method = '', url = ''] = line.split(' ');
    const { resource, parameters } = match(url) ?? { resource: { path: '/{proxy+}' }, parameters: null };
    const sent = { ...(body && { 'content-type': 'application/json' }), ...headers };
    const request = {
      method,
      url,
      httpVersion: '1.1',
      rawHeaders: Object.entries(sent).flat(),
      socket: { remoteAddress: '127.0.0.1' },
    };
    const bytes = body && Buffer.from(JSON.stringify(body));
    const answer = await handler(proxyEventOf(request, resource.path, parameters, bytes));
    return {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
      body: answer.body === '' ? null : JSON.parse(answer.body),
    };
  };
}

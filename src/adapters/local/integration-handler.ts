import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { RegistryError } from '../../domain/shared/errors.ts';
import { headerOf } from '../http/api-request.ts';
import type { ApiHandler } from '../http/api-handler.ts';
import type { DirectRoute, Integration } from '../http/direct-route.ts';
import { problemResult } from '../http/problem.ts';
import { Refusal } from '../http/refusal.ts';
import type { Log } from '../system/json-log.ts';
import { mappingTemplate, type Rendered, type TemplateInput } from './mapping-template.ts';

/** An action of a service of AWS: the body of a request, to the status and the body of its answer. @throws Unavailable */
export type Action = (body: string) => Promise<{ readonly status: number; readonly body: string }>;

export interface IntegrationHandlerOptions {
  readonly routes: readonly DirectRoute[];
  /** What the integrations of all of them call. */
  readonly action: Action;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly log: Log;
}

const JSON_TYPE = 'application/json';

/** Plays API Gateway's part where a route has no Lambda: what is behind it is called by what its templates write. */
export function createIntegrationHandler({
  routes,
  action,
  stageVariables,
  log,
}: IntegrationHandlerOptions): ApiHandler {
  const served = new Map(
    routes.map((route) => [route.path, { route, answer: answering(route.integration, log) }]),
  );

  return async (event) => {
    const { requestId } = event.requestContext;
    const { httpMethod: method, resource } = event;
    let result: APIGatewayProxyResult;
    try {
      const { route, answer } = served.get(resource) ?? raise(Refusal.unknownRoute());
      if (method !== route.method) throw Refusal.methodNotAllowed(method, route.method);
      if (!isJson(headerOf(event, 'content-type'))) throw Refusal.unsupportedMediaType([JSON_TYPE]);
      result = await answer(action, { parameters: parametersOf(event), requestId, stageVariables });
    } catch (error) {
      result = problemResult(error, requestId);
      if (!(error instanceof Refusal || error instanceof RegistryError))
        log.error('request failed', { requestId, error });
    }
    log.info('request', { requestId, method, route: resource, status: result.statusCode });
    return result;
  };
}

type Answer = (action: Action, seen: Omit<TemplateInput, 'body'>) => Promise<APIGatewayProxyResult>;

function answering({ requestTemplates, responses }: Integration, log: Log): Answer {
  const request = mappingTemplate(requestTemplates[JSON_TYPE]);
  const choices = Object.entries(responses).map(([pattern, { statusCode, responseTemplates }]) => ({
    pattern,
    status: Number(statusCode),
    render: mappingTemplate(responseTemplates[JSON_TYPE]),
  }));
  return async (action, seen) => {
    const { status, body } = await action(request({ ...seen, body: undefined }).text);
    const chosen =
      choices.find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(String(status))) ??
      choices.find(({ pattern }) => pattern === 'default') ??
      raise(new Error(`The integration has no response for ${status}`));
    const result = resultOf(chosen.render({ ...seen, body: jsonOf(body) }), chosen.status);
    const { requestId } = seen;
    if (result.statusCode >= 500) log.error('an integration failed', { requestId, status });
    return result;
  };
}

function resultOf({ text, status, headers }: Rendered, usual: number): APIGatewayProxyResult {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    statusCode: status ?? usual,
    headers: { 'content-type': JSON_TYPE, ...Object.fromEntries(named) },
    body: text,
  };
}

/** What fails before it is a service may answer with a page. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function parametersOf({
  pathParameters,
  queryStringParameters,
  headers,
}: APIGatewayProxyEvent): TemplateInput['parameters'] {
  return { path: given(pathParameters), querystring: given(queryStringParameters), header: given(headers) };
}

function given(values: Readonly<Record<string, string | undefined>> | null): Record<string, string> {
  const entries = Object.entries(values ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

function isJson(contentType = JSON_TYPE): boolean {
  return contentType.split(';')[0]?.trim().toLowerCase() === JSON_TYPE;
}

function raise(error: Error): never {
  throw error;
}

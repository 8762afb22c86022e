import type { APIGatewayAuthorizerResult, APIGatewayProxyEvent } from 'aws-lambda';
import { Unauthorized, type Authorizer } from '../access/authorizer.ts';
import type { ApiHandler } from '../http/api-handler.ts';
import { headerOf } from '../http/api-request.ts';
import { SERVICES, type Service } from '../http/guarded-routes.ts';
import { problemResult } from '../http/problem.ts';
import { Refusal } from '../http/refusal.ts';
import type { Access, GuardedRoute } from '../http/route.ts';
import type { Log } from '../system/json-log.ts';

export interface GuardedApi {
  readonly routes: readonly Pick<GuardedRoute, 'method' | 'path' | 'access'>[];
  readonly handler: ApiHandler;
}

/** Plays API Gateway's part where an authorizer stands before each route that is not open. */
export function authorizing(
  api: GuardedApi,
  authorizers: Readonly<Record<Service, Authorizer>>,
  log: Log,
): GuardedApi {
  const accessTo = new Map(api.routes.map(({ method, path, access }) => [`${method} ${path}`, access]));

  const handler: ApiHandler = async (event, context) => {
    const { httpMethod, resource, requestContext } = event;
    const isHead = httpMethod === 'HEAD';
    // What there is no route for is no secret: the handler tells.
    const access = accessTo.get(`${isHead ? 'GET' : httpMethod} ${resource}`) ?? 'open';
    if (access === 'open') return api.handler(event, context);
    try {
      const authorizer = await authorizerContext(event, access);
      return await api.handler({ ...event, requestContext: { ...requestContext, authorizer } }, context);
    } catch (error) {
      const { requestId } = requestContext;
      const result = problemResult(refusalOf(error), requestId);
      if (result.statusCode === 500) log.error('request failed', { requestId, error });
      log.info('request', { requestId, method: httpMethod, route: resource, status: result.statusCode });
      return isHead ? { ...result, body: '' } : result;
    }
  };
  return { routes: api.routes, handler };

  async function authorizerContext(event: APIGatewayProxyEvent, access: Access): Promise<AuthorizerContext> {
    const service = SERVICES.find((each) => access.startsWith(`${each}:`));
    if (service === undefined) throw new Error(`No authorizer knows the scope ${access}`);
    const method = event.httpMethod === 'HEAD' ? 'GET' : event.httpMethod;
    const methodArn = `arn:aws:execute-api:local:000000000000:local/local/${method}${event.path}`;
    const authorizationToken = headerOf(event, 'authorization') ?? '';
    const result = await authorizers[service]({ authorizationToken, methodArn });
    if (!isAllowed(result, methodArn)) throw Refusal.insufficientScope(access);
    return { ...result.context, principalId: result.principalId };
  }
}

type AuthorizerContext = NonNullable<APIGatewayProxyEvent['requestContext']['authorizer']>;

/** API Gateway hears of the reason nothing; here it is at hand. */
function refusalOf(error: unknown): unknown {
  return error instanceof Unauthorized ? Refusal.unauthorized(error.reason) : error;
}

function isAllowed({ policyDocument }: APIGatewayAuthorizerResult, methodArn: string): boolean {
  const effects = policyDocument.Statement.filter(
    (statement) =>
      'Resource' in statement && [statement.Resource].flat().some((arn) => isLike(String(arn), methodArn)),
  ).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** As a policy means it, where `*` is at the end: there it stands for anything. */
function isLike(pattern: string, arn: string): boolean {
  return pattern.endsWith('*') ? arn.startsWith(pattern.slice(0, -1)) : arn === pattern;
}

import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Statement } from 'aws-lambda';
import { SCOPES_MEMBER } from '../http/gate.ts';
import { scopeOf, type Service } from '../http/guarded-routes.ts';
import { METHODS } from '../http/route.ts';
import type { Log } from '../system/json-log.ts';
import { InvalidToken, type TokenHolder, type TokenVerifier } from './token-verifier.ts';

/**
 * Serves a Lambda authorizer of the kind TOKEN. What it answers holds for every route of the API, so that API Gateway
 * may keep it.
 *
 * @throws Unauthorized, which API Gateway answers by 401; whatever else it throws stands for no answer
 */
export type Authorizer = (
  event: Pick<APIGatewayTokenAuthorizerEvent, 'authorizationToken' | 'methodArn'>,
) => Promise<APIGatewayAuthorizerResult>;

/** API Gateway knows it by its message. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';

  /** @param reason what is wrong with the token; undefined where there is none */
  constructor(readonly reason: string | undefined) {
    super('Unauthorized');
  }
}

/** @param service whose API it stands before */
export function createAuthorizer(
  service: Service,
  verifier: Pick<TokenVerifier, 'verify'>,
  log: Log,
): Authorizer {
  return async ({ authorizationToken, methodArn }) => {
    const { subject, scopes } = await holderOf(authorizationToken);
    const stage = stageOf(methodArn);
    const denied = METHODS.filter((method) => !scopes.includes(scopeOf(service, method)));
    // Whole methods, and no paths: there is no spelling of a path that gets past.
    const withHead = denied.includes('GET') ? ['HEAD', ...denied] : denied;
    return {
      // Callers that are known otherwise, such as those who invoke directly, never have such a name.
      principalId: `token|${subject}`,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          statement('Allow', `${stage}/*`),
          ...withHead.map((method) => statement('Deny', `${stage}/${method}/*`)),
        ],
      },
      context: { [SCOPES_MEMBER]: scopes.join(' ') },
    };
  };

  async function holderOf(authorization: string): Promise<TokenHolder> {
    const [, token] = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization) ?? [];
    if (token === undefined) throw new Unauthorized(undefined);
    try {
      return await verifier.verify(token);
    } catch (error) {
      if (!(error instanceof InvalidToken)) {
        log.error('a token could not be verified', { alarm: 'issuer-unavailable', error });
        throw error;
      }
      log.info('token refused', { reason: error.message });
      throw new Unauthorized(error.message);
    }
  }
}

function statement(Effect: 'Allow' | 'Deny', Resource: string): Statement {
  return { Effect, Action: 'execute-api:Invoke', Resource };
}

/** `arn:aws:execute-api:eu-west-1:123456789012:abc/prod` of one of its methods. */
function stageOf(methodArn: string): string {
  return methodArn.split('/', 2).join('/');
}

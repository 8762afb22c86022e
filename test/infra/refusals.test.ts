import { describe, expect, it } from '@jest/globals';
import { gatewayResponses, type GatewayResponse } from '../../infra/api/gateway-responses.ts';
import { problemResult } from '../../src/adapters/http/problem.ts';
import { Refusal } from '../../src/adapters/http/refusal.ts';
import { Unavailable } from '../../src/domain/shared/errors.ts';

const told = ({ statusCode, responseTemplates, responseParameters }: GatewayResponse): object => {
  const { type } = JSON.parse(responseTemplates['application/json']) as { type: string };
  const header = (name: string): string | undefined =>
    responseParameters[`gatewayresponse.header.${name}`]?.slice(1, -1);
  return { statusCode, type, challenge: header('www-authenticate'), retryAfter: header('retry-after') };
};

describe('where an authorizer refuses', () => {
  it.each<[string, Error, string]>([
    ['UNAUTHORIZED', Refusal.unauthorized(), ''],
    ['ACCESS_DENIED', Refusal.insufficientScope('profiles:read'), ', scope="profiles:read"'],
    ['AUTHORIZER_FAILURE', new Unavailable('The issuer does not answer.'), ''],
  ])(
    'API Gateway answers as the local gateway does, but for what it cannot know: %s',
    (type, error, unknown) => {
      const { statusCode, headers = {}, body } = problemResult(error, 'any');
      const challenge = headers['www-authenticate'] as string | undefined;
      expect(told(gatewayResponses('jwt')[type]!)).toEqual({
        statusCode,
        type: (JSON.parse(body) as { type: string }).type,
        challenge: challenge?.replace(unknown, ''),
        retryAfter: headers['retry-after'],
      });
    },
  );
});

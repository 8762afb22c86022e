import { CfnParameter, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { AlarmAction } from './alarm-action.ts';
import { EntrypointFunction, type CodeOf } from './entrypoint-function.ts';
import { invocationUri } from './invocation-uri.ts';

/** Who may call an API, as API Gateway is told. */
export interface ApiGuard {
  readonly access: Settings['access'];
  /** What stands at an operation that not everyone may call. */
  readonly requirement: object;
  readonly securitySchemes: object;
  /** The Lambda that the API asks who calls. */
  readonly authorizer?: EntrypointFunction;
}

export interface ApiGuardProps {
  readonly access: Settings['access'];
  readonly service: 'profiles' | 'statistics';
  readonly codeOf: CodeOf;
  readonly alarms: AlarmAction;
}

/** As the routes' own document names them. */
const SCHEME = { iam: 'signature', jwt: 'token' } as const;
const IN_HEADER = { type: 'apiKey', name: 'Authorization', in: 'header' };

// What is decided of a token holds for every route of the API, and no longer than a few minutes.
const DECISION_KEPT = Duration.minutes(5);

/** Who may call the API of a service: whoever signs and has a policy for it, or whoever has a token of the issuer. */
export function apiGuard(scope: Construct, props: ApiGuardProps): ApiGuard {
  const { access } = props;
  const known = (scheme: object): ApiGuard => ({
    access,
    requirement: { security: [{ [SCHEME[access]]: [] }] },
    securitySchemes: { [SCHEME[access]]: { ...IN_HEADER, ...scheme } },
  });
  if (access === 'iam') return known({ 'x-amazon-apigateway-authtype': 'awsSigv4' });
  const authorizer = authorizerOf(scope, props);
  const byToken = known({
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'token',
      authorizerUri: invocationUri(authorizer),
      authorizerResultTtlInSeconds: DECISION_KEPT.toSeconds(),
    },
  });
  return { ...byToken, authorizer };
}

function authorizerOf(scope: Construct, { service, codeOf, alarms }: ApiGuardProps): EntrypointFunction {
  const parameter = (id: string, description: string, otherwise?: string): string =>
    new CfnParameter(scope, id, {
      description,
      ...(otherwise === undefined ? { minLength: 1 } : { default: otherwise }),
    }).valueAsString;
  return new EntrypointFunction(scope, 'Authorizer', {
    entrypoint: 'authorizer',
    description: 'API Gateway → who asks, and what the token grants',
    codeOf,
    timeout: Duration.seconds(10),
    memoryMb: 512,
    environment: {
      AUTHORIZED_SERVICE: service,
      JWT_ISSUER: parameter('JwtIssuer', 'The issuer of tokens, as it names itself in them.'),
      JWT_AUDIENCE: parameter('JwtAudience', 'The audiences, separated by commas, that a token may be for.'),
      JWT_JWKS_URI: parameter(
        'JwtJwksUri',
        'Where the keys of the issuer are; empty: it says so itself.',
        '',
      ),
      JWT_SCOPE_PREFIX: parameter('JwtScopePrefix', 'What the issuer puts before the names of scopes.', ''),
    },
    permissions: [],
    alarms,
    // What it throws for an invalid token; where it knows no answer, the API answers by 503, and alarms.
    refusesByErrors: true,
  });
}

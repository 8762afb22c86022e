import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { SCOPES, type Scope } from '../http/route.ts';

export interface TokenRules {
  /** As the tokens say it: `https://issuer.example/`. */
  readonly issuer: string;
  /** A token must be for one of these. */
  readonly audiences: readonly string[];
  /** What stands before the scopes of this system in a token, such as `company-registry/`; empty for nothing. */
  readonly scopePrefix: string;
}

/** Who holds a token, and what it grants of this system. */
export interface TokenHolder {
  /** The user, or the program that asks in its own name. */
  readonly subject: string;
  readonly scopes: readonly Scope[];
}

/** The message says what is wrong with the token, in terms of who sent it. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

/** How far the clocks of issuer and verifier may be apart. */
export const CLOCK_SKEW_SECONDS = 60;

/** Public-key signatures alone: whoever knows a public key must not be able to sign. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Verifies access tokens of one issuer. */
export class TokenVerifier {
  constructor(
    private readonly rules: TokenRules,
    private readonly findKey: JWTVerifyGetKey,
    private readonly nowMs: () => number,
  ) {}

  /** @throws InvalidToken, Unavailable where the keys of the issuer cannot be had */
  async verify(token: string): Promise<TokenHolder> {
    const payload = await this.#payloadOf(token);
    if (!isFor(payload, this.rules.audiences)) throw new InvalidToken('The token is for another audience.');
    const subject = [payload.sub, payload['client_id'], payload['azp']].find(isName);
    if (subject === undefined) throw new InvalidToken('The token does not say whose it is.');
    return { subject, scopes: scopesOf(payload, this.rules.scopePrefix) };
  }

  async #payloadOf(token: string): Promise<JWTPayload> {
    const { issuer } = this.rules;
    try {
      const { payload } = await jwtVerify(token, this.findKey, {
        issuer,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(this.nowMs()),
      });
      return payload;
    } catch (error) {
      // What is no error of the token, such as keys that cannot be had, passes.
      throw error instanceof errors.JOSEError ? new InvalidToken(reasonOf(error), { cause: error }) : error;
    }
  }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (!(error instanceof errors.JWTClaimValidationFailed))
    return 'The token is malformed, or not signed by the issuer of this system.';
  const { claim, reason } = error;
  if (reason === 'missing') return `The token has no ${claim}.`;
  if (claim === 'iss') return 'The token is of another issuer.';
  if (claim === 'nbf') return 'The token is not valid yet.';
  return `The ${claim} of the token is not one.`;
}

/** Some issuers, such as Cognito, say in an access token by `client_id` alone whom it is for. */
function isFor({ aud, client_id: clientId }: JWTPayload, audiences: readonly string[]): boolean {
  const named: readonly unknown[] = aud === undefined ? [clientId] : [aud].flat();
  return named.some((each) => audiences.some((audience) => audience === each));
}

/** RFC 8693 has a text with spaces; others have `scp`, also as a list. */
function scopesOf({ scope, scp }: JWTPayload, prefix: string): Scope[] {
  const granted = [scope, scp].flat().flatMap((each) => (typeof each === 'string' ? each.split(' ') : []));
  return SCOPES.filter((known) => granted.includes(prefix + known));
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

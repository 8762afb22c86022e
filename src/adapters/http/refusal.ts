/** A request that HTTP itself refuses, before it means anything to a use case. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }

  static unknownRoute(): Refusal {
    return new Refusal(404, 'unknown-route', 'There is nothing at this path. GET /docs tells what there is.');
  }

  /** @param reason what is wrong with the token, where there is one */
  static unauthorized(reason?: string): Refusal {
    const why = reason === undefined ? '' : `, error="invalid_token", error_description="${reason}"`;
    return new Refusal(
      401,
      'unauthorized',
      `${reason ?? 'There is no access token.'} Send one as Authorization: Bearer …`,
      { 'www-authenticate': CHALLENGE + why },
    );
  }

  static insufficientScope(scope: string): Refusal {
    return new Refusal(403, 'insufficient-scope', `The token does not have the scope ${scope}.`, {
      'www-authenticate': `${CHALLENGE}, error="insufficient_scope", scope="${scope}"`,
    });
  }

  static unsigned(): Refusal {
    return new Refusal(401, 'unauthorized', 'The request is not signed by AWS Signature Version 4.', {
      'www-authenticate': 'AWS4-HMAC-SHA256',
    });
  }

  static methodNotAllowed(method: string, allow: string): Refusal {
    return new Refusal(405, 'method-not-allowed', `This path does not know ${method}, but ${allow}.`, {
      allow,
    });
  }

  static bodyTooLarge(): Refusal {
    return new Refusal(413, 'body-too-large', `The body has more than ${LARGEST_BODY_BYTES} bytes.`);
  }

  static unsupportedMediaType(mediaTypes: readonly string[]): Refusal {
    return new Refusal(
      415,
      'unsupported-media-type',
      `The Content-Type must be ${mediaTypes.join(' or ')}, in UTF-8.`,
    );
  }

  static unsupportedContentEncoding(encoding: string): Refusal {
    return new Refusal(
      415,
      'unsupported-content-encoding',
      `The Content-Encoding ${encoding.slice(0, 100)} is not one that this service takes: send the body as it is, without the header.`,
      { 'accept-encoding': 'identity' },
    );
  }
}

/** RFC 6750. */
const CHALLENGE = 'Bearer realm="company-registry"';

export const LARGEST_BODY_BYTES = 1_000_000;

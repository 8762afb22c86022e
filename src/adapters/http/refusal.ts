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

export const LARGEST_BODY_BYTES = 1_000_000;

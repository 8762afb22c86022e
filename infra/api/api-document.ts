/** As much of an OpenAPI 3.0 document as a deployment reads. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
}

export interface ApiOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
  /** Empty where everyone may call. */
  readonly security?: readonly object[];
  /** Where API Gateway calls another service than a Lambda. */
  readonly 'x-amazon-apigateway-integration'?: DirectIntegration;
}

/** What stands in `${…}` is for `Fn::Sub`. */
export interface DirectIntegration {
  readonly uri: string;
  readonly credentials: string;
}

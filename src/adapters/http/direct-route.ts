import type { GuardedRoute } from './route.ts';

/**
 * What API Gateway sends to a service of AWS in place of a Lambda, and what it makes of the answer: an
 * `x-amazon-apigateway-integration` as it stands in an OpenAPI document. `${…}` is for `Fn::Sub` of CloudFormation.
 */
export interface Integration {
  readonly type: 'aws';
  readonly httpMethod: 'POST';
  readonly uri: string;
  readonly credentials: string;
  /** A body that no template is for must not reach the service as it is. */
  readonly passthroughBehavior: 'never';
  readonly requestTemplates: Templates;
  /** By a pattern for the status of the service's answer, or `default`. */
  readonly responses: Readonly<Record<string, IntegrationResponse>>;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  readonly responseTemplates: Templates;
}

interface Templates {
  readonly 'application/json': string;
}

/** A route that API Gateway serves without a Lambda. */
export interface DirectRoute extends Omit<GuardedRoute, 'handle'> {
  readonly integration: Integration;
}

/** A route as far as it is described: whoever only describes it need not know how it is served. */
export type DescribedRoute = Omit<GuardedRoute, 'handle'> & { readonly integration?: Integration };

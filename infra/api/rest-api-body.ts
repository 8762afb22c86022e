import type { ApiDocument, ApiOperation, DirectIntegration } from './api-document.ts';
import type { GatewayResponse } from './gateway-responses.ts';

/** A part of an interface, and how API Gateway calls the Lambda that serves it. */
export interface ServedPart {
  readonly document: ApiDocument;
  readonly integration: object;
}

export interface RestApiBodyProps {
  readonly title: string;
  readonly parts: readonly ServedPart[];
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
  /** What an operation requires that not everyone may call: security requirements, or what stands for them. */
  readonly guard: object;
  readonly securitySchemes: object;
  /** What a direct integration leaves open, filled in. */
  readonly fillIn: (template: string) => string;
}

/** Whatever else is done at a path of a Lambda is the Lambda's to refuse: it knows what is allowed. */
const ANY_METHOD = 'x-amazon-apigateway-any-method';

/**
 * An OpenAPI 3.0 document as API Gateway imports it: routes, who serves them, and who may call them. What a client reads is
 * at /openapi.json: bodies and parameters are checked by the Lambdas, and their schemas are not repeated here.
 */
export function restApiBody(props: RestApiBodyProps): object {
  const { title, parts, gatewayResponses, guard, securitySchemes } = props;
  const paths: Record<string, Record<string, object>> = {};
  for (const { document, integration } of parts) {
    for (const [path, operations] of Object.entries(document.paths)) {
      const methods = (paths[path] ??= pathItem(path));
      for (const [method, operation] of Object.entries(operations)) {
        methods[method] = methodOf(operation, integration, props);
      }
      if (Object.values(operations).every((operation) => !isDirect(operation))) {
        const isOpen = Object.values(operations).every(({ security }) => security?.length === 0);
        methods[ANY_METHOD] = { ...(isOpen ? {} : guard), ...served(integration) };
      }
    }
  }
  return {
    openapi: '3.0.1',
    info: { title, version: '1' },
    paths,
    components: { securitySchemes },
    'x-amazon-apigateway-gateway-responses': gatewayResponses,
  };
}

function methodOf(operation: ApiOperation, integration: object, { guard, fillIn }: RestApiBodyProps): object {
  const { operationId, responses, security, [INTEGRATION]: direct } = operation;
  return {
    operationId,
    ...(security?.length === 0 ? {} : guard),
    ...(direct
      ? { responses: described(responses), [INTEGRATION]: filledIn(direct, fillIn) }
      : served(integration)),
  };
}

function filledIn(direct: DirectIntegration, fillIn: (template: string) => string): object {
  return { ...direct, uri: fillIn(direct.uri), credentials: fillIn(direct.credentials) };
}

const INTEGRATION = 'x-amazon-apigateway-integration';

function isDirect(operation: ApiOperation): boolean {
  return operation[INTEGRATION] !== undefined;
}

/** By a Lambda, which decides of every answer. */
function served(integration: object): object {
  return { responses: {}, [INTEGRATION]: integration };
}

function described(responses: ApiOperation['responses']): object {
  const told = Object.entries(responses).map(
    ([status, { description }]) => [status, { description }] as const,
  );
  return Object.fromEntries(told);
}

function pathItem(path: string): Record<string, object> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (names.length === 0) return {};
  return {
    parameters: names.map((name) => ({ in: 'path', name, required: true, schema: { type: 'string' } })),
  };
}

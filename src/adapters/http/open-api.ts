import type { DescribedRoute, Integration } from './direct-route.ts';
import { rulesOf, type DtoClass, type PropertyRule } from './dto.ts';
import type { AccessMode } from './gate.ts';
import type { Fault } from './invalid-request.ts';
import type { Problem } from './problem.ts';
import type { Access, Parameter, ResponseDescription } from './route.ts';
import type { Schema } from './schema.ts';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly description: string; readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  /** By the name of a scheme; empty where everyone may call. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  /** What a token must grant: OpenAPI 3.0 lets a bearer scheme name no scopes. */
  readonly 'x-required-scope'?: string;
  readonly 'x-amazon-apigateway-integration'?: Integration;
}

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
  readonly content?: Content;
}

type SecurityScheme = Readonly<Record<string, string>>;

type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: object }>>;

/** An OpenAPI 3.0.3 document, as far as this service writes one. */
export interface OpenApiDocument {
  readonly openapi: '3.0.3';
  readonly info: ApiDescription;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

const TITLE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'The request is not valid: errors says where.',
  401: 'It is not known who asks.',
  403: 'Who asks may not do this.',
  404: 'There is no such thing.',
  409: 'The request contradicts what there is, or what is there yet.',
  412: 'The company is no longer at the version of If-Match.',
  413: 'The body is larger than 1 MB.',
  415: 'The Content-Type or the Content-Encoding is not one that this route takes.',
  422: 'The Idempotency-Key was used for another body.',
  428: 'If-Match is required.',
  500: 'Something went wrong in the service.',
  503: 'Something that the service depends on does not answer: try again.',
};

/** What every route may answer with. */
const COMMON_PROBLEMS = [400, 500, 503];

/** How callers make themselves known, by the mode of access. */
const SECURITY_SCHEMES: Readonly<Record<AccessMode, Readonly<Record<string, SecurityScheme>> | undefined>> = {
  jwt: {
    token: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'An access token of the issuer of this system, with the scope that a route requires.',
    },
  },
  iam: {
    signature: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      description: 'AWS Signature Version 4, by a principal whose policy allows the call.',
      'x-amazon-apigateway-authtype': 'awsSigv4',
    },
  },
  open: undefined,
};

/** The document of a route table: every route, and the classes of its bodies. */
export function openApiOf(
  routes: readonly DescribedRoute[],
  info: ApiDescription,
  access: AccessMode = 'open',
): OpenApiDocument {
  const securitySchemes = SECURITY_SCHEMES[access];
  const schemas = new Map<string, Schema>([['Problem', PROBLEM]]);
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route, schemas, access);
  }
  return {
    openapi: '3.0.3',
    info,
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: Object.fromEntries(schemas), ...(securitySchemes && { securitySchemes }) },
  };
}

function operationOf(
  route: DescribedRoute,
  schemas: Map<string, Schema>,
  mode: AccessMode,
): OpenApiOperation {
  const { operationId, tag, summary, description, parameters, body, integration } = route;
  const guard = guardOf(route.access, mode);
  const problems = [...COMMON_PROBLEMS, ...guard.problems, ...(route.problems ?? [])].map(
    (status) => [status, problemOf(status)] as const,
  );
  const responses = Object.entries(route.responses).map(
    ([status, response]) => [status, responseOf(response, schemas)] as const,
  );
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: {
        description: body.description,
        required: true,
        content: Object.fromEntries(
          body.mediaTypes.map((mediaType) => [
            mediaType,
            { schema: referTo(body.dto, body.patch ? 'patch' : 'input', schemas), example: body.example },
          ]),
        ),
      },
    }),
    // Keys that are integers come in ascending order by themselves.
    responses: Object.fromEntries([...responses, ...problems]),
    ...guard.told,
    ...(integration && { 'x-amazon-apigateway-integration': integration }),
  };
}

interface Guard {
  readonly problems: readonly number[];
  readonly told: Pick<OpenApiOperation, 'security' | 'x-required-scope'>;
}

function guardOf(access: Access, mode: AccessMode): Guard {
  if (mode === 'open') return { problems: [], told: {} };
  if (access === 'open') return { problems: [], told: { security: [] } };
  const security = Object.keys(SECURITY_SCHEMES[mode] ?? {}).map((name) => ({ [name]: [] }));
  return {
    problems: [401, 403],
    told: { security, ...(mode === 'jwt' && { 'x-required-scope': access }) },
  };
}

function responseOf(response: ResponseDescription, schemas: Map<string, Schema>): OpenApiResponse {
  const { description, dto, example, mediaType, headers } = response;
  const schema: Schema = dto ? referTo(dto, 'answer', schemas) : {};
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, told]) => [
          name,
          { description: told, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...((dto ?? mediaType) && {
      content: { [mediaType ?? 'application/json']: { schema, ...(example && { example }) } },
    }),
  };
}

function problemOf(status: number): OpenApiResponse {
  return {
    description: TITLE_OF_STATUS[status] ?? `Status ${status}.`,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** Who writes the object: a client all of it, a client some of it, or the service. */
type Variant = 'input' | 'patch' | 'answer';

/** A reference to the schema of a class, which is added to the others where it is not among them yet. */
function referTo(dto: DtoClass, variant: Variant, schemas: Map<string, Schema>): Schema {
  const rules = rulesOf(dto);
  const differs = variant === 'patch' || (variant === 'input' && [...rules.values()].some(hasDefault));
  const name = `${dto.title}${differs ? { input: 'Input', patch: 'Patch', answer: '' }[variant] : ''}`;
  if (!schemas.has(name)) {
    schemas.set(name, {});
    const schema = objectSchemaOf(rules, variant, schemas);
    schemas.set(name, dto.nullable ? { ...schema, nullable: true } : schema);
  }
  return { $ref: `#/components/schemas/${name}` };
}

function objectSchemaOf(
  rules: ReadonlyMap<string, PropertyRule>,
  variant: Variant,
  schemas: Map<string, Schema>,
): Schema {
  const all = [...rules];
  // What has a default need not be given, but is always in an answer.
  const required = all.filter(([, rule]) => rule.required || (variant === 'answer' && hasDefault(rule)));
  const properties = all.map(([name, rule]) => [name, propertySchemaOf(rule, variant, schemas)] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(variant !== 'patch' && required.length > 0 && { required: required.map(([name]) => name) }),
    additionalProperties: false,
  };
}

function propertySchemaOf(rule: PropertyRule, variant: Variant, schemas: Map<string, Schema>): Schema {
  const { type, list, partial = false, schema } = rule;
  const { default: _default, ...withoutDefault } = schema;
  const isRemovable = variant === 'patch' && !rule.required;
  const base = {
    ...(variant === 'input' ? schema : withoutDefault),
    ...(isRemovable && { nullable: true }),
    // In OpenAPI 3.0, an enum says of null too whether it may be.
    ...(isRemovable && schema.enum && { enum: [...schema.enum, null] }),
  };
  if (rule.either)
    return { ...base, items: { oneOf: rule.either().map((dto) => referTo(dto, variant, schemas)) } };
  if (type === undefined) return base;
  // The entries of a list are whole even in a patch, which replaces lists.
  if (list) return { ...base, items: referTo(type(), variant === 'patch' ? 'input' : variant, schemas) };
  // In OpenAPI 3.0 nothing may stand beside a $ref, and null needs a type beside it.
  const nullable = type().nullable && { nullable: true };
  return {
    ...base,
    type: 'object',
    ...nullable,
    allOf: [referTo(type(), partial ? 'patch' : variant, schemas)],
  };
}

function hasDefault({ schema }: PropertyRule): boolean {
  return schema.default !== undefined;
}

type Described<T> = { readonly [K in keyof Required<T>]: Schema };

const FAULT: Described<Fault> = {
  pointer: {
    type: 'string',
    description:
      'A JSON pointer into the body, ?name for a query parameter, {name} for a path parameter, or the name of a header.',
  },
  detail: { type: 'string', description: 'What must be otherwise.' },
};

const PROBLEM_MEMBERS: Described<Problem> = {
  type: {
    type: 'string',
    description: 'urn:company-registry:problem: and the name of the problem, for programs.',
  },
  title: { type: 'string', description: 'The name of the problem, for people.' },
  status: { type: 'integer', description: 'The status of the answer.' },
  detail: { type: 'string', description: 'What went wrong this time, and what to change.' },
  requestId: { type: 'string', description: 'What the logs know the request by.' },
  errors: {
    type: 'array',
    description: 'What is wrong with the request, and where.',
    items: { type: 'object', properties: FAULT, required: Object.keys(FAULT) },
  },
};

const PROBLEM: Schema = {
  type: 'object',
  description:
    'RFC 9457. A problem may have further members, such as the companyId of whoever holds an identifier.',
  properties: PROBLEM_MEMBERS,
  required: Object.keys(PROBLEM_MEMBERS).filter((name) => name !== 'errors'),
};

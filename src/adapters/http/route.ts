import type { ApiRequest } from './api-request.ts';
import type { DtoClass } from './dto.ts';
import type { Schema } from './schema.ts';

/** What a token may grant. */
export const SCOPES = [
  'profiles:read',
  'profiles:write',
  'statistics:read',
  'statistics:write',
  'operations',
] as const;
export type Scope = (typeof SCOPES)[number];

/** What it takes to call a route: a scope, or nothing. */
export type Access = Scope | 'open';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: string;
}

export interface RequestBody {
  readonly description: string;
  readonly mediaTypes: readonly string[];
  readonly dto: DtoClass;
  /** Where the body is a merge patch: nothing is required, and null removes. */
  readonly patch?: true;
  readonly example: object;
}

export interface ResponseDescription {
  readonly description: string;
  readonly dto?: DtoClass;
  readonly example?: object;
  /** The media type, where there is a body that is no DTO. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `body` leaves as JSON, `text` as it is, with a content type among the headers. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly text?: string;
}

/** One row of a service's interface: what serves a request, and what describes it. */
export interface Route {
  readonly method: Method;
  /** As API Gateway writes it: `/v1/companies/{companyId}`. */
  readonly path: string;
  readonly operationId: string;
  /** The chapter of the documentation that it belongs to. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: RequestBody;
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  /** The statuses of its problems, beside those that every route may answer with. */
  readonly problems?: readonly number[];
  handle(request: ApiRequest): ApiResponse | Promise<ApiResponse>;
}

/** A route that says who may call it: what is served is guarded, or it does not compile. */
export interface GuardedRoute extends Route {
  readonly access: Access;
}

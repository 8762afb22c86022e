import { RegistryError } from '../../../domain/shared/errors.ts';
import type { RequestEvent } from '../api-request.ts';
import { entityTagOf } from '../entity-tag.ts';
import { InvalidRequest, type Fault } from '../invalid-request.ts';
import { pointerOf } from '../pointer.ts';
import type { Route } from '../route.ts';
import type { Operation, Place } from './operation.ts';

/** All who invoke directly are one caller: what IAM knows of them does not reach a Lambda. */
const CALLER = { principalId: 'direct-invocation' };

/** The request that would ask a route for what an input says. @throws InvalidRequest, RegistryError version-required */
export function requestEventOf(
  { path, body }: Route,
  { places }: Operation,
  input: Readonly<Record<string, unknown>>,
): RequestEvent {
  const faults: Fault[] = [];
  const headers: Record<string, string> = {};
  const pathParameters: Record<string, string> = {};
  const query: Record<string, string[]> = {};
  let content: unknown = {};
  const members: Record<string, unknown> = {};

  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(places, name)) {
      const known = Object.keys(places);
      const detail = known.length > 0 ? `known are ${known.join(', ')}` : 'this operation takes nothing';
      faults.push({ pointer: pointerOf([name]), detail: `is unknown here: ${detail}` });
    }
  }
  for (const [name, place] of Object.entries(places)) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    if (place.in === 'body') {
      // What is missing is told by the route.
      if (place.name === undefined) content = value ?? null;
      else if (value !== undefined) members[place.name] = value;
      continue;
    }
    if (value === undefined) {
      if (place.in === 'path') faults.push({ pointer: pointerOf([name]), detail: 'is required' });
      if (place.in === 'version') throw versionRequired(name);
      continue;
    }
    const text = place.in === 'version' ? versionTag(value) : parameterText(value);
    if (text === undefined) {
      const detail = place.in === 'version' ? 'must be a whole number from 1' : 'must be a text';
      faults.push({ pointer: pointerOf([name]), detail });
    } else if (place.in === 'path') pathParameters[place.name] = encodeURIComponent(text);
    else if (place.in === 'query') query[place.name] = [text];
    else if (place.in === 'version') headers['if-match'] = text;
    else headers['idempotency-key'] = text;
  }
  if (faults.length > 0) throw new InvalidRequest(faults);

  const [mediaType] = body?.mediaTypes ?? [];
  if (mediaType !== undefined) headers['content-type'] = mediaType;
  const json = Object.keys(members).length > 0 ? members : content;
  return {
    headers,
    pathParameters,
    multiValueQueryStringParameters: query,
    queryStringParameters: null,
    body: mediaType === undefined ? null : JSON.stringify(json),
    isBase64Encoded: false,
    requestContext: { path, authorizer: CALLER, identity: { userArn: null, apiKeyId: null } },
  };
}

/** Where in the input stands what a route points at. */
export function pointerInInput(pointer: string, { places }: Operation): string {
  const entries = Object.entries<Place>(places);
  const pointerTo = (isIt: (place: Place) => boolean): string | undefined => {
    const found = entries.find(([, place]) => isIt(place));
    return found && pointerOf([found[0]]);
  };
  const parameter = /^(?:\?(.*)|\{(.*)\})$/s.exec(pointer);
  if (parameter) {
    const name = parameter[1] ?? parameter[2];
    return (
      pointerTo((place) => (place.in === 'path' || place.in === 'query') && place.name === name) ?? pointer
    );
  }
  if (pointer === 'If-Match') return pointerTo((place) => place.in === 'version') ?? pointer;
  if (pointer === 'Idempotency-Key') return pointerTo((place) => place.in === 'idempotency-key') ?? pointer;
  const whole = pointerTo((place) => place.in === 'body' && place.name === undefined);
  return whole === undefined ? pointer : whole + pointer;
}

function parameterText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  // A lone surrogate cannot be percent-encoded.
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value) ? value : undefined;
}

function versionTag(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 1 ? entityTagOf(value as number) : undefined;
}

function versionRequired(name: string): RegistryError {
  return new RegistryError(
    'version-required',
    'version-required',
    `Give the ${name} that you decided on, so that nobody else’s change is lost.`,
  );
}

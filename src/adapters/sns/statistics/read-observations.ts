import { parse } from 'lossless-json';
import type { ObservationsMessage } from '../../../application/statistics/ports/read-observations.ts';
import { Unintelligible } from '../../../application/statistics/ports/unintelligible.ts';
import { companyIdOf } from '../../../domain/shared/company-id.ts';
import { InvalidInput, type Violation } from '../../../domain/shared/errors.ts';
import { identifierOf } from '../../../domain/shared/identifier.ts';
import { statedObservationOf } from '../../json/statistics/stated-observation.ts';

const MOST = 500;

/**
 * What a message of the topic `company-observations` says: the shape of the HTTP body, with `companyId` or `identifier`.
 * What it does not know it passes over, but in an observation.
 *
 * @throws Unintelligible
 */
export function readObservations(payload: string): ObservationsMessage {
  const message = recordOf(parsed(payload), 'the message');
  const { companyId, identifier, observations } = message;
  if ((companyId === undefined) === (identifier === undefined))
    throw new Unintelligible('companyId or identifier must be given, one of them');
  if (!Array.isArray(observations) || observations.length < 1 || observations.length > MOST)
    throw new Unintelligible(`observations must be a list of 1 to ${MOST}`);
  return {
    company:
      identifier === undefined
        ? { companyId: companyIn(companyId) }
        : { identifier: identifierIn(identifier) },
    observations: observations.map(statedObservationOf),
  };
}

function parsed(payload: string): unknown {
  try {
    return parse(payload);
  } catch (error) {
    // Of anything that is no JSON, and of a name that is given twice with different values.
    if (error instanceof SyntaxError) throw new Unintelligible(`the message is not JSON: ${error.message}`);
    throw error;
  }
}

function companyIn(companyId: unknown): ReturnType<typeof companyIdOf> {
  try {
    return companyIdOf(textOf(companyId, 'companyId'));
  } catch (error) {
    if (error instanceof InvalidInput) throw new Unintelligible(error.message);
    throw error;
  }
}

function identifierIn(identifier: unknown): ReturnType<typeof identifierOf> {
  const { scheme, value } = recordOf(identifier, 'identifier');
  const violations: Violation[] = [];
  const stated = { scheme: textOf(scheme, 'identifier.scheme'), value: textOf(value, 'identifier.value') };
  const normal = identifierOf(stated, ['identifier'], violations);
  if (violations.length > 0) throw new Unintelligible(new InvalidInput(violations).message);
  return normal;
}

function recordOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unintelligible(`${name} is no object`);
  return value as Record<string, unknown>;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Unintelligible(`${name} is no text`);
  return value;
}

import type { PendingObservation } from '../../../application/statistics/ports/pending-observations.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import type { Item } from '../errors.ts';

interface PendingAttributes extends Observation {
  readonly since: Instant;
}

export function pendingOf(identifier: Identifier, item: Item): PendingObservation {
  const attributes = item as unknown as PendingAttributes;
  const { metric, unit, observedAt, source, value, reportedAt, since } = attributes;
  return {
    identifier,
    observation: {
      metric,
      unit,
      observedAt,
      source,
      value,
      ...(reportedAt !== undefined && { reportedAt }),
    },
    since,
  };
}

/** That something waits for an identifier, in the partition of all such. */
export interface PendingIdentifierAttributes extends Identifier {
  /** Another one whenever something more waits: who finds nothing left takes away only what it has seen. */
  readonly token: string;
}

export function pendingIdentifierOf(item: Item): Identifier {
  const { scheme, value } = item as unknown as Identifier;
  return { scheme, value };
}

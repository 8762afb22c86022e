import type { CompanyId } from '../shared/company-id.ts';
import { RegistryError } from '../shared/errors.ts';

export class CompanyNotTracked extends RegistryError {
  constructor(companyId: CompanyId) {
    super('not-found', 'company-not-tracked', `Statistics knows no company ${companyId}.`, { companyId });
  }
}

/** The replica has not reached the version that the caller wants to see. */
export class NotYetSynced extends RegistryError {
  constructor(companyId: CompanyId, wanted: number, actual: number | undefined) {
    const known = actual === undefined ? 'is not known yet' : `is known at version ${actual}`;
    super(
      'not-yet-synced',
      'not-yet-synced',
      `Company ${companyId} ${known}, not yet at ${wanted}. Ask again soon.`,
      {
        companyId,
        wantedVersion: wanted,
        ...(actual !== undefined && { replicaVersion: actual }),
      },
    );
  }
}

export class SetAsideEventNotFound extends RegistryError {
  constructor(id: string) {
    super('not-found', 'set-aside-event-not-found', `No event with the id ${id} is set aside.`, { id });
  }
}

export class MetricNotDefined extends RegistryError {
  constructor(metric: string) {
    super('not-found', 'metric-not-defined', `Nobody has said what ${metric} means: PUT its definition.`, {
      metric,
    });
  }
}

/** Only ranked metrics have boards. */
export class MetricNotRanked extends RegistryError {
  constructor(metric: string) {
    super(
      'not-found',
      'metric-not-ranked',
      `The metric ${metric} is not ranked: PUT its definition with "ranked": true.`,
      { metric },
    );
  }
}

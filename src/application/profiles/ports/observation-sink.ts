import type { StatedObservation } from '../../../domain/profiles/import/stated-observation.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';

export const OBSERVATION_STATUSES = [
  'recorded',
  'unchanged',
  'corrected',
  'superseded',
  'conflict',
  'invalid',
] as const;

/** What became of an observation; `detail` says why it is a conflict, or invalid. */
export interface ObservationOutcome {
  readonly status: (typeof OBSERVATION_STATUSES)[number];
  readonly detail?: string;
}

/** Who keeps the figures that a file states of its companies. */
export interface ObservationSink {
  /**
   * Records observations of one company, which is never asked to take others of it meanwhile. The same ones again change
   * nothing.
   *
   * @returns an outcome for each, in their order
   * @throws Unavailable where some may have been recorded, and others not
   */
  record(
    companyId: CompanyId,
    observations: readonly StatedObservation[],
  ): Promise<readonly ObservationOutcome[]>;
}

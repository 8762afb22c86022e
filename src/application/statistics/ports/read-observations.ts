import type { Violation } from '../../../domain/shared/errors.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { StatedObservation } from '../../../domain/statistics/observation.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';

/** Observations of one company, which is named by its id or by an identifier. */
export interface ObservationsMessage {
  readonly company: { readonly companyId: CompanyId } | { readonly identifier: Identifier };
  /** Each, or what is wrong with how it is written. */
  readonly observations: readonly (StatedObservation | { readonly violations: readonly Violation[] })[];
}

/** Reads a message's payload; an identifier comes in its normal form. @throws Unintelligible */
export type ReadObservations = (payload: string) => ObservationsMessage;

import type { ProfileChange } from '../../../domain/statistics/tracked-company.ts';

/** A message that can never become a change of a profile: its reason is for a person. */
export class Unintelligible extends Error {
  override readonly name = 'Unintelligible';
}

/** Reads a message's payload. @throws Unintelligible */
export type ReadProfileChange = (payload: string) => ProfileChange;

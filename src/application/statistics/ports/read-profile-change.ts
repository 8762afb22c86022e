import type { ProfileChange } from '../../../domain/statistics/tracked-company.ts';

/** Reads a message's payload. @throws Unintelligible */
export type ReadProfileChange = (payload: string) => ProfileChange;

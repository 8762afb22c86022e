import type { CompanyId } from '../../domain/shared/company-id.ts';
import { CompanyNotTracked } from '../../domain/statistics/errors.ts';
import type { TrackedCompany } from '../../domain/statistics/tracked-company.ts';
import type { SeriesReadings } from './ports/series-readings.ts';

/**
 * Refuses a company that was removed, or of which nothing at all is known: neither a profile nor an observation.
 *
 * @param hasFigures whether something of it was found just now
 * @throws CompanyNotTracked, Unavailable
 */
export async function checkKnown(
  companyId: CompanyId,
  company: TrackedCompany | undefined,
  hasFigures: boolean,
  readings: Pick<SeriesReadings, 'summary'>,
): Promise<void> {
  if (company?.removed === true) throw new CompanyNotTracked(companyId);
  if (company !== undefined || hasFigures) return;
  const summary = await readings.summary(companyId, { limit: 1 }, 'eventual');
  if (summary === undefined) throw new CompanyNotTracked(companyId);
}

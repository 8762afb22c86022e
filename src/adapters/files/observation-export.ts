import type { ExportedObservation } from '../../application/statistics/export-observations.ts';
import type { ExportRecord } from './export-lines.ts';

/** Of a CSV of observations, as the map `observations` reads it. */
export const OBSERVATION_COLUMNS: readonly string[] = [
  'companyId',
  'companyName',
  'identifiers.0.scheme',
  'identifiers.0.value',
  'metric',
  'unit',
  'observedAt',
  'value',
  'source',
  'reportedAt',
];

export function observationRecord({
  companyId,
  companyName,
  identifier,
  observation,
}: ExportedObservation): ExportRecord {
  const { metric, unit, observedAt, value, source, reportedAt } = observation;
  const { scheme, value: name } = identifier ?? {};
  return {
    companyId,
    companyName,
    identifiers: identifier ? [{ scheme, value: name }] : [],
    metric,
    unit,
    observedAt,
    value,
    source,
    reportedAt,
  };
}

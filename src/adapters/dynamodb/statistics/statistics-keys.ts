import { createHash } from 'node:crypto';
import type { Dimension, Group } from '../../../domain/statistics/group.ts';
import type { Observation, ObservationId, Report } from '../../../domain/statistics/observation.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { Identifier } from '../../../domain/statistics/tracked-company.ts';
import { companyPk, key, type ItemKey } from '../keys.ts';

/** The keys of the statistics table, each stated once. */

export const SUMMARY = 'SUMMARY';
/** Begins the sort keys of the series of a company, which follow its summary. */
export const SERIES_PREFIX = key(SUMMARY, 'SERIES', '');

export function summaryKey(companyId: string): ItemKey {
  return { pk: companyPk(companyId), sk: SUMMARY };
}

export function seriesKeyOf(companyId: string, { metric, unit }: Series): ItemKey {
  return { pk: companyPk(companyId), sk: key(SUMMARY, 'SERIES', metric, unit) };
}

/** Begins the sort keys of the documents of a company that are counted. */
export const COUNTED_DOCUMENT_PREFIX = key('DOCUMENT', '');

export function countedDocumentKey(companyId: string, documentId: string): ItemKey {
  return { pk: companyPk(companyId), sk: key('DOCUMENT', documentId) };
}

/** @param year `yyyy`, or empty for what begins the keys of all years */
export function yearSk({ metric, unit }: Series, year: string): string {
  return key('YEAR', metric, unit, year);
}

export function observationSk({ metric, unit, observedAt, source }: ObservationId): string {
  return key('OBSERVATION', metric, unit, observedAt, source);
}

/** Begins the keys of the observations of a series; with a time, of those at that time. */
export function observationPrefix({ metric, unit }: Series, ...time: readonly string[]): string {
  return key('OBSERVATION', metric, unit, ...time, '');
}

/** One value at a time of report: two that contradict each other stand beside each other. */
export function reportSk(id: ObservationId, { reportedAt, value }: Report): string {
  return `${reportPrefix(id)}${key(reportedAt ?? '', withoutManyZeros(value))}`;
}

/** Begins the keys of what was reported before of a series. */
export function reportsPrefix({ metric, unit }: Series): string {
  return key('REPORT', metric, unit, '');
}

/** One text for each decimal that is short enough for a sort key, which has at most 1,024 bytes in all. */
function withoutManyZeros(value: string): string {
  return value.replace(/0{10,}/, (zeros) => `(${zeros.length})`);
}

/** Begins the keys of what was reported before of an observation. */
export function reportPrefix({ metric, unit, observedAt, source }: ObservationId): string {
  return key('REPORT', metric, unit, observedAt, source, '');
}

/** What aggregates count of a company, and which identifiers lead to it. */
export function projectedKey(companyId: string): ItemKey {
  return { pk: companyPk(companyId), sk: 'PROJECTED' };
}

/** @param group of all companies where there is none */
export function boardPk(group: Group | undefined, { metric, unit }: Series): string {
  return group ? key('BOARD', group.dimension, group.group, metric, unit) : key('BOARD', 'all', metric, unit);
}

export function boardKey(group: Group | undefined, series: Series, companyId: string): ItemKey {
  return { pk: boardPk(group, series), sk: companyPk(companyId) };
}

/** @param series of companies alone where there is none */
export function aggregatePk(dimension: Dimension, series?: Series): string {
  return series ? key('AGGREGATE', dimension, series.metric, series.unit) : key('AGGREGATE', dimension);
}

export function aggregateKey({ dimension, group }: Group, shard: number, series?: Series): ItemKey {
  return { pk: aggregatePk(dimension, series), sk: aggregateSk(group, shard) };
}

/** Sort keys ascend with the group, then with the shard. */
export function aggregateSk(group: string, shard: number): string {
  return key(group, String(shard));
}

const METRIC = 'METRIC';

export function metricKey(metric: string): ItemKey {
  return { pk: key(METRIC, metric), sk: METRIC };
}

/** How far the series of a metric have been projected. Its changes wake nobody. */
export function metricProgressKey(metric: string): ItemKey {
  return { pk: key(METRIC, metric), sk: 'PROGRESS' };
}

export function identifierPk({ scheme, value }: Identifier): string {
  return key('IDENTIFIER', scheme, value);
}

/** That a company bears an identifier. */
export function bearerKey(identifier: Identifier, companyId: string): ItemKey {
  return { pk: identifierPk(identifier), sk: companyPk(companyId) };
}

/** Begins the sort keys of what waits for an identifier. */
export const PENDING_PREFIX = key('PENDING', '');

/** One value at a time of report: by series and time, then by a digest of the rest, which would not always fit. */
export function pendingKey(identifier: Identifier, observation: Observation): ItemKey {
  const { metric, unit, observedAt, source, reportedAt = '', value } = observation;
  const digest = createHash('sha256')
    .update(key(source, reportedAt, value))
    .digest('base64url');
  return { pk: identifierPk(identifier), sk: `${PENDING_PREFIX}${key(metric, unit, observedAt, digest)}` };
}

/** The identifiers for which something waits, in one partition. */
export const PENDING_PK = key('PENDING');

/** That something waits for an identifier. */
export function pendingIdentifierKey({ scheme, value }: Identifier): ItemKey {
  return { pk: PENDING_PK, sk: key(scheme, value) };
}

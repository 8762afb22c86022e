import type { StoredObservation } from '../../../application/statistics/ports/observations.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Decimal } from '../../../domain/shared/decimal.ts';
import type { Observation, ObservationId, Report } from '../../../domain/statistics/observation.ts';
import type { ObservedAt } from '../../../domain/statistics/observed-at.ts';
import type { Item } from '../errors.ts';
import { companyPk, partsOf, type ItemKey } from '../keys.ts';
import { observationSk, reportSk } from './statistics-keys.ts';

/** An observation as last reported; what it is of is told by its key. */
interface ObservationItem extends ItemKey {
  readonly value: Decimal;
  readonly reportedAt?: ObservedAt;
  readonly revision: number;
  /** Of the write that made this state: a write whose answer was lost recognises itself. */
  readonly writeToken: string;
}

export function observationItem(
  companyId: CompanyId,
  observation: Observation,
  { revision, writeToken }: Pick<ObservationItem, 'revision' | 'writeToken'>,
): ObservationItem {
  const { value, reportedAt } = observation;
  return {
    pk: companyPk(companyId),
    sk: observationSk(observation),
    value,
    ...(reportedAt !== undefined && { reportedAt }),
    revision,
    writeToken,
  };
}

export function storedObservationOf(item: Item): StoredObservation {
  const { revision } = item as unknown as ObservationItem;
  return { ...observationOf(item), revision };
}

export function reportKey(companyId: CompanyId, id: ObservationId, report: Report): ItemKey {
  return { pk: companyPk(companyId), sk: reportSk(id, report) };
}

/** What was reported of an observation before. */
export function reportItem(companyId: CompanyId, id: ObservationId, report: Report): ItemKey & Report {
  return { ...reportKey(companyId, id, report), ...reportOf(report) };
}

/** The observation of an item, current or reported before. */
export function observationOf(item: Item): Observation {
  const [, metric = '', unit = '', observedAt = '', source = ''] = partsOf(String(item['sk']));
  return { metric, unit, observedAt: observedAt as ObservedAt, source, ...reportIn(item) };
}

export function reportIn(item: Item): Report {
  return reportOf(item as unknown as Report);
}

function reportOf({ value, reportedAt }: Report): Report {
  return { value, ...(reportedAt !== undefined && { reportedAt }) };
}

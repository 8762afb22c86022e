import { InvalidInput, type Violation } from '../../shared/errors.ts';
import { companyIdOf, type CompanyId } from '../../shared/company-id.ts';
import { ADDRESS_PARTS, type Industry } from '../company-facts.ts';
import { identifierOf } from '../../shared/identifier.ts';
import { TEXT_FACTS, type ColumnMap, type CompanyReading, type IdentifierReading } from './column-map.ts';
import type { CompanyRow, RowFacts, RowIdentifier } from './company-row.ts';
import type { ObservationReading } from './observation-reading.ts';
import { readText, type Cells, type Found } from './read-text.ts';
import type { Reading } from './reading.ts';
import type { StatedObservation } from './stated-observation.ts';
import { UnmappedValue } from './transform.ts';

const NO_OBSERVATIONS: readonly StatedObservation[] = [];

/**
 * What a row says, by its map.
 *
 * @throws InvalidInput with everything that is wrong with the row
 */
export function mapRow(map: ColumnMap, cells: Cells): CompanyRow {
  const refusal = map.refuse.find(({ column, isLike }) => isLike(cells.in(column)?.trim() ?? ''));
  if (refusal) throw InvalidInput.at([refusal.column], refusal.because);

  const violations: Violation[] = [];
  const companyId = map.companyId && companyIdIn(map.companyId, cells, violations);
  const found = identifiersIn(map.identifiers, cells, violations);
  const isNamed = companyId !== undefined || found.length > 0;
  const identifiers = isNamed ? found : identifiersIn(map.fallbackIdentifiers, cells, violations);
  if (!isNamed && identifiers.length === 0 && violations.length === 0) {
    const schemes = schemesIn(map);
    violations.push({ path: ['identifiers'], detail: `the row has none: no ${schemes.join(', no ')}` });
  }
  const facts = factsIn(map.company, cells, violations);
  const observations =
    map.observations.length === 0 ? NO_OBSERVATIONS : observationsIn(map.observations, cells, violations);
  if (violations.length > 0) throw new InvalidInput(violations);
  return {
    ...(companyId !== undefined && { companyId }),
    identifiers,
    facts,
    defaults: map.defaults,
    keepsKnown: map.keepsKnown,
    observations,
  };
}

function companyIdIn(reading: Reading, cells: Cells, violations: Violation[]): CompanyId | undefined {
  const { value } = read(reading, cells, ['companyId'], violations);
  try {
    return value === '' ? undefined : companyIdOf(value);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    violations.push(...error.violations);
    return undefined;
  }
}

/** Those that the map names; a row that lists its own ones has any. */
function schemesIn(map: ColumnMap): string[] {
  const schemes = [...map.identifiers, ...map.fallbackIdentifiers].map(({ scheme }) =>
    typeof scheme === 'string' ? scheme : 'identifiers',
  );
  return [...new Set([...(map.companyId ? ['companyId'] : []), ...schemes])];
}

function identifiersIn(
  readings: readonly IdentifierReading[],
  cells: Cells,
  violations: Violation[],
): RowIdentifier[] {
  return readings.flatMap(({ scheme: named, value: reading, onlySameName }) => {
    const { value } = read(reading, cells, [typeof named === 'string' ? named : 'identifiers'], violations);
    if (value === '') return [];
    const scheme =
      typeof named === 'string' ? named : read(named, cells, ['identifiers', 'scheme'], violations).value;
    const faults: Violation[] = [];
    const identifier = identifierOf({ scheme, value }, [], faults);
    for (const { detail } of faults)
      violations.push({ path: [scheme], detail: `${JSON.stringify(value)} ${detail}` });
    return [{ ...identifier, onlySameName }];
  });
}

function factsIn(company: CompanyReading, cells: Cells, violations: Violation[]): RowFacts {
  const facts: Record<string, unknown> = {};
  for (const fact of TEXT_FACTS) {
    const { value } = read(company[fact], cells, [fact], violations);
    if (value !== '') facts[fact] = value;
  }
  const industry = company.industry && industryIn(company.industry, cells, violations);
  if (industry) facts['industry'] = industry;
  const office = company.registeredOffice && addressIn(company.registeredOffice, cells, violations);
  if (office) facts['registeredOffice'] = office;
  const tags = (company.tags ?? []).map((tag) => read(tag, cells, ['tags'], violations).value);
  if (tags.some((tag) => tag !== '')) facts['tags'] = tags.filter((tag) => tag !== '');
  return facts;
}

/** An industry without a code is none; without a label, the code is its label. */
function industryIn(
  readings: NonNullable<CompanyReading['industry']>,
  cells: Cells,
  violations: Violation[],
): Industry | undefined {
  const part = (name: keyof Industry): string =>
    read(readings[name], cells, ['industry', name], violations).value;
  const code = part('code');
  return code === '' ? undefined : { scheme: part('scheme'), code, label: part('label') || code };
}

function addressIn(
  readings: NonNullable<CompanyReading['registeredOffice']>,
  cells: Cells,
  violations: Violation[],
): RowFacts['registeredOffice'] {
  const address: Record<string, string | null> = {};
  for (const part of ADDRESS_PARTS) {
    const { value, filled } = read(readings[part], cells, ['registeredOffice', part], violations);
    if (value !== '') address[part] = value;
    else if (filled) address[part] = null;
  }
  return Object.values(address).some((part) => part !== null) ? address : undefined;
}

/** A figure without a value has not been reported. */
function observationsIn(
  readings: readonly ObservationReading[],
  cells: Cells,
  violations: Violation[],
): StatedObservation[] {
  // What is stated once for all metrics is read once.
  const texts = new Map<Reading, string>();
  const textIn = (reading: Reading, path: Violation['path']): string => {
    const known = texts.get(reading);
    if (known !== undefined) return known;
    const { value } = read(reading, cells, path, violations);
    texts.set(reading, value);
    return value;
  };
  return readings.flatMap((reading, index) => {
    const path = ['observations', index];
    const value = textIn(reading.value, [...path, 'value']);
    if (value === '') return [];
    const reportedAt = reading.reportedAt && textIn(reading.reportedAt, [...path, 'reportedAt']);
    return [
      {
        metric: textIn(reading.metric, [...path, 'metric']),
        unit: textIn(reading.unit, [...path, 'unit']),
        observedAt: textIn(reading.observedAt, [...path, 'observedAt']),
        value,
        source: textIn(reading.source, [...path, 'source']),
        ...(reportedAt && { reportedAt }),
      },
    ];
  });
}

function read(
  reading: Reading | undefined,
  cells: Cells,
  path: Violation['path'],
  violations: Violation[],
): Found {
  try {
    return readText(reading ?? [], cells);
  } catch (error) {
    if (!(error instanceof UnmappedValue)) throw error;
    violations.push({ path, detail: error.message });
    return { value: '', filled: true };
  }
}

import { InvalidInput } from '../../shared/errors.ts';
import { ADDRESS_PARTS, BOUNDS } from '../company-facts.ts';
import { schemeFault } from '../../shared/identifier.ts';
import type { RowFacts } from './company-row.ts';
import { flag, list, nonEmpty, only, record, text, type Path } from './map-input.ts';
import { observationReadingsOf, type ObservationReading } from './observation-reading.ts';
import { columnsNeededBy, plainReadingOf, readingOf, sourcesIn, type Reading } from './reading.ts';
import { recordPathOf, type RecordPath } from './record-path.ts';
import { timeReadingOf, type TimeReading } from './time-pattern.ts';
import { likeness } from './transform.ts';

export const FORMATS = ['csv', 'json', 'ndjson'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** How the bytes of a file become rows, as far as its map says so. */
export interface FileLayout {
  readonly format?: FileFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  /** Whether a CSV's cells that begin like a formula stand behind an apostrophe, which is no part of them. */
  readonly formulaGuard?: boolean;
  /** Where in a JSON file its records are, if they are nested. */
  readonly records?: RecordPath;
}

export interface IdentifierReading {
  /** What the map names, or where the row does. */
  readonly scheme: string | Reading;
  readonly value: Reading;
  readonly onlySameName: boolean;
}

/** Rows that are refused for what they are, such as warrants in a list of companies. */
export interface Refusal {
  readonly column: string;
  readonly isLike: (text: string) => boolean;
  readonly because: string;
}

export const TEXT_FACTS = [
  'name',
  'status',
  'countryCode',
  'legalForm',
  'website',
  'foundedOn',
  'description',
] as const;

export interface CompanyReading extends Readonly<Partial<Record<(typeof TEXT_FACTS)[number], Reading>>> {
  readonly name: Reading;
  readonly industry?: { readonly scheme: Reading; readonly code: Reading; readonly label: Reading };
  readonly registeredOffice?: Readonly<Partial<Record<(typeof ADDRESS_PARTS)[number], Reading>>>;
  readonly tags?: readonly Reading[];
}

/** Which column of a file is which fact of a company. Documented, with examples, in `maps/README.md`. */
export interface ColumnMap {
  readonly layout: FileLayout;
  /** Where a row names its company by the registry's own id. */
  readonly companyId?: Reading;
  readonly identifiers: readonly IdentifierReading[];
  /** For rows that have none of the identifiers. */
  readonly fallbackIdentifiers: readonly IdentifierReading[];
  readonly company: CompanyReading;
  /** Hold where a row registers a company and states nothing else. */
  readonly defaults: RowFacts;
  readonly refuse: readonly Refusal[];
  /** Whether a known company keeps its facts: rows register companies, and do no more to them. */
  readonly keepsKnown: boolean;
  /** The figures that a row states of its company; none where the map is of companies alone. */
  readonly observations: readonly ObservationReading[];
  /** How the name of a file tells its time. */
  readonly fileTime: readonly TimeReading[];
}

const KNOWN_COMPANIES = ['update', 'keep'];

/**
 * The map that a JSON document states.
 *
 * @throws InvalidInput that names the property that is wrong
 */
export function columnMapOf(input: unknown): ColumnMap {
  const map = record(input, []);
  only(
    map,
    [
      'describes',
      'format',
      'encoding',
      'delimiter',
      'quote',
      'formulaGuard',
      'records',
      'fileTime',
      'companyId',
      'identifiers',
      'fallbackIdentifiers',
      'company',
      'knownCompanies',
      'observations',
      'refuse',
    ],
    [],
  );
  const identifiers = list(map['identifiers'] ?? [], ['identifiers'], identifierReadingsOf).flat();
  const fallbackIdentifiers = list(
    map['fallbackIdentifiers'] ?? [],
    ['fallbackIdentifiers'],
    identifierReadingsOf,
  ).flat();
  if (identifiers.length + fallbackIdentifiers.length === 0) {
    throw InvalidInput.at(
      ['identifiers'],
      'must have an entry: without an identifier no company is found again',
    );
  }
  const company = companyReadingOf(map['company'], ['company']);
  const { knownCompanies = 'update', fileTime = [], observations } = map;
  if (!KNOWN_COMPANIES.some((known) => known === knownCompanies)) {
    throw InvalidInput.at(['knownCompanies'], `must be ${KNOWN_COMPANIES.join(' or ')}`);
  }
  const columnMap: ColumnMap = {
    layout: layoutOf(map),
    ...(map['companyId'] !== undefined && { companyId: plainReadingOf(map['companyId'], ['companyId']) }),
    identifiers,
    fallbackIdentifiers,
    company,
    defaults: defaultsOf(company),
    refuse: list(map['refuse'] ?? [], ['refuse'], refusalOf),
    keepsKnown: knownCompanies === 'keep',
    observations: observations === undefined ? [] : observationReadingsOf(observations, ['observations']),
    fileTime: list(Array.isArray(fileTime) ? fileTime : [fileTime], ['fileTime'], timeReadingOf),
  };
  if (columnMap.fileTime.length === 0 && readingsOf(columnMap).some((reading) => asksForFileTime(reading))) {
    throw InvalidInput.at(
      ['fileTime'],
      'must say how the name of a file tells its time: a source asks for it',
    );
  }
  return columnMap;
}

/** Each set of columns of which a file of that time must have one at least. */
export function requiredColumns(map: ColumnMap, fileTime?: string): string[][] {
  return readingsOf(map).flatMap((reading) => columnsNeededBy(reading, fileTime));
}

/**
 * The time that the name of a file tells, where its map reads one.
 *
 * @throws InvalidInput where the map cannot do without, and the name tells none
 */
export function fileTimeOf(map: ColumnMap, fileName: string): string | undefined {
  for (const timeIn of map.fileTime) {
    const time = timeIn(fileName);
    if (time !== undefined) return time;
  }
  if (!readingsOf(map).some((reading) => asksForFileTime(reading, 'in any case'))) return undefined;
  throw InvalidInput.at(
    ['fileTime'],
    `the name of the file, ${JSON.stringify(fileName)}, is like no pattern of the map, which needs its time`,
  );
}

function readingsOf(map: ColumnMap): Reading[] {
  const { industry, registeredOffice, tags, ...facts } = map.company;
  const readings: (Reading | undefined)[] = [
    map.companyId,
    ...[...map.identifiers, ...map.fallbackIdentifiers].map(({ value }) => value),
    ...Object.values(facts),
    ...Object.values(industry ?? {}),
    ...Object.values(registeredOffice ?? {}),
    ...(tags ?? []),
    // What is stated once for all metrics is looked at once.
    ...new Set(map.observations.flatMap((observation) => Object.values(observation) as Reading[])),
  ];
  return readings.filter((reading) => reading !== undefined);
}

function asksForFileTime(reading: Reading, how?: 'in any case'): boolean {
  return [...sourcesIn(reading)].some(
    ({ origin, optional, since, before }) =>
      (since ?? before) !== undefined ||
      (origin.kind === 'file-time' && !(optional && how === 'in any case')),
  );
}

function layoutOf(map: Record<string, unknown>): FileLayout {
  const { format, encoding, delimiter, quote, formulaGuard, records } = map;
  if (format !== undefined && !FORMATS.some((known) => known === format)) {
    throw InvalidInput.at(['format'], `must be one of ${FORMATS.join(', ')}`);
  }
  if (records !== undefined && format === 'csv') {
    throw InvalidInput.at(['records'], 'is only for JSON: in a CSV every line is a record');
  }
  return {
    ...(format !== undefined && { format: format as FileFormat }),
    ...(encoding !== undefined && { encoding: nonEmpty(encoding, ['encoding']) }),
    ...(delimiter !== undefined && { delimiter: character(delimiter, ['delimiter']) }),
    ...(quote !== undefined && { quote: character(quote, ['quote']) }),
    ...(flag(formulaGuard, ['formulaGuard']) && { formulaGuard: true }),
    ...(records !== undefined && { records: recordPathOf(records, ['records']) }),
  };
}

/** One identifier, or all of those that a row lists with their schemes. */
function identifierReadingsOf(input: unknown, path: Path): IdentifierReading[] {
  const { scheme, onlySameName, ...source } = record(input, path);
  if (source['list'] !== undefined) {
    only(record(input, path), ['list'], path);
    return listed(source['list'], [...path, 'list'], BOUNDS.identifiers, (column) => ({
      scheme: optionalColumn(`${column}.scheme`),
      value: optionalColumn(`${column}.value`),
      onlySameName: false,
    }));
  }
  const slug = nonEmpty(scheme, [...path, 'scheme']);
  const fault = schemeFault(slug);
  if (fault !== undefined) throw InvalidInput.at([...path, 'scheme'], fault);
  return [
    {
      scheme: slug,
      value: plainReadingOf(source, path),
      onlySameName: flag(onlySameName, [...path, 'onlySameName']),
    },
  ];
}

/** What a list's entries are read from: in a file, entries are columns of a name and a number, `tags.0`. */
function listed<Entry>(
  input: unknown,
  path: Path,
  most: number,
  entryIn: (column: string) => Entry,
): Entry[] {
  const name = nonEmpty(input, path);
  return Array.from({ length: most }, (_, index) => entryIn(`${name}.${index}`));
}

function optionalColumn(column: string): Reading {
  return readingOf({ column, optional: true }, []);
}

function companyReadingOf(input: unknown, path: Path): CompanyReading {
  const company = record(input, path);
  only(company, [...TEXT_FACTS, 'industry', 'registeredOffice', 'tags'], path);
  const { industry, registeredOffice, tags } = company;
  if (company['name'] === undefined) throw InvalidInput.at([...path, 'name'], 'must be mapped');
  return {
    ...readings(company, TEXT_FACTS, path),
    name: readingOf(company['name'], [...path, 'name']),
    ...(industry !== undefined && { industry: industryReadingOf(industry, [...path, 'industry']) }),
    ...(registeredOffice !== undefined && {
      registeredOffice: addressReadingOf(registeredOffice, [...path, 'registeredOffice']),
    }),
    ...(tags !== undefined && { tags: tagReadingsOf(tags, [...path, 'tags']) }),
  };
}

function tagReadingsOf(input: unknown, path: Path): Reading[] {
  if (Array.isArray(input)) return list(input, path, plainReadingOf);
  const tags = record(input, path);
  only(tags, ['list'], path);
  return listed(tags['list'], [...path, 'list'], BOUNDS.tags, optionalColumn);
}

function defaultsOf(company: CompanyReading): RowFacts {
  const stated = TEXT_FACTS.map((fact) => [fact, company[fact]?.find((source) => source.default)?.default]);
  return Object.fromEntries(stated.filter(([, value]) => value !== undefined)) as RowFacts;
}

function industryReadingOf(input: unknown, path: Path): NonNullable<CompanyReading['industry']> {
  const industry = record(input, path);
  only(industry, ['scheme', 'code', 'label'], path);
  const code = plainReadingOf(industry['code'], [...path, 'code']);
  return {
    scheme: plainReadingOf(industry['scheme'], [...path, 'scheme']),
    code,
    label: industry['label'] === undefined ? code : plainReadingOf(industry['label'], [...path, 'label']),
  };
}

function addressReadingOf(input: unknown, path: Path): NonNullable<CompanyReading['registeredOffice']> {
  const address = record(input, path);
  only(address, ADDRESS_PARTS, path);
  return readings(address, ADDRESS_PARTS, path, plainReadingOf);
}

function readings<Name extends string>(
  input: Record<string, unknown>,
  names: readonly Name[],
  path: Path,
  ofInput: (input: unknown, path: Path) => Reading = readingOf,
): Partial<Record<Name, Reading>> {
  const stated = names.filter((name) => input[name] !== undefined);
  const entries = stated.map((name) => [name, ofInput(input[name], [...path, name])]);
  return Object.fromEntries(entries) as Partial<Record<Name, Reading>>;
}

function refusalOf(input: unknown, path: Path): Refusal {
  const refusal = record(input, path);
  only(refusal, ['column', 'like', 'because'], path);
  return {
    column: nonEmpty(refusal['column'], [...path, 'column']),
    isLike: likeness(refusal['like'], [...path, 'like']),
    because: nonEmpty(refusal['because'], [...path, 'because']),
  };
}

function character(input: unknown, path: Path): string {
  const value = text(input, path);
  if (value.length !== 1) throw InvalidInput.at(path, 'must be one character');
  return value;
}

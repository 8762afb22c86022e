import { InvalidInput } from '../../shared/errors.ts';
import { ADDRESS_PARTS } from '../company-facts.ts';
import { schemeFault } from '../identifier.ts';
import type { RowFacts } from './company-row.ts';
import { likeness, nonEmpty, only, record, text, texts, transformOf, type Transform } from './transform.ts';

export const FORMATS = ['csv', 'json', 'ndjson'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** How the bytes of a file become rows, as far as its map says so. */
export interface FileLayout {
  readonly format?: FileFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
}

/** Where a value comes from: the first of the columns that is filled, or a constant. */
export interface Source {
  readonly columns: readonly string[];
  /** Whether a file may lack all the columns. */
  readonly optional: boolean;
  readonly constant?: string;
  readonly default?: string;
  readonly apply: readonly Transform[];
}

/** The first of the sources that has a value. */
export type Reading = readonly Source[];

export interface IdentifierReading {
  readonly scheme: string;
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
  readonly identifiers: readonly IdentifierReading[];
  /** For rows that have none of the identifiers. */
  readonly fallbackIdentifiers: readonly IdentifierReading[];
  readonly company: CompanyReading;
  /** Hold where a row registers a company and states nothing else. */
  readonly defaults: RowFacts;
  readonly refuse: readonly Refusal[];
}

type Path = readonly (string | number)[];

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
      'identifiers',
      'fallbackIdentifiers',
      'company',
      'refuse',
    ],
    [],
  );
  const identifiers = list(map['identifiers'] ?? [], ['identifiers'], identifierReadingOf);
  const fallbackIdentifiers = list(
    map['fallbackIdentifiers'] ?? [],
    ['fallbackIdentifiers'],
    identifierReadingOf,
  );
  if (identifiers.length + fallbackIdentifiers.length === 0) {
    throw InvalidInput.at(
      ['identifiers'],
      'must have an entry: without an identifier no company is found again',
    );
  }
  const company = companyReadingOf(map['company'], ['company']);
  return {
    layout: layoutOf(map),
    identifiers,
    fallbackIdentifiers,
    company,
    defaults: defaultsOf(company),
    refuse: list(map['refuse'] ?? [], ['refuse'], refusalOf),
  };
}

/** Each set of columns of which a file must have one at least. */
export function requiredColumns(map: ColumnMap): string[][] {
  const { industry, registeredOffice, tags, ...facts } = map.company;
  const readings: (Reading | undefined)[] = [
    ...[...map.identifiers, ...map.fallbackIdentifiers].map(({ value }) => value),
    ...Object.values(facts),
    ...Object.values(industry ?? {}),
    ...Object.values(registeredOffice ?? {}),
    ...(tags ?? []),
  ];
  return readings
    .filter((reading) => reading !== undefined)
    .filter((reading) => !reading.some(({ optional, constant }) => optional || constant !== undefined))
    .map((reading) => [...new Set(reading.flatMap(({ columns }) => columns))])
    .filter((columns) => columns.length > 0);
}

function layoutOf(map: Record<string, unknown>): FileLayout {
  const { format, encoding, delimiter, quote } = map;
  if (format !== undefined && !FORMATS.some((known) => known === format)) {
    throw InvalidInput.at(['format'], `must be one of ${FORMATS.join(', ')}`);
  }
  return {
    ...(format !== undefined && { format: format as FileFormat }),
    ...(encoding !== undefined && { encoding: nonEmpty(encoding, ['encoding']) }),
    ...(delimiter !== undefined && { delimiter: character(delimiter, ['delimiter']) }),
    ...(quote !== undefined && { quote: character(quote, ['quote']) }),
  };
}

function identifierReadingOf(input: unknown, path: Path): IdentifierReading {
  const { scheme, onlySameName, ...source } = record(input, path);
  if (onlySameName !== undefined && typeof onlySameName !== 'boolean') {
    throw InvalidInput.at([...path, 'onlySameName'], 'must be true or false');
  }
  const slug = nonEmpty(scheme, [...path, 'scheme']);
  const fault = schemeFault(slug);
  if (fault !== undefined) throw InvalidInput.at([...path, 'scheme'], fault);
  return {
    scheme: slug,
    value: withoutDefault([sourceOf(source, path)], path),
    onlySameName: onlySameName ?? false,
  };
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
    ...(tags !== undefined && { tags: list(tags, [...path, 'tags'], plainReadingOf) }),
  };
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

/** A column's name, a source, or a list of sources. */
function readingOf(input: unknown, path: Path): Reading {
  if (typeof input === 'string') return [sourceOf({ column: input }, path)];
  if (!Array.isArray(input)) return [sourceOf(record(input, path), path)];
  if (input.length === 0) throw InvalidInput.at(path, 'must not be empty');
  return list(input, path, (entry, entryPath) => sourceOf(record(entry, entryPath), entryPath));
}

function plainReadingOf(input: unknown, path: Path): Reading {
  return withoutDefault(readingOf(input, path), path);
}

function withoutDefault(reading: Reading, path: Path): Reading {
  if (reading.every((source) => source.default === undefined)) return reading;
  throw InvalidInput.at([...path, 'default'], `is only for ${TEXT_FACTS.join(', ')}`);
}

function sourceOf(source: Record<string, unknown>, path: Path): Source {
  only(source, ['column', 'constant', 'default', 'optional', 'apply'], path);
  const { column, constant, optional, apply } = source;
  const columns = column === undefined ? [] : texts(column, [...path, 'column']);
  if (optional !== undefined && typeof optional !== 'boolean') {
    throw InvalidInput.at([...path, 'optional'], 'must be true or false');
  }
  if (columns.length === 0 && constant === undefined && source['default'] === undefined) {
    throw InvalidInput.at(path, 'must have a column, a constant or a default');
  }
  if (columns.length > 0 && constant !== undefined) {
    throw InvalidInput.at(
      [...path, 'constant'],
      'must not stand beside a column: perhaps a default is meant',
    );
  }
  return {
    columns,
    optional: optional ?? false,
    ...(constant !== undefined && { constant: nonEmpty(constant, [...path, 'constant']) }),
    ...(source['default'] !== undefined && { default: nonEmpty(source['default'], [...path, 'default']) }),
    apply: list(apply ?? [], [...path, 'apply'], transformOf),
  };
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

function list<Entry>(input: unknown, path: Path, entryOf: (entry: unknown, path: Path) => Entry): Entry[] {
  if (!Array.isArray(input)) throw InvalidInput.at(path, 'must be a list');
  return input.map((entry, index) => entryOf(entry, [...path, index]));
}

function character(input: unknown, path: Path): string {
  const value = text(input, path);
  if (value.length !== 1) throw InvalidInput.at(path, 'must be one character');
  return value;
}

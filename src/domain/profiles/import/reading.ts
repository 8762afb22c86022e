import { InvalidInput } from '../../shared/errors.ts';
import { flag, list, nonEmpty, only, record, text, texts, type Path } from './map-input.ts';
import { transformOf, type Transform } from './transform.ts';

/** What a source takes its text from. */
export type Origin =
  /** The first of the columns that is filled. */
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  | { readonly kind: 'constant'; readonly text: string }
  /** The time that the file's name tells. */
  | { readonly kind: 'file-time' }
  /** How long it is from the day in one column to that in another: `3m`. */
  | { readonly kind: 'months'; readonly from: string; readonly to: string }
  /** The texts of some readings, without the blank ones. */
  | { readonly kind: 'join'; readonly parts: readonly Reading[]; readonly separator: string };

/** Where a value comes from, and what is done to it. */
export interface Source {
  readonly origin: Origin;
  /** Whether a file may lack its columns, or the time in its name. */
  readonly optional: boolean;
  /** Holds where a row registers a company and states nothing else. */
  readonly default?: string;
  readonly apply: readonly Transform[];
  /** The source counts in files of this time or later. */
  readonly since?: string;
  /** The source counts in files of an earlier time. */
  readonly before?: string;
}

/** The first of the sources that has a value. */
export type Reading = readonly Source[];

const ORIGINS = ['column', 'constant', 'fileTime', 'months', 'join'] as const;

/** A column's name, a source, or a list of sources. @throws InvalidInput that names the map's property */
export function readingOf(input: unknown, path: Path): Reading {
  if (typeof input === 'string') return [sourceOf({ column: input }, path)];
  if (!Array.isArray(input)) return [sourceOf(record(input, path), path)];
  if (input.length === 0) throw InvalidInput.at(path, 'must not be empty');
  return list(input, path, (entry, entryPath) => sourceOf(record(entry, entryPath), entryPath));
}

/** A reading of what no default may be given for. @throws InvalidInput that names the map's property */
export function plainReadingOf(input: unknown, path: Path): Reading {
  const reading = readingOf(input, path);
  if (reading.every((source) => source.default === undefined)) return reading;
  throw InvalidInput.at([...path, 'default'], 'is only for texts of the company, such as its name');
}

/** A source, and those that it joins. */
export function* sourcesIn(reading: Reading): Generator<Source> {
  for (const source of reading) {
    yield source;
    if (source.origin.kind === 'join') for (const part of source.origin.parts) yield* sourcesIn(part);
  }
}

/** Whether the source counts in a file of that time; one without a time has no sources that ask for it. */
export function counts({ since, before }: Source, fileTime: string | undefined): boolean {
  if (since === undefined && before === undefined) return true;
  if (fileTime === undefined) return false;
  return (since === undefined || fileTime >= since) && (before === undefined || fileTime < before);
}

/** Each set of columns of which a file of that time must have one at least, so that the reading can find something. */
export function columnsNeededBy(reading: Reading, fileTime: string | undefined): string[][] {
  const sources = reading.filter((source) => counts(source, fileTime));
  if (sources.some(({ origin, optional }) => optional || origin.kind === 'constant')) return [];
  if (fileTime !== undefined && sources.some(({ origin }) => origin.kind === 'file-time')) return [];
  const columns = sources.flatMap(({ origin }) => (origin.kind === 'columns' ? origin.columns : []));
  const [single] = sources.length === 1 ? sources : [];
  if (single?.origin.kind === 'months') return [[single.origin.from], [single.origin.to]];
  if (single?.origin.kind === 'join')
    return single.origin.parts.flatMap((part) => columnsNeededBy(part, fileTime));
  return columns.length === 0 ? [] : [[...new Set(columns)]];
}

function sourceOf(source: Record<string, unknown>, path: Path): Source {
  only(source, [...ORIGINS, 'with', 'default', 'optional', 'apply', 'since', 'before'], path);
  const { apply, optional } = source;
  const since = dayOf(source['since'], [...path, 'since']);
  const before = dayOf(source['before'], [...path, 'before']);
  if (source['default'] !== undefined && (since ?? before) !== undefined) {
    throw InvalidInput.at([...path, 'default'], 'must stand in a source that counts in every file');
  }
  return {
    origin: originOf(source, path),
    optional: flag(optional, [...path, 'optional']),
    ...(source['default'] !== undefined && { default: nonEmpty(source['default'], [...path, 'default']) }),
    apply: list(apply ?? [], [...path, 'apply'], transformOf),
    ...(since !== undefined && { since }),
    ...(before !== undefined && { before }),
  };
}

function originOf(source: Record<string, unknown>, path: Path): Origin {
  const [stated, other] = ORIGINS.filter((name) => source[name] !== undefined);
  if (other !== undefined) {
    const hint = other === 'constant' && stated === 'column' ? ': perhaps a default is meant' : '';
    throw InvalidInput.at([...path, other], `must not stand beside a ${stated}${hint}`);
  }
  if (source['with'] !== undefined && stated !== 'join') {
    throw InvalidInput.at([...path, 'with'], 'is only for what is joined');
  }
  switch (stated) {
    case 'column':
      return { kind: 'columns', columns: texts(source['column'], [...path, 'column']) };
    case 'constant':
      return { kind: 'constant', text: nonEmpty(source['constant'], [...path, 'constant']) };
    case 'fileTime':
      if (source['fileTime'] !== true) throw InvalidInput.at([...path, 'fileTime'], 'must be true');
      return { kind: 'file-time' };
    case 'months':
      return monthsOf(source['months'], [...path, 'months']);
    case 'join':
      return {
        kind: 'join',
        parts: list(source['join'], [...path, 'join'], plainReadingOf),
        separator: text(source['with'] ?? '', [...path, 'with']),
      };
    default:
      if (source['default'] !== undefined) return { kind: 'columns', columns: [] };
      throw InvalidInput.at(
        path,
        'must have a column, a constant or a default (or fileTime, months or join)',
      );
  }
}

function monthsOf(input: unknown, path: Path): Origin {
  const months = record(input, path);
  only(months, ['from', 'to'], path);
  return {
    kind: 'months',
    from: nonEmpty(months['from'], [...path, 'from']),
    to: nonEmpty(months['to'], [...path, 'to']),
  };
}

function dayOf(input: unknown, path: Path): string | undefined {
  if (input === undefined) return undefined;
  const day = text(input, path);
  if (/^\d{4}(-\d{2}(-\d{2})?)?$/.test(day)) return day;
  throw InvalidInput.at(path, 'must be a year, a month or a date: 2018, 2018-02 or 2018-02-09');
}

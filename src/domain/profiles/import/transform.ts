import { InvalidInput } from '../../shared/errors.ts';
import { fold } from '../text.ts';

/** What a map does to the text of a cell. The empty text says nothing. @throws UnmappedValue */
export type Transform = (text: string) => string;

/** A value that a map's table does not have, and that may not be guessed. */
export class UnmappedValue extends Error {
  constructor(readonly value: string) {
    super(`${JSON.stringify(value)} is not in the table of the map's values`);
  }
}

type Path = readonly (string | number)[];

const NAMED: Readonly<Record<string, Transform>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  spaces: (text) => text.replace(/\s+/gu, ' '),
  fold: (text) => fold(text).replace(/\s+/gu, ' '),
  // `2013 (1888)`, `c. 1920` and `1881/1894 (1980)` begin with the year that counts.
  year: (text) => /(?<!\d)[12]\d{3}(?!\d)/.exec(text)?.[0] ?? '',
  'percent-decode': (text) => text.replace(/(?:%[0-9A-Fa-f]{2})+/g, percentDecoded),
};

const MADE: Readonly<Record<string, (options: Record<string, unknown>, path: Path) => Transform>> = {
  padDigits: (options, path) => {
    only(options, ['padDigits'], path);
    const length = whole(options['padDigits'], [...path, 'padDigits'], (value) => value >= 1 && value <= 100);
    return (text) => (/^\d+$/.test(text) ? text.padStart(length, '0') : text);
  },
  split: (options, path) => {
    only(options, ['split', 'part', 'to', 'without'], path);
    const separator = nonEmpty(options['split'], [...path, 'split']);
    const isPart = (value: number): boolean => value !== 0 && Math.abs(value) <= 100;
    const from = whole(options['part'], [...path, 'part'], isPart);
    const to = options['to'] === undefined ? from : whole(options['to'], [...path, 'to'], isPart);
    const without = new Set(texts(options['without'] ?? [], [...path, 'without']).map(fold));
    return (text) => {
      const parts = text
        .split(separator)
        .map((part) => part.trim())
        .filter((part) => part !== '' && !without.has(fold(part)));
      const position = (part: number): number => (part > 0 ? part - 1 : parts.length + part);
      if (position(from) < 0) return '';
      return parts.slice(position(from), position(to) + 1).join(', ');
    };
  },
  like: (options, path) => {
    only(options, ['like'], path);
    const isLike = likeness(options['like'], [...path, 'like']);
    return (text) => (isLike(text) ? text : '');
  },
  values: (options, path) => {
    only(options, ['values', 'unmapped'], path);
    const entries = Object.entries(record(options['values'], [...path, 'values']));
    const table = new Map(
      entries.map(([from, to]) => [fold(from), text(to, [...path, 'values', from])] as const),
    );
    const unmapped = options['unmapped'] ?? 'reject';
    if (unmapped !== 'reject' && unmapped !== 'keep' && unmapped !== 'blank') {
      throw InvalidInput.at([...path, 'unmapped'], 'must be reject, keep or blank');
    }
    return (value) => {
      const mapped = table.get(fold(value));
      if (mapped !== undefined) return mapped;
      if (unmapped === 'reject') throw new UnmappedValue(value);
      return unmapped === 'keep' ? value : '';
    };
  },
};

/**
 * The transform that a map names: a word, or an object with its options.
 *
 * @throws InvalidInput that names the map's property
 */
export function transformOf(input: unknown, path: Path): Transform {
  if (typeof input === 'string') {
    const transform = Object.hasOwn(NAMED, input) ? NAMED[input] : undefined;
    if (transform === undefined)
      throw InvalidInput.at(path, `${JSON.stringify(input)} is none of ${known()}`);
    return transform;
  }
  const options = record(input, path);
  const made = Object.keys(MADE).find((name) => Object.hasOwn(options, name));
  if (made === undefined) throw InvalidInput.at(path, `must be one of ${known()}`);
  return MADE[made]!(options, path);
}

/**
 * Whether a text is like one of some patterns, in which `*` stands for any characters, `?` for one and `#` for a
 * digit, and letters for themselves in either case.
 *
 * @throws InvalidInput that names the map's property
 */
export function likeness(input: unknown, path: Path): (text: string) => boolean {
  const patterns = texts(input, path).map((pattern) => [...pattern.toUpperCase()]);
  return (text) => {
    const characters = [...text.toUpperCase()];
    return patterns.some((pattern) => isLike(pattern, characters));
  };
}

// Greedy, and back to the last star alone: at most the product of the two lengths, whatever a map asks for.
function isLike(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    const wanted = pattern[at];
    const character = text[position]!;
    if (wanted === '*') {
      star = at++;
      resume = position;
    } else if (wanted === '?' || wanted === character || (wanted === '#' && /\d/.test(character))) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

function percentDecoded(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Not the UTF-8 of anything: a percent sign that means itself.
    return escaped;
  }
}

function known(): string {
  return [...Object.keys(NAMED), ...Object.keys(MADE).map((name) => `{"${name}": …}`)].join(', ');
}

/** A JSON object. @throws InvalidInput */
export function record(input: unknown, path: Path): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw InvalidInput.at(path, 'must be an object');
  }
  return input as Record<string, unknown>;
}

/** Refuses properties that mean nothing: a mistyped one would be ignored. @throws InvalidInput */
export function only(input: Record<string, unknown>, names: readonly string[], path: Path): void {
  const unknown = Object.keys(input).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw InvalidInput.at([...path, unknown], `is unknown here; known are ${names.join(', ')}`);
}

/** @throws InvalidInput */
export function text(input: unknown, path: Path): string {
  if (typeof input !== 'string') throw InvalidInput.at(path, 'must be a text');
  return input;
}

/** @throws InvalidInput */
export function nonEmpty(input: unknown, path: Path): string {
  const value = text(input, path);
  if (value === '') throw InvalidInput.at(path, 'must not be empty');
  return value;
}

/** One text, or a list of them. @throws InvalidInput */
export function texts(input: unknown, path: Path): string[] {
  if (!Array.isArray(input)) return [nonEmpty(input, path)];
  return input.map((entry, index) => nonEmpty(entry, [...path, index]));
}

function whole(input: unknown, path: Path, isAllowed: (value: number) => boolean): number {
  if (typeof input !== 'number' || !Number.isInteger(input) || !isAllowed(input)) {
    throw InvalidInput.at(path, 'must be a whole number in the range that is documented');
  }
  return input;
}

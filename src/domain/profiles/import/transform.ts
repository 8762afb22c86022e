import { InvalidInput } from '../../shared/errors.ts';
import { fold } from '../../shared/text.ts';
import { list, nonEmpty, only, record, text, texts, whole, type Path } from './map-input.ts';
import { increased, numberIn, scaled } from './number-text.ts';
import { timeReadingOf } from './time-pattern.ts';

/** What a map does to the text of a cell. The empty text says nothing. @throws UnmappedValue */
export type Transform = (text: string) => string;

/** A value that a transform cannot make anything of, and that may not be guessed. */
export class UnmappedValue extends Error {
  constructor(value: string, fault = "is not in the table of the map's values") {
    super(`${JSON.stringify(value)} ${fault}`);
  }
}

const NAMED: Readonly<Record<string, Transform>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  spaces: (text) => text.replace(/\s+/gu, ' '),
  fold: (text) => fold(text).replace(/\s+/gu, ' '),
  // `2013 (1888)`, `c. 1920` and `1881/1894 (1980)` begin with the year that counts.
  year: (text) => /(?<!\d)[12]\d{3}(?!\d)/.exec(text)?.[0] ?? '',
  number: numberIn,
  slug: slugOf,
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
  replace: (options, path) => {
    only(options, ['replace', 'with'], path);
    const replaced = nonEmpty(options['replace'], [...path, 'replace']);
    const replacement = text(options['with'], [...path, 'with']);
    return (value) => value.replaceAll(replaced, () => replacement);
  },
  times: (options, path) => {
    only(options, ['times'], path);
    const zeros = zerosOf(options['times'], [...path, 'times']);
    return (value) => scaled(value, zeros);
  },
  plus: (options, path) => {
    only(options, ['plus'], path);
    const by = whole(options['plus'], [...path, 'plus'], (value) => Math.abs(value) <= 1e9);
    return (value) => increased(value, by);
  },
  date: (options, path) => {
    only(options, ['date'], path);
    const { date } = options;
    const readings = list(Array.isArray(date) ? date : [date], [...path, 'date'], timeReadingOf);
    return (value) => {
      for (const reading of readings) {
        const time = reading(value);
        if (time !== undefined) return time;
      }
      return value;
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

/** `AccountsPayableCurrent` → `accounts-payable-current`: every capital begins a word, so that no two names become one. */
function slugOf(name: string): string {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    throw new UnmappedValue(name, 'is no name in CamelCase, so it could become the same slug as another one');
  }
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

/** How far the point moves: `1000` has three zeros, `0.01` has minus two. */
function zerosOf(input: unknown, path: Path): number {
  const zeros = typeof input === 'number' && input > 0 ? Math.round(Math.log10(input)) : NaN;
  if (Math.abs(zeros) <= 30 && Number(`1e${zeros}`) === input) return zeros;
  throw InvalidInput.at(path, 'must be a power of ten between 1e-30 and 1e30, such as 1000 or 0.01');
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

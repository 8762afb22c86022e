import { InvalidInput } from '../../shared/errors.ts';
import { nonEmpty, type Path } from './map-input.ts';

/** The time that a text tells, `2013-02-10T12:35Z` or as much of it as there is; undefined where it tells none. */
export type TimeReading = (text: string) => string | undefined;

const PARTS: Readonly<Record<string, readonly [part: string, pattern: string]>> = {
  '{YYYY}': ['year', '\\d{4}'],
  '{MM}': ['month', '\\d{2}'],
  '{M}': ['month', '\\d{1,2}'],
  '{DD}': ['day', '\\d{2}'],
  '{D}': ['day', '\\d{1,2}'],
  '{hh}': ['hour', '\\d{2}'],
  '{h}': ['hour', '\\d{1,2}'],
  '{mm}': ['minute', '\\d{2}'],
  '{ss}': ['second', '\\d{2}'],
};
const WILDCARDS: Readonly<Record<string, string>> = { '#': '\\d', '?': '.', '*': '.*' };
const ORDER = ['year', 'month', 'day', 'hour', 'minute', 'second'];
/** More would let a text that is not like the pattern be tried in too many ways. */
const MOST_STARS = 2;

/**
 * How a pattern such as `{DD}/{MM}/{YYYY} {hh}:{mm}` reads a time, which is taken for UTC. `#` stands for a digit, `?` for
 * any character, `*` for any characters, all others for themselves.
 *
 * @throws InvalidInput that names the map's property
 */
export function timeReadingOf(input: unknown, path: Path): TimeReading {
  const pattern = nonEmpty(input, path);
  const pieces = pattern.match(/\{[A-Za-z]+\}|[\s\S]/gu) ?? [];
  const parts = pieces.flatMap((piece) => partOf(piece)?.[0] ?? []);
  const depth = parts.length;
  if (ORDER.slice(0, depth).some((part) => !parts.includes(part)) || depth === 0 || depth === 4) {
    throw InvalidInput.at(
      path,
      'must have {YYYY}, {YYYY} and {MM}, these and {DD}, or these, {hh} and {mm}, perhaps {ss}, each once',
    );
  }
  if (pieces.filter((piece) => piece === '*').length > MOST_STARS) {
    throw InvalidInput.at(path, `must have at most ${MOST_STARS} stars`);
  }
  const expression = new RegExp(`^${pieces.map(expressionOf).join('')}$`, 'su');
  return (text) => {
    const found = expression.exec(text);
    if (!found) return undefined;
    const value = (part: string): string | undefined => found[parts.indexOf(part) + 1]?.padStart(2, '0');
    return timeOf(ORDER.slice(0, depth).map((part) => value(part) ?? ''));
  };
}

function partOf(piece: string): readonly [part: string, pattern: string] | undefined {
  return Object.hasOwn(PARTS, piece) ? PARTS[piece] : undefined;
}

function expressionOf(piece: string): string {
  const part = partOf(piece);
  if (part) return `(${part[1]})`;
  return WILDCARDS[piece] ?? piece.replace(/[\\^$.|+()[\]{}/]/gu, '\\$&');
}

function timeOf([year = '', month, day, hour, minute, second]: readonly string[]): string | undefined {
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const clock = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
  const time = Date.parse(`${date}T${clock}Z`);
  // The 30th of February would be a day in March, and 24:00 the next day.
  if (Number.isNaN(time) || new Date(time).toISOString() !== `${date}T${clock}.000Z`) return undefined;
  if (hour !== undefined) return `${date}T${second === undefined ? `${hour}:${minute}` : clock}Z`;
  return date.slice(0, day !== undefined ? 10 : month !== undefined ? 7 : 4);
}

import { InvalidInput } from '../../shared/errors.ts';
import { list, only, record, type Path } from './map-input.ts';
import { plainReadingOf, type Reading } from './reading.ts';

/** Where one figure of a row is, and what it means. */
export interface ObservationReading {
  readonly metric: Reading;
  readonly unit: Reading;
  readonly observedAt: Reading;
  readonly value: Reading;
  readonly source: Reading;
  readonly reportedAt?: Reading;
}

/** What may be stated once, for all metrics. */
const SHARED = ['unit', 'observedAt', 'source', 'reportedAt'] as const;
const NEEDED = ['metric', 'value', 'unit', 'observedAt', 'source'] as const;

const LONGEST_METRIC = 200;
const LONGEST_UNIT = 50;
const LONGEST_SOURCE = 100;

/** The figures that a row states, by the section of a map. @throws InvalidInput that names the map's property */
export function observationReadingsOf(input: unknown, path: Path): ObservationReading[] {
  const { metrics, ...section } = record(input, path);
  only(section, [...SHARED, 'metrics'], path);
  const shared = readingsIn(section, SHARED, path);
  const readings = list(metrics, [...path, 'metrics'], (entry, entryPath): ObservationReading => {
    const stated = record(entry, entryPath);
    only(stated, [...NEEDED, 'reportedAt'], entryPath);
    const parts = { ...shared, ...readingsIn(stated, [...NEEDED, 'reportedAt'], entryPath) };
    const missing = NEEDED.find((part) => parts[part] === undefined);
    if (missing === undefined) return parts as ObservationReading;
    throw InvalidInput.at([...entryPath, missing], 'must be mapped, here or once for all metrics');
  });
  if (readings.length === 0) throw InvalidInput.at([...path, 'metrics'], 'must have an entry');
  return readings;
}

type Part = keyof ObservationReading;

function readingsIn(
  input: Record<string, unknown>,
  parts: readonly Part[],
  path: Path,
): Partial<Record<Part, Reading>> {
  const readings: Partial<Record<Part, Reading>> = {};
  for (const part of parts) {
    if (input[part] === undefined) continue;
    const reading = plainReadingOf(input[part], [...path, part]);
    for (const { origin } of reading) {
      const fault = origin.kind === 'constant' ? faultOf(part, origin.text) : undefined;
      if (fault !== undefined) throw InvalidInput.at([...path, part, 'constant'], fault);
    }
    readings[part] = reading;
  }
  return readings;
}

function faultOf(part: Part, constant: string): string | undefined {
  if (part === 'metric' && (constant.length > LONGEST_METRIC || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(constant))) {
    return `must be a slug of at most ${LONGEST_METRIC} characters, such as market-cap`;
  }
  const longest = part === 'unit' ? LONGEST_UNIT : part === 'source' ? LONGEST_SOURCE : constant.length;
  return constant.length > longest ? `must have at most ${longest} characters` : undefined;
}

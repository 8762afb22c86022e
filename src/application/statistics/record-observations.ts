import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { DecimalArithmetic } from '../../domain/shared/decimal.ts';
import { InvalidInput, Unavailable } from '../../domain/shared/errors.ts';
import type { Backoff } from '../../domain/shared/time.ts';
import {
  observationKey,
  observationOf,
  type Observation,
  type Report,
  type StatedObservation,
} from '../../domain/statistics/observation.ts';
import { yearOf } from '../../domain/statistics/observed-at.ts';
import { seriesKey } from '../../domain/statistics/series.ts';
import {
  MOST_WRITES,
  writesOf,
  type Observations,
  type SeriesYears,
  type StoredObservation,
  type StoredSeries,
} from './ports/observations.ts';
import { KnownRollups } from './known-rollups.ts';
import { planRecording, type Entry, type Recorded, type RecordingResult } from './plan-recording.ts';

/** How often a batch may find that another writer came between; each time one of those has succeeded. */
const ATTEMPTS = 60;

export class RecordObservations {
  constructor(
    private readonly observations: Observations,
    private readonly arithmetic: DecimalArithmetic,
    private readonly backoff: Backoff,
  ) {}

  /**
   * Records observations of a company, known or not, with all that they mean to its figures. What comes again changes
   * nothing, so that a call that failed may be made again.
   *
   * @returns what became of each, in their order
   * @throws Unavailable: some may be recorded
   */
  async execute(
    companyId: CompanyId,
    stated: readonly StatedObservation[],
  ): Promise<readonly RecordingResult[]> {
    const results: RecordingResult[] = [];
    const entries: Entry[] = [];
    for (const [index, one] of stated.entries()) {
      try {
        entries.push({ index, observation: observationOf(one, this.arithmetic) });
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        results[index] = { status: 'invalid', violations: error.violations };
      }
    }
    const rollups = new KnownRollups();
    for (const batch of batchesOf(entries)) {
      const known = { rollups, observations: new Map(), reports: new Map() };
      for (const { index, result } of await this.#record(companyId, batch, known)) results[index] = result;
    }
    return results;
  }

  /** Records a batch in one commit, or in several where corrections make it too large for one. */
  async #record(
    companyId: CompanyId,
    batch: readonly Entry[],
    known: KnownOfBatch,
  ): Promise<readonly Recorded[]> {
    for (let attempt = 1; ; attempt++) {
      // Before anything else of the series: a commit is refused if the figures have changed since.
      const stored = await this.#stored(companyId, batch, known.rollups);
      const { changes, recorded } = await planRecording(batch, {
        companyId,
        stored,
        known: known.observations,
        reports: known.reports,
        observations: this.observations,
        arithmetic: this.arithmetic,
      });
      if (changes.length === 0) return recorded;
      if (writesOf(changes) > MOST_WRITES && batch.length > 1) {
        const half = batch.length >> 1;
        const first = await this.#record(companyId, batch.slice(0, half), known);
        return [...first, ...(await this.#record(companyId, batch.slice(half), known))];
      }
      const refused = await this.observations.commit(companyId, changes);
      if (refused === undefined) {
        known.rollups.changed(changes);
        return recorded;
      }
      if (attempt === ATTEMPTS)
        throw new Unavailable(`The figures of company ${companyId} are changed by too many at once.`);
      for (const found of refused.found) known.observations.set(observationKey(found), found);
      if (refused.isOvertaken) {
        known.rollups.forget();
        await this.backoff(attempt);
      }
    }
  }

  /** The rollups of a batch, those that are not known yet as they are stored. */
  async #stored(
    companyId: CompanyId,
    batch: readonly Entry[],
    rollups: KnownRollups,
  ): Promise<readonly StoredSeries[]> {
    const wanted = seriesYearsOf(batch);
    const missing = wanted.filter((one) => rollups.of(one) === undefined);
    if (missing.length > 0) rollups.read(missing, await this.observations.rollups(companyId, missing));
    return wanted.map((one) => rollups.of(one)!);
  }
}

/** What is known while a batch is recorded. */
interface KnownOfBatch {
  readonly rollups: KnownRollups;
  /** By `observationKey` those that there turned out to be. */
  readonly observations: Map<string, StoredObservation>;
  readonly reports: Map<StoredObservation, readonly Report[]>;
}

/** Batches that one commit can take, observations of a series and year together; each series in the order given. */
function batchesOf(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { observation } = entry;
    const key = `${yearOf(observation.observedAt)} ${seriesKey(observation)}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  const batches: Entry[][] = [];
  let series = new Set<string>();
  let writes = Infinity;
  for (const group of groups.values()) {
    let isNewYear = true;
    for (const entry of group) {
      const key = seriesKey(entry.observation);
      const needed = (): number => 1 + (series.has(key) ? 0 : 1) + (isNewYear ? 1 : 0);
      if (writes + needed() > MOST_WRITES) {
        batches.push([]);
        series = new Set();
        isNewYear = true;
        writes = 0;
      }
      writes += needed();
      series.add(key);
      isNewYear = false;
      batches.at(-1)!.push(entry);
    }
  }
  return batches;
}

function seriesYearsOf(batch: readonly Entry[]): SeriesYears[] {
  const wanted = new Map<string, { series: Observation; years: Set<string> }>();
  for (const { observation } of batch) {
    const one = wanted.get(seriesKey(observation)) ?? { series: observation, years: new Set() };
    one.years.add(yearOf(observation.observedAt));
    wanted.set(seriesKey(observation), one);
  }
  return [...wanted.values()].map(({ series: { metric, unit }, years }) => ({
    series: { metric, unit },
    years: [...years],
  }));
}

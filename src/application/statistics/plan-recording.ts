import type { CompanyId } from '../../domain/shared/company-id.ts';
import { MOST_DIGITS, type DecimalArithmetic } from '../../domain/shared/decimal.ts';
import type { Violation } from '../../domain/shared/errors.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import { fits, merge, mergeAll, figuresOf, type Figures } from '../../domain/statistics/figures.ts';
import {
  observationKey,
  type Observation,
  type ObservationId,
  type Report,
} from '../../domain/statistics/observation.ts';
import { yearOf } from '../../domain/statistics/observed-at.ts';
import {
  outcomeOf,
  withReport,
  type Reported,
  type ReportOutcome,
} from '../../domain/statistics/reported.ts';
import {
  bucketOf,
  foldOf,
  yearFigures,
  type Bucket,
  type YearRollup,
} from '../../domain/statistics/rollup.ts';
import { seriesKey } from '../../domain/statistics/series.ts';
import type {
  ObservationChange,
  Observations,
  SeriesChange,
  StoredObservation,
  StoredSeries,
} from './ports/observations.ts';

/** What became of an observation; of one that is `invalid` nothing is kept. */
export type RecordingResult =
  | { readonly status: ReportOutcome }
  | { readonly status: 'invalid'; readonly violations: readonly Violation[] };

/** One of several observations that are recorded together. */
export interface Entry {
  readonly index: number;
  readonly observation: Observation;
}

export interface Recorded {
  readonly index: number;
  readonly result: RecordingResult;
}

export interface RecordingPlan {
  readonly changes: readonly SeriesChange[];
  /** What will have become of each entry. */
  readonly recorded: readonly Recorded[];
}

interface Known {
  readonly companyId: CompanyId;
  /** Of each series of the entries, with the years of the entries. */
  readonly stored: readonly StoredSeries[];
  /** By `observationKey`; of an observation that is not among them, it is assumed that there is none. */
  readonly known: ReadonlyMap<string, StoredObservation>;
  /** What was reported before of the known ones, as far as it was read: it changes with their revisions alone. */
  readonly reports: Map<StoredObservation, readonly Report[]>;
  readonly observations: Pick<Observations, 'years' | 'inBucket' | 'earlierReports'>;
  readonly arithmetic: DecimalArithmetic;
}

/** What is known of an observation while entries are planned. */
interface Draft {
  /** Of the stored one; 0 where there is none. */
  readonly revisionBefore: number;
  readonly reported: Reported;
  /** What was reported before, as it is stored; undefined as long as it was not read. */
  readonly earlierBefore: readonly Report[] | undefined;
}

/** Observations that are looked up at a time. */
const LOOKUPS = 8;

const TOO_LONG_A_SUM = {
  path: ['value'],
  detail: `the sum of the series would have more than ${MOST_DIGITS} digits: with the values that it has, it could not be kept exactly`,
};

/** What recording the entries, one after the other, means to their series. @throws Unavailable */
export async function planRecording(entries: readonly Entry[], known: Known): Promise<RecordingPlan> {
  await lookUpReports(entries, known);
  const drafts = new Map(
    known.stored.map((stored) => [seriesKey(stored.series), new SeriesDraft(stored, known)]),
  );
  const recorded: Recorded[] = [];
  for (const { index, observation } of entries) {
    const outcome = await drafts.get(seriesKey(observation))!.record(observation);
    recorded.push({
      index,
      result: outcome === 'invalid' ? { status: outcome, violations: [TOO_LONG_A_SUM] } : { status: outcome },
    });
  }
  return { changes: [...drafts.values()].flatMap((draft) => draft.change() ?? []), recorded };
}

/** Looks up together what the entries will ask for one by one. */
async function lookUpReports(entries: readonly Entry[], known: Known): Promise<void> {
  const changed = new Set<StoredObservation>();
  for (const { observation } of entries) {
    const stored = known.known.get(observationKey(observation));
    if (stored && outcomeOf(stored, observation) !== 'unchanged') changed.add(stored);
  }
  await inParallel([...changed], LOOKUPS, (stored) => reportsBefore(stored, known));
}

/** What was reported of a stored observation before. */
async function reportsBefore(
  stored: StoredObservation,
  { companyId, reports, observations }: Known,
): Promise<readonly Report[]> {
  const found = reports.get(stored) ?? (await observations.earlierReports(companyId, stored));
  reports.set(stored, found);
  return found;
}

/** A series of a company while observations are recorded in it. */
class SeriesDraft {
  /** Those that change, by `observationKey`. */
  readonly #drafts = new Map<string, { readonly observation: Observation; readonly draft: Draft }>();
  readonly #years = new Map<string, YearRollup>();
  #figures: Figures | undefined;
  /** What corrections are counted from, read once: the commit is refused if it has changed since. */
  #storedYears: ReadonlyMap<string, YearRollup> | undefined;
  readonly #storedBuckets = new Map<string, readonly Observation[]>();

  constructor(
    private readonly stored: StoredSeries,
    private readonly known: Known,
  ) {
    this.#figures = stored.figures;
  }

  async record(observation: Observation): Promise<ReportOutcome | 'invalid'> {
    const { known, arithmetic } = this.known;
    const key = observationKey(observation);
    const report = reportIn(observation);
    let draft = this.#drafts.get(key)?.draft ?? stored(known.get(key));
    const outcome = outcomeOf(draft?.reported.current, report);
    if (draft !== undefined && outcome !== 'unchanged') draft = await this.#withEarlier(observation, draft);
    const reported = withReport(draft?.reported, report, arithmetic);
    if (reported === draft?.reported) return outcome;

    const current = { ...idOf(observation), ...reported.current };
    if (draft === undefined) {
      if (!this.#add(current)) return 'invalid';
    } else if (current.value !== draft.reported.current.value) {
      if (!(await this.#refold(current))) return 'invalid';
    }
    const { revisionBefore = 0, earlierBefore } = draft ?? { earlierBefore: [] };
    this.#drafts.set(key, { observation: current, draft: { revisionBefore, reported, earlierBefore } });
    return outcome;
  }

  /** What must be written; undefined where nothing changes. */
  change(): SeriesChange | undefined {
    if (this.#drafts.size === 0) return undefined;
    const { series, revision } = this.stored;
    return {
      series,
      ...(this.#years.size > 0 && {
        rollup: { revisionBefore: revision, figures: this.#figures!, years: this.#years },
      }),
      observations: [...this.#drafts.values()].map(({ observation, draft }) => changeOf(observation, draft)),
    };
  }

  /** What was reported before is read when it first matters: of a stored one, where it has not been drafted. */
  async #withEarlier(observation: Observation, draft: Draft): Promise<Draft> {
    if (draft.earlierBefore !== undefined) return draft;
    const earlier = await reportsBefore(this.known.known.get(observationKey(observation))!, this.known);
    return { ...draft, reported: { ...draft.reported, earlier }, earlierBefore: earlier };
  }

  /** Counts a new observation; answers whether the figures can be kept. */
  #add(observation: Observation): boolean {
    const { arithmetic } = this.known;
    const own = figuresOf(observation);
    const year = this.#year(yearOf(observation.observedAt));
    const bucket = bucketOf(observation.observedAt);
    const counted = mergeAll([year[bucket], own], arithmetic)!;
    const all = this.#figures ? merge(this.#figures, own, arithmetic) : own;
    return this.#keep(observation, { ...year, [bucket]: counted }, all);
  }

  /** Counts anew what the value of an observation is part of; answers whether the figures can be kept. */
  async #refold(observation: Observation): Promise<boolean> {
    const { arithmetic } = this.known;
    const year = yearOf(observation.observedAt);
    const bucket = bucketOf(observation.observedAt);
    const stored = await this.#storedIn(year, bucket);
    const values = new Map(stored.map((one) => [observationKey(one), one]));
    for (const [key, { observation: drafted }] of this.#drafts) {
      if (isIn(drafted, year, bucket)) values.set(key, drafted);
    }
    values.set(observationKey(observation), observation);
    const rollup = { ...this.#year(year), [bucket]: foldOf(values.values(), arithmetic)! };

    const years = new Map([...(await this.#allStoredYears()), ...this.#years]).set(year, rollup);
    const all = mergeAll(
      [...years.values()].map((each) => yearFigures(each, arithmetic)),
      arithmetic,
    )!;
    return this.#keep(observation, rollup, all);
  }

  async #storedIn(year: string, bucket: Bucket): Promise<readonly Observation[]> {
    const key = `${year} ${bucket}`;
    const known = this.#storedBuckets.get(key);
    if (known !== undefined) return known;
    const { companyId, observations } = this.known;
    const stored = await observations.inBucket(companyId, this.stored.series, year, bucket);
    this.#storedBuckets.set(key, stored);
    return stored;
  }

  async #allStoredYears(): Promise<ReadonlyMap<string, YearRollup>> {
    const { companyId, observations } = this.known;
    return (this.#storedYears ??= await observations.years(companyId, this.stored.series));
  }

  #keep({ observedAt }: Observation, year: YearRollup, figures: Figures): boolean {
    if (!fits(year[bucketOf(observedAt)]!) || !fits(figures)) return false;
    this.#years.set(yearOf(observedAt), year);
    this.#figures = figures;
    return true;
  }

  #year(year: string): YearRollup {
    return this.#years.get(year) ?? this.stored.years.get(year) ?? {};
  }
}

function stored(observation: StoredObservation | undefined): Draft | undefined {
  return (
    observation && {
      revisionBefore: observation.revision,
      reported: { current: reportIn(observation), earlier: [] },
      earlierBefore: undefined,
    }
  );
}

function changeOf(
  observation: Observation,
  { revisionBefore, reported, earlierBefore = [] }: Draft,
): ObservationChange {
  return {
    observation,
    revisionBefore,
    earlier: {
      added: reported.earlier.filter((report) => !earlierBefore.includes(report)),
      removed: earlierBefore.filter((report) => !reported.earlier.includes(report)),
    },
  };
}

function idOf({ metric, unit, observedAt, source }: Observation): ObservationId {
  return { metric, unit, observedAt, source };
}

function reportIn({ value, reportedAt }: Observation): Report {
  return { value, ...(reportedAt !== undefined && { reportedAt }) };
}

function isIn({ observedAt }: Observation, year: string, bucket: Bucket): boolean {
  return yearOf(observedAt) === year && bucketOf(observedAt) === bucket;
}

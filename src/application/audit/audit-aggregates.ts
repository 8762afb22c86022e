import type { AuditedSeries } from '../../domain/audit/figures.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { Pause } from '../../domain/shared/time.ts';
import type { AuditedFigures, WrongAggregate } from './ports/audited-figures.ts';
import { settle, type Patience } from './settle.ts';
import { SuspectAggregates } from './suspect-aggregates.ts';

/** Series that are counted at a time. */
const WIDTH = 4;
/** Every look counts all companies of a series again. */
const PATIENCE: Patience = { pausesMs: [200, 800, 2_000, 2_000], looks: 20 };

export interface AuditedAggregates {
  readonly wrong: readonly WrongAggregate[];
  /** How many were written to whenever they were counted. */
  readonly undecided: number;
}

/** Counts again what aggregates count, while writes go on. */
export class AuditAggregates {
  constructor(
    private readonly figures: AuditedFigures,
    private readonly pause: Pause,
  ) {}

  /** @throws Unavailable */
  async execute(series: readonly AuditedSeries[]): Promise<AuditedAggregates> {
    const counted = await inParallel(
      [undefined, ...series],
      WIDTH,
      async (one) => new SuspectAggregates(one, await this.figures.recount(one)),
    );
    const left = await settle(
      counted.filter(({ isSettled }) => !isSettled),
      (suspects) =>
        inParallel(suspects, WIDTH, async (suspect) =>
          suspect.look(await this.figures.recount(suspect.series)),
        ),
      this.pause,
      PATIENCE,
    );
    return {
      wrong: left.flatMap(({ wrong }) => wrong),
      undecided: left.reduce((sum, { undecided }) => sum + undecided, 0),
    };
  }
}

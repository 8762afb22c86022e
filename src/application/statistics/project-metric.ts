import { millisecondsBetween, type Clock, type Instant, type Pause } from '../../domain/shared/time.ts';
import type { CompanySeries } from '../../domain/statistics/standing.ts';
import type { MetricDefinitions } from './ports/metric-definitions.ts';
import type { TrackedSeries } from './ports/tracked-series.ts';
import type { ProjectSeries } from './project-series.ts';

/** Series that are projected together. */
const BATCH = 50;

/** Projects what is already there when a metric becomes ranked, and withdraws it when it no longer is. */
export class ProjectMetric {
  constructor(
    private readonly definitions: MetricDefinitions,
    private readonly trackedSeries: TrackedSeries,
    private readonly projectSeries: ProjectSeries,
    private readonly clock: Clock,
    private readonly pause: Pause,
  ) {}

  /** Goes on where an earlier attempt has ended; what is complete is left alone. @throws Unavailable */
  async execute(metric: string): Promise<void> {
    const definition = await this.definitions.find(metric, 'strong');
    if (definition === undefined) return;
    const { revision, updatedAt } = definition;
    const progress = await this.definitions.progressOf(metric);
    const isOurs = progress?.revision === revision;
    if (isOurs && progress.isComplete) return;
    await this.#untilListed(updatedAt);

    let batch: CompanySeries[] = [];
    const project = async (): Promise<void> => {
      await this.projectSeries.execute(batch);
      batch = [];
    };
    for await (const series of this.trackedSeries.ofMetric(metric, isOurs ? progress.after : undefined)) {
      const last = batch.at(-1);
      // Between two companies, so that what comes after the last one is all that is left.
      if (last !== undefined && batch.length >= BATCH && last.companyId !== series.companyId) {
        await project();
        await this.definitions.saveProgress(metric, { revision, after: last.companyId, isComplete: false });
      }
      batch.push(series);
    }
    await project();
    await this.definitions.saveProgress(metric, { revision, isComplete: true });
  }

  /**
   * Waits until every series from before the definition is listed. Whoever projected one of them by the definition before has
   * left it to this walk; those that come later are projected by this definition when they come.
   */
  async #untilListed(definedAt: Instant): Promise<void> {
    const waitMs = this.trackedSeries.lagMs - millisecondsBetween(definedAt, this.clock.now());
    if (waitMs > 0) await this.pause.forMs(waitMs);
  }
}

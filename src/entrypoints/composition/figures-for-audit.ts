import type {
  AuditedFigures,
  FiguresWanted,
  Recount,
} from '../../application/audit/ports/audited-figures.ts';
import type { BoardRecords } from '../../application/statistics/ports/board-records.ts';
import type { PendingObservations } from '../../application/statistics/ports/pending-observations.ts';
import type { RollupRecords } from '../../application/statistics/ports/rollup-records.ts';
import type { CheckDocumentTotals } from '../../application/statistics/upkeep/check-document-totals.ts';
import type { CheckEntries, ShownSeries } from '../../application/statistics/upkeep/check-entries.ts';
import type { CheckMemberships } from '../../application/statistics/upkeep/check-memberships.ts';
import type { CheckRollups } from '../../application/statistics/upkeep/check-rollups.ts';
import type { CurrentStandings } from '../../application/statistics/upkeep/current-standings.ts';
import type { FindStrays } from '../../application/statistics/upkeep/find-strays.ts';
import type { RecountAggregates } from '../../application/statistics/upkeep/recount-aggregates.ts';
import type { RestoreDocumentTotals } from '../../application/statistics/upkeep/restore-document-totals.ts';
import type { RestoreEntries } from '../../application/statistics/upkeep/restore-entries.ts';
import type { RestoreMembership } from '../../application/statistics/upkeep/restore-membership.ts';
import type { RestoreRollups } from '../../application/statistics/upkeep/restore-rollups.ts';
import type { AuditedSeries, CompanyFigures, Sighting } from '../../domain/audit/figures.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import { seriesKey, type Series } from '../../domain/statistics/series.ts';

/** Companies whose observations are read at a time. */
const WIDTH = 16;

/** What keeps the figures of the statistics service right. */
export interface FiguresUpkeep {
  readonly rollupRecords: RollupRecords;
  readonly boardRecords: BoardRecords;
  readonly pending: PendingObservations;
  readonly currentStandings: CurrentStandings;
  readonly checkDocumentTotals: CheckDocumentTotals;
  readonly restoreDocumentTotals: RestoreDocumentTotals;
  readonly checkRollups: CheckRollups;
  readonly checkEntries: CheckEntries;
  readonly checkMemberships: CheckMemberships;
  readonly restoreRollups: RestoreRollups;
  readonly restoreEntries: RestoreEntries;
  readonly restoreMembership: RestoreMembership;
  readonly findStrays: FindStrays;
  readonly recountAggregates: RecountAggregates;
}

/** The figures of the statistics service as the audit sees them. */
export class FiguresForAudit implements AuditedFigures {
  constructor(private readonly upkeep: FiguresUpkeep) {}

  async series(): Promise<readonly Series[]> {
    const known = new Map<string, Series>();
    for await (const { series } of this.upkeep.rollupRecords.companies()) {
      for (const one of series) known.set(seriesKey(one), one);
    }
    return this.upkeep.currentStandings.shown([...known.values()]);
  }

  strays(series: AuditedSeries): AsyncIterable<Sighting> {
    return this.upkeep.findStrays.execute(series);
  }

  async check(wanted: readonly FiguresWanted[]): Promise<readonly CompanyFigures[]> {
    const { checkRollups, checkMemberships, checkEntries, checkDocumentTotals } = this.upkeep;
    const rollups = await inParallel(wanted, WIDTH, ({ companyId }) => checkRollups.execute(companyId));
    const companyIds = wanted.map(({ companyId }) => companyId);
    const documents = await checkDocumentTotals.execute(companyIds);
    const memberships = await checkMemberships.execute(companyIds);
    const shown = await this.#shown(
      wanted,
      rollups.map(({ series }) => series.flatMap(({ stored }) => (stored.figures ? [stored.series] : []))),
    );
    const entries = await checkEntries.execute(shown.flat());
    let taken = 0;
    return wanted.map((_, index): CompanyFigures => {
      const { series = [], observations = 0 } = rollups[index] ?? {};
      const ownEntries = entries.slice(taken, (taken += shown[index]?.length ?? 0));
      return {
        series: series.filter(({ stored }) => stored.figures !== undefined).length,
        observations,
        discrepancies: [
          ...series.flatMap(({ differences }) => differences),
          ...ownEntries.flatMap(({ differences }) => differences),
          ...(memberships[index]?.differences ?? []),
          ...(documents[index]?.differences ?? []),
        ],
      };
    });
  }

  async mend({ companyId, sightings }: FiguresWanted): Promise<void> {
    const { restoreRollups, restoreMembership, restoreEntries, checkRollups } = this.upkeep;
    await this.upkeep.restoreDocumentTotals.execute(companyId);
    await restoreRollups.execute(companyId);
    await restoreMembership.execute(companyId);
    // What boards show is made of the rollups.
    const { series } = await checkRollups.execute(companyId);
    const stored = series.map((one) => one.stored.series);
    const [shown = []] = await this.#shown([{ companyId, sightings }], [stored]);
    await restoreEntries.execute(shown);
  }

  async recount(series: AuditedSeries | undefined): Promise<Recount> {
    const { recountAggregates, boardRecords } = this.upkeep;
    const { wrong, moved } = await recountAggregates.execute(series);
    return {
      moved,
      wrong: wrong.map(({ stored, right, difference }) => ({
        discrepancy: difference,
        restore: () => boardRecords.restoreAggregate(stored, right),
      })),
    };
  }

  async waiting(): Promise<number> {
    const { pending } = this.upkeep;
    let waiting = 0;
    for await (const identifier of pending.identifiers()) {
      for await (const _ of pending.waitingFor(identifier)) waiting++;
    }
    return waiting;
  }

  /** The series of each company that boards should show, or were seen to. */
  async #shown(
    wanted: readonly FiguresWanted[],
    series: readonly (readonly Series[])[],
  ): Promise<readonly (readonly ShownSeries[])[]> {
    const metrics = series.flat().map(({ metric }) => metric);
    const ranked = new Set(await this.upkeep.currentStandings.ranked(metrics));
    return wanted.map(({ companyId, sightings }, index) => {
      const shown = new Map<string, ShownSeries>();
      for (const one of series[index] ?? []) {
        if (ranked.has(one.metric)) shown.set(seriesKey(one), { companyId, series: one, seenIn: [] });
      }
      for (const { series: one, seenIn } of sightings) {
        const known = shown.get(seriesKey(one))?.seenIn ?? [];
        shown.set(seriesKey(one), { companyId, series: one, seenIn: [...known, ...seenIn] });
      }
      return [...shown.values()];
    });
  }
}

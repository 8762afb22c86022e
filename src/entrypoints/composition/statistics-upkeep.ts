import { CountDocument } from '../../application/statistics/count-document.ts';
import { ProjectSeries } from '../../application/statistics/project-series.ts';
import { ProjectStatistics } from '../../application/statistics/project-statistics.ts';
import { CheckDocumentTotals } from '../../application/statistics/upkeep/check-document-totals.ts';
import { CheckEntries } from '../../application/statistics/upkeep/check-entries.ts';
import { CheckMemberships } from '../../application/statistics/upkeep/check-memberships.ts';
import { CheckRollups } from '../../application/statistics/upkeep/check-rollups.ts';
import { CurrentStandings } from '../../application/statistics/upkeep/current-standings.ts';
import { FindStrays } from '../../application/statistics/upkeep/find-strays.ts';
import { RecountAggregates } from '../../application/statistics/upkeep/recount-aggregates.ts';
import { RestoreDocumentTotals } from '../../application/statistics/upkeep/restore-document-totals.ts';
import { RestoreEntries } from '../../application/statistics/upkeep/restore-entries.ts';
import { RestoreMembership } from '../../application/statistics/upkeep/restore-membership.ts';
import { RestoreRollups } from '../../application/statistics/upkeep/restore-rollups.ts';
import { FiguresForAudit } from './figures-for-audit.ts';
import { StatisticsForAudit } from './statistics-for-audit.ts';
import { PORTS } from './tokens.ts';
import type { Container } from './containers.ts';

/** What the audit sees of the statistics service. */
export function statisticsForAudit(container: Container): {
  readonly statistics: StatisticsForAudit;
  readonly figures: FiguresForAudit;
} {
  const rollupRecords = container.get(PORTS.rollupRecords);
  const boardRecords = container.get(PORTS.boardRecords);
  const boards = container.get(PORTS.boards);
  const tracked = container.get(PORTS.trackedCompanies);
  const trackedSeries = container.get(PORTS.trackedSeries);
  const decimals = container.get(PORTS.decimals);
  const projectStatistics = container.get(ProjectStatistics);

  const currentStandings = new CurrentStandings(
    container.get(PORTS.metricDefinitions),
    tracked,
    trackedSeries,
  );
  const countedDocuments = container.get(PORTS.countedDocuments);
  const checkDocumentTotals = new CheckDocumentTotals(countedDocuments);
  const checkRollups = new CheckRollups(rollupRecords, decimals);
  const checkEntries = new CheckEntries(boards, boardRecords, currentStandings);
  const checkMemberships = new CheckMemberships(boards, boardRecords, tracked);
  return {
    statistics: new StatisticsForAudit(
      tracked,
      rollupRecords,
      countedDocuments,
      container.get(CountDocument),
      projectStatistics,
      container.get(PORTS.clock),
    ),
    figures: new FiguresForAudit({
      rollupRecords,
      boardRecords,
      pending: container.get(PORTS.pendingObservations),
      currentStandings,
      checkDocumentTotals,
      restoreDocumentTotals: new RestoreDocumentTotals(countedDocuments, checkDocumentTotals),
      checkRollups,
      checkEntries,
      checkMemberships,
      restoreRollups: new RestoreRollups(rollupRecords, checkRollups),
      restoreEntries: new RestoreEntries(container.get(ProjectSeries), checkEntries, boardRecords),
      restoreMembership: new RestoreMembership(projectStatistics, checkMemberships, boardRecords),
      findStrays: new FindStrays(boards, boardRecords, trackedSeries, currentStandings),
      recountAggregates: new RecountAggregates(boards, rollupRecords, boardRecords, decimals),
    }),
  };
}

import { InMemoryCompanyDirectory } from '../../adapters/in-memory/profiles/in-memory-company-directory.ts';
import { InMemoryCompanyRepository } from '../../adapters/in-memory/profiles/in-memory-company-repository.ts';
import { InMemoryDocuments } from '../../adapters/in-memory/profiles/in-memory-documents.ts';
import { InMemoryIdentifierClaims } from '../../adapters/in-memory/profiles/in-memory-identifier-claims.ts';
import { InMemoryIdentifierIndex } from '../../adapters/in-memory/profiles/in-memory-identifier-index.ts';
import { InMemoryImports } from '../../adapters/in-memory/profiles/in-memory-imports.ts';
import type { InMemoryProfiles } from '../../adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryRevisionLog } from '../../adapters/in-memory/profiles/in-memory-revision-log.ts';
import { InMemorySetAsideObjects } from '../../adapters/in-memory/profiles/in-memory-set-aside-objects.ts';
import { InMemoryBoardRecords } from '../../adapters/in-memory/statistics/in-memory-board-records.ts';
import { InMemoryBoards } from '../../adapters/in-memory/statistics/in-memory-boards.ts';
import { InMemoryObservations } from '../../adapters/in-memory/statistics/in-memory-observations.ts';
import { InMemoryPendingObservations } from '../../adapters/in-memory/statistics/in-memory-pending-observations.ts';
import { InMemoryRankings } from '../../adapters/in-memory/statistics/in-memory-rankings.ts';
import { InMemoryRollupRecords } from '../../adapters/in-memory/statistics/in-memory-rollup-records.ts';
import { InMemorySeriesReadings } from '../../adapters/in-memory/statistics/in-memory-series-readings.ts';
import type { InMemoryStatistics } from '../../adapters/in-memory/statistics/in-memory-statistics.ts';
import { InMemoryTrackedSeries } from '../../adapters/in-memory/statistics/in-memory-tracked-series.ts';
import type { Clock } from '../../domain/shared/time.ts';
import type { Bindings } from './containers.ts';
import { PORTS } from './tokens.ts';

/** The profiles service in the memory of this process. */
export function profilesInMemory(profiles: InMemoryProfiles, clock: Clock): Bindings {
  return (bind) => {
    bind(PORTS.companies).toConstantValue(new InMemoryCompanyRepository(profiles, clock));
    bind(PORTS.companyDirectory).toConstantValue(new InMemoryCompanyDirectory(profiles));
    bind(PORTS.identifiers).toConstantValue(new InMemoryIdentifierIndex(profiles));
    bind(PORTS.identifierClaims).toConstantValue(new InMemoryIdentifierClaims(profiles));
    bind(PORTS.revisions).toConstantValue(new InMemoryRevisionLog());
    bind(PORTS.documents).toConstantValue(new InMemoryDocuments(profiles));
    bind(PORTS.setAsideObjects).toConstantValue(new InMemorySetAsideObjects());
    bind(PORTS.imports).toConstantValue(new InMemoryImports());
  };
}

/** The statistics service in the memory of this process. */
export function statisticsInMemory(statistics: InMemoryStatistics): Bindings {
  const { tracked, documents, series, projections, definitions, setAside, onChange } = statistics;
  return (bind) => {
    bind(PORTS.trackedCompanies).toConstantValue(tracked);
    bind(PORTS.countedDocuments).toConstantValue(documents);
    bind(PORTS.setAsideEvents).toConstantValue(setAside);
    bind(PORTS.observations).toConstantValue(new InMemoryObservations(series, onChange));
    bind(PORTS.seriesReadings).toConstantValue(new InMemorySeriesReadings(series, tracked, documents));
    bind(PORTS.trackedSeries).toConstantValue(new InMemoryTrackedSeries(series, statistics.lagMs));
    bind(PORTS.metricDefinitions).toConstantValue(definitions);
    bind(PORTS.pendingObservations).toConstantValue(new InMemoryPendingObservations(projections));
    bind(PORTS.boards).toResolvedValue((clock) => new InMemoryBoards(projections, clock), [PORTS.clock]);
    bind(PORTS.rollupRecords).toConstantValue(
      new InMemoryRollupRecords(series, tracked, documents, onChange),
    );
    bind(PORTS.boardRecords).toResolvedValue(
      (...ports) => new InMemoryBoardRecords(projections, ...ports),
      [PORTS.clock, PORTS.decimals],
    );
    bind(PORTS.rankings).toResolvedValue(
      (decimals) => new InMemoryRankings(projections, decimals),
      [PORTS.decimals],
    );
  };
}

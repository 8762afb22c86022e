import { AggregateCompanies } from '../../application/statistics/aggregate-companies.ts';
import { ExportObservations } from '../../application/statistics/export-observations.ts';
import { ListEarlierReports } from '../../application/statistics/list-earlier-reports.ts';
import { NameSeries } from '../../application/statistics/name-series.ts';
import { RankCompanies } from '../../application/statistics/rank-companies.ts';
import { ReadSeries } from '../../application/statistics/read-series.ts';
import { ReadSummary } from '../../application/statistics/read-summary.ts';
import { CountDocument } from '../../application/statistics/count-document.ts';
import { DefineMetric } from '../../application/statistics/define-metric.ts';
import { FindMetric } from '../../application/statistics/find-metric.ts';
import { FollowCompany } from '../../application/statistics/follow-company.ts';
import { GetSetAside } from '../../application/statistics/get-set-aside.ts';
import { ListPending } from '../../application/statistics/list-pending.ts';
import { ListSetAside } from '../../application/statistics/list-set-aside.ts';
import { ProjectMemberships } from '../../application/statistics/project-memberships.ts';
import { ProjectMetric } from '../../application/statistics/project-metric.ts';
import { ProjectSeries } from '../../application/statistics/project-series.ts';
import { ProjectStatistics } from '../../application/statistics/project-statistics.ts';
import { ReceiveObservations } from '../../application/statistics/receive-observations.ts';
import { RecordObservations } from '../../application/statistics/record-observations.ts';
import { RecordPending } from '../../application/statistics/record-pending.ts';
import { ReceiveCompanyEvent } from '../../application/statistics/receive-company-event.ts';
import { RedriveSetAside } from '../../application/statistics/redrive-set-aside.ts';
import { readObservations } from '../../adapters/sns/statistics/read-observations.ts';
import { readCompanyEvent } from '../../adapters/sns/statistics/read-company-event.ts';
import type { Bind, Bindings, Container } from './containers.ts';
import type { InvocableStatistics, StatisticsApiUseCases, StatisticsService } from './registry.ts';
import { PORTS } from './tokens.ts';

const { backoff, boards, clock, decimals, metricDefinitions, observations } = PORTS;
const { pendingObservations, rankings, seriesReadings, setAsideEvents } = PORTS;
const { trackedCompanies, trackedSeries } = PORTS;

/** What the HTTP interface reads and states. */
export function bindFigures(bind: Bind): void {
  bind(ReadSummary).toResolvedValue((...ports) => new ReadSummary(...ports), [seriesReadings]);
  bind(NameSeries).toResolvedValue((...ports) => new NameSeries(...ports), [metricDefinitions]);
  bind(ReadSeries).toResolvedValue(
    (...ports) => new ReadSeries(...ports),
    [seriesReadings, trackedCompanies, decimals],
  );
  bind(ListEarlierReports).toResolvedValue(
    (...ports) => new ListEarlierReports(...ports),
    [seriesReadings, trackedCompanies],
  );
  bind(RankCompanies).toResolvedValue(
    (...ports) => new RankCompanies(...ports),
    [rankings, metricDefinitions],
  );
  bind(AggregateCompanies).toResolvedValue(
    (...ports) => new AggregateCompanies(...ports),
    [rankings, metricDefinitions, decimals],
  );
  bind(DefineMetric).toResolvedValue(
    (...ports) => new DefineMetric(...ports),
    [metricDefinitions, clock, backoff],
  );
  bind(FindMetric).toResolvedValue((...ports) => new FindMetric(...ports), [metricDefinitions]);
}

/** What states observations. */
export function bindRecording(bind: Bind): void {
  bind(RecordObservations).toResolvedValue(
    (...ports) => new RecordObservations(...ports),
    [observations, decimals, backoff],
  );
}

/** What follows the topic `company-events`. */
export function bindCompanyEvents(bind: Bind): void {
  bind(PORTS.readCompanyEvent).toConstantValue(readCompanyEvent);
  bind(FollowCompany).toResolvedValue((...ports) => new FollowCompany(...ports), [trackedCompanies, clock]);
  bind(CountDocument).toResolvedValue(
    (...ports) => new CountDocument(...ports),
    [PORTS.countedDocuments, clock, backoff],
  );
  bind(ReceiveCompanyEvent).toResolvedValue(
    (...ports) => new ReceiveCompanyEvent(...ports),
    [FollowCompany, CountDocument, setAsideEvents, PORTS.readCompanyEvent, clock],
  );
}

/** What becomes of observations that waited for a company; it needs `bindRecording`. */
export function bindPending(bind: Bind): void {
  bind(RecordPending).toResolvedValue(
    (...ports) => new RecordPending(...ports),
    [pendingObservations, RecordObservations, setAsideEvents, clock],
  );
}

/** What follows the topic `company-observations`; it needs `bindPending`. */
export function bindCompanyObservations(bind: Bind): void {
  bind(PORTS.readObservations).toConstantValue(readObservations);
  bind(ReceiveObservations).toResolvedValue(
    (...ports) => new ReceiveObservations(...ports),
    [
      RecordObservations,
      RecordPending,
      pendingObservations,
      setAsideEvents,
      PORTS.readObservations,
      decimals,
      clock,
    ],
  );
}

/** What follows the definitions of metrics. */
export function bindMetricProjector(bind: Bind): void {
  bind(ProjectSeries).toResolvedValue(
    (...ports) => new ProjectSeries(...ports),
    [boards, metricDefinitions, trackedCompanies, trackedSeries, backoff],
  );
  bind(ProjectMetric).toResolvedValue(
    (...ports) => new ProjectMetric(...ports),
    [metricDefinitions, trackedSeries, ProjectSeries, clock, PORTS.pause],
  );
}

/** What follows all of the table; it needs `bindMetricProjector` and `bindPending`. */
export function bindProjector(bind: Bind): void {
  bind(ProjectMemberships).toResolvedValue(
    (...ports) => new ProjectMemberships(...ports),
    [boards, trackedCompanies, backoff],
  );
  bind(ProjectStatistics).toResolvedValue(
    (...ports) => new ProjectStatistics(...ports),
    [metricDefinitions, trackedSeries, ProjectSeries, ProjectMemberships, RecordPending],
  );
}

/** What operators do; redriving needs both topics. */
export function bindUpkeep(bind: Bind): void {
  bind(ListSetAside).toResolvedValue((...ports) => new ListSetAside(...ports), [setAsideEvents, clock]);
  bind(GetSetAside).toResolvedValue((...ports) => new GetSetAside(...ports), [setAsideEvents]);
  bind(RedriveSetAside).toResolvedValue(
    (setAside, events, observations) =>
      new RedriveSetAside(setAside, { 'company-events': events, 'company-observations': observations }),
    [setAsideEvents, ReceiveCompanyEvent, ReceiveObservations],
  );
  bind(ListPending).toResolvedValue((...ports) => new ListPending(...ports), [pendingObservations]);
}

/** What is exported of it. */
function bindExport(bind: Bind): void {
  bind(ExportObservations).toResolvedValue(
    (...ports) => new ExportObservations(...ports),
    [PORTS.rollupRecords, trackedCompanies],
  );
}

/** All of them. */
export const statisticsUseCases: readonly Bindings[] = [
  bindFigures,
  bindRecording,
  bindCompanyEvents,
  bindPending,
  bindCompanyObservations,
  bindMetricProjector,
  bindProjector,
  bindUpkeep,
  bindExport,
];

/** What the HTTP interface needs. Resolved once, at start. */
export function statisticsApiUseCases(container: Container): StatisticsApiUseCases {
  return {
    readSummary: container.get(ReadSummary),
    nameSeries: container.get(NameSeries),
    readSeries: container.get(ReadSeries),
    listEarlierReports: container.get(ListEarlierReports),
    rankCompanies: container.get(RankCompanies),
    aggregateCompanies: container.get(AggregateCompanies),
    recordObservations: container.get(RecordObservations),
    defineMetric: container.get(DefineMetric),
    findMetric: container.get(FindMetric),
  };
}

/** The same, and what operators do. */
export function invocableStatistics(container: Container): InvocableStatistics {
  return {
    ...statisticsApiUseCases(container),
    listSetAside: container.get(ListSetAside),
    getSetAside: container.get(GetSetAside),
    redriveSetAside: container.get(RedriveSetAside),
    listPending: container.get(ListPending),
  };
}

/** Everything that the service can do. Resolved once, at start. */
export function statisticsService(container: Container): StatisticsService {
  return {
    ...invocableStatistics(container),
    receiveCompanyEvent: container.get(ReceiveCompanyEvent),
    receiveObservations: container.get(ReceiveObservations),
    projectStatistics: container.get(ProjectStatistics),
    projectMetric: container.get(ProjectMetric),
    exportObservations: container.get(ExportObservations),
  };
}

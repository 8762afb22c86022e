import { createHash } from 'node:crypto';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import type { Page, PageRequest } from '../../src/domain/shared/page.ts';
import type { Figures } from '../../src/domain/statistics/figures.ts';
import { DIMENSIONS, type Dimension } from '../../src/domain/statistics/group.ts';
import type { Observation } from '../../src/domain/statistics/observation.ts';
import { PERIOD_LENGTHS } from '../../src/domain/statistics/period.ts';
import { seriesKey, type Series } from '../../src/domain/statistics/series.ts';
import { sumOf } from './raw-decimals.ts';
import type { WholeSystem } from './whole-system.ts';

type Registry = WholeSystem['registry'];

/** Lists here are shorter: one page holds them. */
const EVERYTHING: PageRequest = { limit: 100_000 };

/** What statistics tell, by what does not depend on when a company was registered: its identifiers. */
export interface StatisticsState {
  readonly observations: number;
  /** The identifiers of a company, and a digest of its series: figures, periods, observations, earlier reports. */
  readonly companies: readonly string[];
  /** Of each ranked series who is where; of one value the places depend on ids. */
  readonly rankings: readonly string[];
  /** Of each dimension and ranked series what all its groups come to. */
  readonly totals: readonly string[];
  /** Names, and aggregates by group: they follow the company as the last file, or the first one, describes it. */
  readonly facts: readonly string[];
}

/** What does not depend on the order of files, even where they describe their companies otherwise. */
export function figuresOf({ facts: _facts, ...figures }: StatisticsState): Omit<StatisticsState, 'facts'> {
  return figures;
}

/** Everything that statistics tell in all their readings. @param ranked the series of ranked metrics */
export async function statisticsState(
  registry: Registry,
  ranked: readonly Series[],
): Promise<StatisticsState> {
  const known = new Map<CompanyId, { readonly key: string; readonly name: string }>();
  const companies: string[] = [];
  let observations = 0;
  for (const companyId of await companyIds(registry)) {
    const { company, items } = await registry.statistics.readSummary.execute(companyId, EVERYTHING);
    const key = keyOf(company?.facts.identifiers ?? []);
    known.set(companyId, { key, name: company?.facts.companyName ?? '' });
    const hash = createHash('sha256');
    for (const { series, figures } of items) {
      observations += figures.count;
      hash.update(`${seriesKey(series)} ${figuresText(figures)}\n`);
      for (const line of await seriesLines(registry, companyId, series)) hash.update(`${line}\n`);
    }
    companies.push(`${key} ${hash.digest('hex')}`);
  }
  const keyFor = (companyId: CompanyId): string => known.get(companyId)?.key ?? 'an unknown company';
  const rankings: string[] = [];
  for (const series of ranked) rankings.push(...(await rankingLines(registry, series, keyFor)));
  const aggregates = await aggregated(registry, ranked);
  return {
    observations,
    companies: companies.sort(),
    rankings,
    totals: aggregates.map(({ about, groups }) => `${about} ${totalOf(groups)}`),
    facts: [
      ...[...known.values()].map(({ key, name }) => `${key} ${name}`).sort(),
      ...aggregates.flatMap(({ about, groups }) => groups.map((group) => `${about} ${textOf(group)}`)),
    ],
  };
}

async function companyIds({ profiles }: Registry): Promise<CompanyId[]> {
  const ids: CompanyId[] = [];
  let after: string | undefined;
  do {
    const page: Page<{ readonly companyId: CompanyId }> = await profiles.listCompanies.execute(
      { by: 'nothing' },
      { limit: 100, ...(after !== undefined && { after }) },
    );
    ids.push(...page.items.map(({ companyId }) => companyId));
    after = page.next;
  } while (after !== undefined);
  return ids;
}

async function seriesLines(
  { statistics }: Registry,
  companyId: CompanyId,
  series: Series,
): Promise<string[]> {
  const query = { companyId, series, range: {} };
  const raw = await statistics.readSeries.raw(query, EVERYTHING);
  const earlier = await statistics.listEarlierReports.execute(query, EVERYTHING);
  const lines = [...raw.items, ...earlier.items].map(observationText);
  for (const length of PERIOD_LENGTHS) {
    const { items, excluded } = await statistics.readSeries.byPeriod(query, length, EVERYTHING);
    lines.push(...items.map(({ period, figures, mean }) => `${period} ${figuresText(figures)} ${mean}`));
    lines.push(`${length} ${excluded}`);
  }
  return lines;
}

async function rankingLines(
  { statistics }: Registry,
  series: Series,
  keyFor: (companyId: CompanyId) => string,
): Promise<string[]> {
  const { items } = await statistics.rankCompanies.execute({ series, order: 'desc' }, EVERYTHING);
  const ascending = await statistics.rankCompanies.execute({ series, order: 'asc' }, EVERYTHING);
  const about = seriesKey(series);
  const placed = items.map(({ companyId, latest }) => `${about} ${keyFor(companyId)} ${latest.observedAt}`);
  return [
    ...items.map(({ rank, latest }) => `${about} ${rank} ${latest.value}`),
    ...ascending.items.map(({ rank, latest }) => `${about} ${rank} from below ${latest.value}`),
    ...placed.map((line, index) => `${line} ${items[index]!.latest.value}`).sort(),
  ];
}

interface GroupTotal {
  readonly group: string;
  readonly companies: number;
  readonly count?: number;
  readonly sum?: string;
}

async function aggregated(
  { statistics }: Registry,
  ranked: readonly Series[],
): Promise<{ readonly about: string; readonly groups: readonly GroupTotal[] }[]> {
  const asked = DIMENSIONS.flatMap((dimension: Dimension) =>
    [undefined, ...ranked].map((series) => ({ dimension, series })),
  );
  const all = [];
  for (const { dimension, series } of asked) {
    const { items } = await statistics.aggregateCompanies.execute(dimension, series, EVERYTHING);
    const groups = items.map(({ group, companies, figures }) => ({ group, companies, ...figures }));
    all.push({ about: `${dimension} ${series ? seriesKey(series) : ''}`, groups });
  }
  return all;
}

function totalOf(groups: readonly GroupTotal[]): string {
  const companies = groups.reduce((all, group) => all + group.companies, 0);
  const count = groups.reduce((all, group) => all + (group.count ?? 0), 0);
  return `${companies} ${count} ${sumOf(groups.map(({ sum = '0' }) => sum))}`;
}

function textOf({ group, companies, count, sum }: GroupTotal): string {
  return `${group} ${companies} ${count} ${sum}`;
}

function keyOf(identifiers: readonly { readonly scheme: string; readonly value: string }[]): string {
  return identifiers
    .map(({ scheme, value }) => `${scheme}:${value}`)
    .sort()
    .join(' ');
}

function observationText({ observedAt, source, value, reportedAt }: Observation): string {
  return `${observedAt} ${source} ${value} ${reportedAt}`;
}

function figuresText({ count, sum, min, max, first, last }: Figures): string {
  return `${count} ${sum} ${min} ${max} ${first.observedAt} ${first.value} ${last.observedAt} ${last.value}`;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../infra/tables.ts';
import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { openCompanyFile } from '../src/adapters/files/company-file.ts';
import { ImportCompanies } from '../src/application/profiles/import-companies.ts';
import { RecordObservations } from '../src/application/statistics/record-observations.ts';
import type { Company } from '../src/domain/profiles/company.ts';
import type { ColumnMap } from '../src/domain/profiles/import/column-map.ts';
import type { Observation } from '../src/domain/statistics/observation.ts';
import type { ObservedAt } from '../src/domain/statistics/observed-at.ts';
import { profilesContainer, statisticsContainer } from '../src/entrypoints/composition/compose.ts';
import {
  profilesOnDynamoDb,
  statisticsOnDynamoDb,
} from '../src/entrypoints/composition/dynamodb-adapters.ts';
import { observationSink } from '../src/entrypoints/composition/observation-sink.ts';
import { BareRecording } from './bare-recording.ts';
import { companyMap, csvOf, registrationOf } from './company-csv.ts';
import { inTurns, load, type Load } from './load.ts';
import { someCompany } from './some-companies.ts';
import { valueOf } from './some-figures.ts';

const ROWS = 300;
const FIGURES = 10;
const CONCURRENCY = 32;
const ROUNDS = 4;

const SOURCE = 'accounts';
const UNIT = 'USD';
const METRICS = Array.from({ length: FIGURES }, (_, index) => `figure-${index}`);

const MAP: ColumnMap = companyMap({
  observedAt: 'observedAt',
  unit: { constant: UNIT },
  source: { constant: SOURCE },
  metrics: METRICS.map((metric) => ({ metric: { constant: metric }, value: metric })),
});

export type FiguresLoads = Record<'new' | 'bareNew' | 'known' | 'bareKnown', Load>;

/**
 * Observations a second of an import of rows of ten figures each, and of the same items of both tables as bare
 * transactions: with rows of new companies, the registration of each of them included, then with rows of the next month of
 * the same companies, which changes nothing but figures.
 */
export async function measureFiguresImport(
  client: DocumentClient,
  firstNumber: number,
  rounds = ROUNDS,
): Promise<{ readonly loads: FiguresLoads; readonly companies: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const file = join(folder, 'figures.csv');
  const profiles = profilesContainer(profilesOnDynamoDb(client, PROFILES_TABLE.name));
  const statistics = statisticsContainer(statisticsOnDynamoDb(client, STATISTICS_TABLE.name, 0));
  const importCompanies = profiles.get(ImportCompanies);
  const sink = observationSink(statistics.get(RecordObservations));

  let next = firstNumber;
  const fresh = (): Company[] => Array.from({ length: ROWS }, () => someCompany(next++));
  const importing = async (companies: readonly Company[], month: string): Promise<Load> => {
    await writeFile(file, csvWithFigures(companies, month));
    return ofObservations(
      await load(1, 1, async () => {
        const { rows } = await openCompanyFile(file, MAP);
        const { rejected, observations } = await importCompanies.execute(
          rows,
          { requestId: 'bench' },
          {},
          sink,
        );
        if (rejected !== 0 || observations?.recorded !== ROWS * FIGURES)
          throw new Error(`${rejected} rows were rejected: ${JSON.stringify(observations)}`);
      }),
      ROWS * FIGURES,
    );
  };

  let companies: readonly Company[] = [];
  let bare: readonly { readonly company: Company; readonly recording: BareRecording }[] = [];
  try {
    const loads = await inTurns(rounds, {
      bareNew: async () => {
        bare = fresh().map((company) => ({ company, recording: new BareRecording(company.companyId) }));
        const rows = bare.map(({ company, recording }, row) => [
          registrationOf(company),
          recording.ofRow(figuresIn('2024-01', row)),
        ]);
        return ofObservations(
          await load(ROWS, CONCURRENCY, async (row) => {
            for (const transaction of rows[row]!) await client.send(transaction);
          }),
          FIGURES,
        );
      },
      new: () => importing((companies = fresh()), '2024-01'),
      bareKnown: async () => {
        const rows = bare.map(({ recording }, row) => recording.ofRow(figuresIn('2024-02', row)));
        return ofObservations(await load(ROWS, CONCURRENCY, (row) => client.send(rows[row]!)), FIGURES);
      },
      known: () => importing(companies, '2024-02'),
    });
    return { loads, companies: next - firstNumber };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function ofObservations(result: Load, each: number): Load {
  return { ...result, perSecond: result.perSecond * each };
}

function figuresIn(month: string, row: number): Observation[] {
  return METRICS.map((metric, index) => ({
    metric,
    unit: UNIT,
    observedAt: month as ObservedAt,
    value: valueOf(row * FIGURES + index),
    source: SOURCE,
  }));
}

function csvWithFigures(companies: readonly Company[], month: string): string {
  const [header, ...rows] = csvOf(companies).split('\n');
  const withFigures = rows.map((row, index) =>
    [row, month, ...figuresIn(month, index).map(({ value }) => value)].join(','),
  );
  return [[header, 'observedAt', ...METRICS].join(','), ...withFigures].join('\n');
}

import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { STATISTICS_TABLE } from '../infra/tables.ts';
import { observationItem } from '../src/adapters/dynamodb/statistics/observation-item.ts';
import { putAtRevision } from '../src/adapters/dynamodb/statistics/put-at-revision.ts';
import { seriesItem } from '../src/adapters/dynamodb/statistics/series-item.ts';
import { yearItem } from '../src/adapters/dynamodb/statistics/year-item.ts';
import type { Write } from '../src/adapters/dynamodb/write-all.ts';
import { bigJsArithmetic } from '../src/adapters/system/big-js-arithmetic.ts';
import { MOST_WRITES } from '../src/application/statistics/ports/observations.ts';
import type { CompanyId } from '../src/domain/shared/company-id.ts';
import { mergeAll, type Figures } from '../src/domain/statistics/figures.ts';
import type { Observation } from '../src/domain/statistics/observation.ts';
import { BUCKETS, foldOf, yearsOf, type YearRollup } from '../src/domain/statistics/rollup.ts';
import { seriesKey } from '../src/domain/statistics/series.ts';

const TableName = STATISTICS_TABLE.name;

interface Known {
  readonly revision: number;
  readonly figures: Figures | undefined;
  readonly years: ReadonlyMap<string, YearRollup>;
}

const NOTHING_KNOWN: Known = { revision: 0, figures: undefined, years: new Map() };

/**
 * A company whose observations are recorded by nobody who looks at them: the transactions that recording them comes to are
 * known before the first one is sent.
 */
export class BareRecording {
  readonly #series = new Map<string, Known>();

  constructor(private readonly companyId: CompanyId) {}

  /** The transactions that record new observations of one series in one year. */
  ofSeries(observations: readonly Observation[]): TransactWriteCommand[] {
    // Beside them, each transaction writes the series and the year.
    const most = MOST_WRITES - 2;
    return Array.from({ length: Math.ceil(observations.length / most) }, (_, index) =>
      this.#transaction(this.#writesOf(observations.slice(index * most, (index + 1) * most))),
    );
  }

  /** The transaction that records one new observation of each of several series. */
  ofRow(observations: readonly Observation[]): TransactWriteCommand {
    return this.#transaction(observations.flatMap((observation) => this.#writesOf([observation])));
  }

  #transaction(TransactItems: Write[]): TransactWriteCommand {
    return new TransactWriteCommand({ TransactItems });
  }

  /** @param observations of one series */
  #writesOf(observations: readonly Observation[]): Write[] {
    const { metric, unit } = observations[0]!;
    const key = seriesKey({ metric, unit });
    const known = this.#series.get(key) ?? NOTHING_KNOWN;
    const figures = mergeAll([known.figures, foldOf(observations, bigJsArithmetic)], bigJsArithmetic)!;
    const revision = known.revision + 1;
    const changed = new Map(
      [...yearsOf(observations, bigJsArithmetic)].map(([year, rollup]) => [
        year,
        merged(known.years.get(year) ?? {}, rollup),
      ]),
    );
    this.#series.set(key, { revision, figures, years: new Map([...known.years, ...changed]) });

    const writeToken = randomUUID();
    const guarded = ({ pk, sk, ...attributes }: { pk: string; sk: string }, before: number): Write =>
      putAtRevision(TableName, { pk, sk }, before, attributes);
    return [
      guarded(
        seriesItem(this.companyId, { metric, unit }, figures, { revision, writeToken }),
        known.revision,
      ),
      ...[...changed].map(([year, rollup]) => ({
        Put: { TableName, Item: { ...yearItem(this.companyId, { metric, unit }, year, rollup) } },
      })),
      ...observations.map((observation) =>
        guarded(observationItem(this.companyId, observation, { revision: 1, writeToken }), 0),
      ),
    ];
  }
}

function merged(left: YearRollup, right: YearRollup): YearRollup {
  return Object.fromEntries(
    BUCKETS.flatMap((bucket) => {
      const figures = mergeAll([left[bucket], right[bucket]], bigJsArithmetic);
      return figures ? [[bucket, figures]] : [];
    }),
  );
}

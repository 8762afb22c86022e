import { isSameGroup, type Group } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import type { BoardRecords } from '../ports/board-records.ts';
import type { Boards } from '../ports/boards.ts';
import type { TrackedSeries } from '../ports/tracked-series.ts';
import type { ShownSeries } from './check-entries.ts';
import type { CurrentStandings } from './current-standings.ts';

/** Companies that are looked at together. */
const CHUNK = 100;

/**
 * Finds what boards show and nothing leads to: companies without the series, or whose metric is not ranked, and those
 * that the board of a group shows, while the one of all companies does not say that they are in the group.
 */
export class FindStrays {
  constructor(
    private readonly boards: Boards,
    private readonly records: BoardRecords,
    private readonly trackedSeries: TrackedSeries,
    private readonly currentStandings: CurrentStandings,
  ) {}

  /** Those that there seem to be on the boards of a series: one that was being written may be none. @throws Unavailable */
  async *execute(series: Series): AsyncGenerator<ShownSeries> {
    const groups = new Map<string, Group>();
    const know = ({ dimension, group }: Group): void =>
      void groups.set(`${dimension} ${group}`, { dimension, group });
    // A group that has no company, and never had one, has no board to look at.
    for (const of of [undefined, series]) for await (const one of this.records.aggregates(of)) know(one);

    const isRanked = (await this.currentStandings.ranked([series.metric])).length > 0;
    for await (const chunk of chunksOf(this.records.standings(series))) {
      const shown = chunk.filter(({ standing }) => standing !== undefined);
      for (const { standing } of shown) standing?.groups.forEach(know);
      const figures = isRanked ? await this.trackedSeries.figuresOf(shown) : [];
      const strays = shown.filter((_, index) => figures[index] === undefined);
      for (const { companyId } of strays) yield { companyId, series, seenIn: [] };
    }
    for (const group of groups.values()) yield* this.#strangersIn(series, group);
  }

  async *#strangersIn(series: Series, group: Group): AsyncGenerator<ShownSeries> {
    for await (const companyIds of chunksOf(this.records.companiesOn(series, group))) {
      const wanted = companyIds.map((companyId): CompanySeries => ({ companyId, series }));
      for (const { companyId, standing } of await this.boards.standings(wanted)) {
        const isIn = standing?.groups.some((one) => isSameGroup(one, group)) === true;
        if (!isIn) yield { companyId, series, seenIn: [group] };
      }
    }
  }
}

async function* chunksOf<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let chunk: Item[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

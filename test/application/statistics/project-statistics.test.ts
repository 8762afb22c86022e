import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Touched } from '../../../src/application/statistics/project-statistics.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { groupsOf } from '../../../src/domain/statistics/group.ts';
import type { ReplicatedFacts } from '../../../src/domain/statistics/tracked-company.ts';
import { companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { anObservation } from '../../support/observation-mother.ts';
import { ProjectionInMemory } from '../../support/projection-in-memory.ts';
import { BANKS, GB, PRICE, US } from '../../support/standing-mother.ts';

const [A, B] = [companyIdAt(1), companyIdAt(2)];
const banks = { scheme: 'gics', code: '4010', label: 'Banks' };
const summary: Touched = { companyId: A };
const price: Touched = { companyId: A, series: PRICE };

describe('projecting what has changed', () => {
  let all: ProjectionInMemory;

  beforeEach(async () => {
    all = new ProjectionInMemory();
    await all.rank('price');
    await all.follow(A, 1, { companyName: 'A', industry: banks });
    await all.observe(A, '5');
    await execute(summary, price);
  });

  const execute = (...touched: Touched[]): Promise<void> => all.projectStatistics.execute(touched);

  it('shows a company and its series', async () => {
    for (const group of [undefined, US, BANKS]) expect(await all.board(group)).toEqual([['A', '5']]);
    const figures = { count: 1, sum: '5' };
    expect(await all.aggregates()).toEqual([{ group: 'US', companies: 1, figures }]);
    expect(await all.aggregates('industry')).toEqual([{ group: 'gics:4010', companies: 1, figures }]);
  });

  it('shows a new name everywhere, in every series', async () => {
    const EUR = { metric: 'price', unit: 'EUR' };
    await all.observe(A, '7', '2024', EUR);
    await execute({ companyId: A, series: EUR });
    await all.follow(A, 2, { companyName: 'A2', industry: banks });
    await execute(summary);
    for (const group of [undefined, US, BANKS]) {
      expect(await all.board(group)).toEqual([['A2', '5']]);
      expect(await all.board(group, EUR)).toEqual([['A2', '7']]);
    }
  });

  it('has a company that moves in its new groups alone, also where the old move comes again', async () => {
    await all.follow(A, 2, { companyName: 'A', countryCode: 'GB' });
    await execute(summary);
    await all.follow(A, 3, { companyName: 'A', countryCode: 'DE' });
    await execute(summary);
    await execute(summary, summary, price);

    expect(await all.board(US)).toEqual([]);
    expect(await all.board(GB)).toEqual([]);
    expect(await all.board(BANKS)).toEqual([]);
    expect(await all.board({ dimension: 'country', group: 'DE' })).toEqual([['A', '5']]);
    expect(await all.aggregates()).toEqual([{ group: 'DE', companies: 1, figures: { count: 1, sum: '5' } }]);
    expect(await all.aggregates('industry')).toEqual([]);
  });

  it('resurrects nothing where a projector that has read an old move writes after a removal', async () => {
    await all.follow(A, 2, { companyName: 'A', countryCode: 'GB' });
    all.boards.interruptions.push(async () => {
      await all.follow(A, 3, {}, true);
      await execute(summary);
    });
    await execute(summary);
    for (const group of [undefined, US, GB, BANKS]) expect(await all.board(group)).toEqual([]);
    expect(await all.aggregates()).toEqual([]);
  });

  it('takes away all of a removed company, and nothing of another one', async () => {
    await all.follow(B, 1, { companyName: 'B' });
    await all.observe(B, '7');
    await execute({ companyId: B }, { companyId: B, series: PRICE });
    await all.follow(A, 2, {}, true);
    await execute(price, summary);
    await execute(summary, price);
    expect(await all.board()).toEqual([['B', '7']]);
    expect(await all.aggregates()).toEqual([{ group: 'US', companies: 1, figures: { count: 1, sum: '7' } }]);
    expect(await all.aggregates('industry')).toEqual([]);
  });

  it('shows a correction', async () => {
    await all.recordObservations.execute(A, [anObservation('2024', '6', { reportedAt: '2025' })]);
    await execute(price);
    expect(await all.board(US)).toEqual([['A', '6']]);
    expect(await all.aggregates()).toMatchObject([{ figures: { count: 1, sum: '6' } }]);
  });

  it('does all of it when the change comes again, whichever write failed the first time', async () => {
    await all.follow(A, 2, { companyName: 'A2', countryCode: 'GB' });
    const fail = () => {
      throw new Unavailable('The database did not answer in time.');
    };
    for (const interruptions of [[fail], [() => {}, fail]]) {
      all.boards.interruptions.push(...interruptions);
      await expect(execute(summary)).rejects.toBeInstanceOf(Unavailable);
    }
    await execute(summary);
    expect(await all.board(GB)).toEqual([['A2', '5']]);
    expect(await all.board(US)).toEqual([]);
    expect(await all.aggregates()).toMatchObject([{ group: 'GB', companies: 1, figures: { count: 1 } }]);
  });

  it('records what has waited for a company as soon as it comes', async () => {
    const observation = anObservation('2025', '8');
    await all.pending.keep([{ identifier: tickerOf('B'), observation, since: minutesLater(0) }]);
    await all.follow(B, 1, { companyName: 'B', identifiers: [tickerOf('B')] });
    await execute({ companyId: B });
    await execute({ companyId: B, series: PRICE });
    expect(await all.board()).toEqual([
      ['A', '5'],
      ['B', '8'],
    ]);
  });

  it('records what has waited also where an earlier attempt failed after the company had been projected', async () => {
    const observation = anObservation('2025', '8');
    await all.pending.keep([{ identifier: tickerOf('B'), observation, since: minutesLater(0) }]);
    await all.follow(B, 1, { companyName: 'B', identifiers: [tickerOf('B')] });
    await all.projectMemberships.execute([B]);
    await execute({ companyId: B });
    expect(await all.pending.awaited([tickerOf('B')])).toEqual([]);
    await execute({ companyId: B, series: PRICE });
    expect(await all.board()).toEqual([
      ['A', '5'],
      ['B', '8'],
    ]);
  });

  it('leaves nothing of a metric that is withdrawn while it is projected', async () => {
    await all.observe(B, '6');
    all.boards.interruptions.push(async () => {
      await all.rank('price', false);
      // Finds nothing of the company to withdraw yet.
      await all.projectMetric.execute('price');
    });
    await execute({ companyId: B, series: PRICE });
    expect(await all.board()).toEqual([]);
  });

  it('comes to what is true, whatever happens and however often and late it is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep(), { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        async (steps, chance) => {
          all = new ProjectionInMemory();
          const versions = new Map<number, number>();
          const told: Touched[] = [];
          const toldMetrics: string[] = [];
          const draw = (below: number): number => (chance.next().value as number) % below;
          for (const { company, does, facts, value, ranked } of steps) {
            const companyId = companyIdAt(company);
            if (does === 'rank') {
              await all.rank('price', ranked);
              toldMetrics.push('price');
            } else if (does === 'observe') {
              await all.recordObservations.execute(companyId, [
                anObservation('2024', value, { reportedAt: String(2000 + told.length) }),
              ]);
              told.push({ companyId, series: PRICE });
            } else {
              const version = (versions.get(company) ?? 0) + 1;
              versions.set(company, version);
              await all.follow(companyId, version, facts, does === 'remove');
              told.push({ companyId });
            }
            // Some of what was ever told, old or new, in any order.
            await Promise.all([
              execute(
                ...Array.from({ length: draw(4) }, () => told[draw(told.length)]).flatMap((one) => one ?? []),
              ),
              execute(...told.slice(-draw(3))),
              ...toldMetrics.slice(0, draw(2)).map((metric) => all.projectMetric.execute(metric)),
            ]);
          }
          await Promise.all([execute(...told.toReversed()), execute(...told)]);
          for (const metric of toldMetrics) await all.projectMetric.execute(metric);
          await expectTheTruth(all);
        },
      ),
      { numRuns: 120 },
    );
  });
});

/** Boards and aggregates are what companies and series say. */
async function expectTheTruth(all: ProjectionInMemory): Promise<void> {
  const isRanked = (await all.definitions.find('price', 'strong'))?.ranked === true;
  const companies = await Promise.all(
    [1, 2, 3].map(async (number) => {
      const companyId = companyIdAt(number);
      const company = await all.tracked.find(companyId, 'strong');
      const [figures] = await all.trackedSeries.figuresOf([{ companyId, series: PRICE }]);
      const value = isRanked && company?.removed !== true ? figures?.last.value : undefined;
      return { companyName: company?.facts.companyName ?? null, groups: groupsOf(company), value };
    }),
  );
  for (const group of [undefined, US, GB, BANKS]) {
    const expected = companies
      .filter(({ groups }) => !group || groups.some((one) => one.group === group.group))
      .flatMap(({ companyName, value }) => (value === undefined ? [] : [[companyName, value]]));
    expect((await all.board(group)).toSorted()).toEqual(expected.toSorted());
  }
  for (const { dimension, group } of [US, GB, BANKS]) {
    const members = companies.filter(({ groups }) => groups.some((one) => one.group === group));
    const values = members.flatMap(({ value }) => (value === undefined ? [] : [Number(value)]));
    const found = (await all.aggregates(dimension)).find((one) => one.group === group);
    expect(found).toEqual(
      members.length === 0
        ? undefined
        : {
            group,
            companies: members.length,
            figures: { count: values.length, sum: String(values.reduce((sum, value) => sum + value, 0)) },
          },
    );
  }
}

interface Step {
  readonly company: number;
  readonly does: 'follow' | 'remove' | 'observe' | 'rank';
  readonly facts: Partial<ReplicatedFacts>;
  readonly value: string;
  readonly ranked: boolean;
}

function anyStep(): fc.Arbitrary<Step> {
  return fc.record({
    company: fc.integer({ min: 1, max: 3 }),
    does: fc.constantFrom('follow', 'follow', 'observe', 'observe', 'remove', 'rank'),
    facts: fc.record({
      companyName: fc.constantFrom('A', 'B'),
      countryCode: fc.constantFrom('US', 'GB'),
      industry: fc.constantFrom(banks, undefined),
    }) as fc.Arbitrary<Partial<ReplicatedFacts>>,
    value: fc.constantFrom('1', '2', '-3', '0'),
    ranked: fc.constantFrom(true, true, false),
  });
}

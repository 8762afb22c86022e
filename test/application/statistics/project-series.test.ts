import { beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { ProjectionInMemory } from '../../support/projection-in-memory.ts';
import { BANKS, GB, PRICE, seriesAt, US } from '../../support/standing-mother.ts';

const [A, B] = [companyIdAt(1), companyIdAt(2)];
const industry = { scheme: 'gics', code: '4010', label: 'Banks' };

describe('projecting series on boards', () => {
  let all: ProjectionInMemory;

  beforeEach(async () => {
    all = new ProjectionInMemory();
    await all.rank('price');
  });

  const project = (...numbers: number[]): Promise<void> =>
    all.projectSeries.execute(numbers.map((number) => seriesAt(number)));

  it('shows the latest value among all, in the country and in the industry', async () => {
    await all.follow(A, 1, { companyName: 'A', industry });
    await all.follow(B, 1, { companyName: 'B', countryCode: 'GB' });
    await all.observe(A, '5', '2024-03');
    await all.observe(A, '9', '2024-01');
    await all.observe(B, '3');
    await project(1, 2);

    expect(await all.ranked()).toEqual([
      { rank: 1, companyId: B, companyName: 'B', latest: { observedAt: '2024', value: '3' } },
      { rank: 2, companyId: A, companyName: 'A', latest: { observedAt: '2024-03', value: '5' } },
    ]);
    expect(await all.board(US)).toEqual([['A', '5']]);
    expect(await all.board(GB)).toEqual([['B', '3']]);
    expect(await all.board(BANKS)).toEqual([['A', '5']]);
  });

  it('never shows what it has read before another one has projected something newer', async () => {
    await all.follow(A, 1, { companyName: 'Old' });
    await all.observe(A, '5');
    const { findAll } = all.tracked;
    let isFirst = true;
    all.tracked.findAll = async (companyIds) => {
      const found = await findAll.call(all.tracked, companyIds);
      if (isFirst) {
        isFirst = false;
        await all.follow(A, 2, { companyName: 'New' });
        await project(1);
      }
      return found;
    };
    await project(1);
    expect(await all.board()).toEqual([['New', '5']]);
  });

  it('shows a company of which no profile is known yet without a name, and in no group', async () => {
    await all.observe(A, '5');
    await project(1);
    expect(await all.board()).toEqual([[null, '5']]);
    expect(await all.board(US)).toEqual([]);

    await all.follow(A, 1, { companyName: 'A' });
    await project(1);
    expect(await all.board()).toEqual([['A', '5']]);
    expect(await all.board(US)).toEqual([['A', '5']]);
  });

  it.each([
    ['is not ranked', () => all.rank('price', false)],
    ['is of a removed company', () => all.follow(A, 2, {}, true)],
  ])('shows nothing, and nothing any longer, of what %s', async (_, withdraw) => {
    await all.follow(A, 1, { companyName: 'A' });
    await all.observe(A, '5');
    await project(1);
    expect(await all.board(US)).toEqual([['A', '5']]);

    await withdraw();
    await project(1);
    expect(await all.board()).toEqual([]);
    expect(await all.board(US)).toEqual([]);
    const fresh = new ProjectionInMemory();
    await fresh.observe(A, '5');
    await fresh.projectSeries.execute([seriesAt(1)]);
    expect(await fresh.board()).toEqual([]);
  });

  it('writes nothing where nothing has changed', async () => {
    await all.follow(A, 1);
    await all.observe(A, '5');
    await project(1);
    await project(1, 2);
    expect(await all.boards.standings([seriesAt(1), seriesAt(2)])).toMatchObject([
      { revision: 1 },
      { revision: 0 },
    ]);
  });

  it('ends at what is true although another one projects what was true before', async () => {
    await all.follow(A, 1, { companyName: 'A' });
    await all.observe(A, '5');
    all.boards.interruptions.push(async () => {
      await all.observe(A, '6', '2025');
      await project(1);
      await all.follow(A, 2, { companyName: 'A', countryCode: 'GB' });
    });
    await project(1, 2);

    expect(await all.board()).toEqual([['A', '6']]);
    expect(await all.board(US)).toEqual([]);
    expect(await all.board(GB)).toEqual([['A', '6']]);
    expect(all.pauses).toEqual([1]);
  });

  it('projects again only what was refused', async () => {
    await all.observe(A, '5');
    await all.observe(B, '6');
    const sizes: number[] = [];
    all.boards.interruptions.push(
      async ({ standings }) => {
        sizes.push(standings.length);
        await all.follow(A, 1, { companyName: 'A' });
        await project(1);
        await all.follow(A, 2, { companyName: 'A2' });
      },
      () => {},
      ({ standings }) => void sizes.push(standings.length),
    );
    await project(1, 2);
    expect(sizes).toEqual([2, 1]);
    expect(await all.board()).toEqual([
      ['A2', '5'],
      [null, '6'],
    ]);
  });

  it('gives up where others come between again and again, so that the change comes again', async () => {
    await all.observe(A, '5');
    const [before] = await all.boards.standings([seriesAt(1)]);
    all.boards.commit = async (changes) => changes;
    await expect(project(1)).rejects.toBeInstanceOf(Unavailable);
    expect(all.pauses.length).toBeGreaterThan(10);
    expect(await all.boards.standings([{ companyId: A, series: PRICE }])).toEqual([before]);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import type { CompanyId } from '../../../src/domain/shared/company-id.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { ProjectionInMemory } from '../../support/projection-in-memory.ts';
import { PRICE, US } from '../../support/standing-mother.ts';

const EUR = { metric: 'price', unit: 'EUR' };
const COMPANIES = 80;

describe('a metric that becomes ranked', () => {
  let all: ProjectionInMemory;

  beforeEach(async () => {
    all = new ProjectionInMemory();
    for (let number = 1; number <= COMPANIES; number++) {
      const companyId = companyIdAt(number);
      if (number % 2 === 0) await all.follow(companyId, 1);
      await all.observe(companyId, String(number));
      // So that half a hundred series end between two of one company.
      if (number > 1) await all.observe(companyId, '1', '2024', EUR);
      await all.observe(companyId, '1', '2024', { metric: 'price-3m', unit: 'USD' });
    }
  });

  const execute = () => all.projectMetric.execute('price');

  it('has all that is there already on its boards, and no other metric', async () => {
    await all.rank('price');
    await execute();
    expect(await all.ranked()).toHaveLength(COMPANIES);
    expect(await all.ranked(US)).toHaveLength(COMPANIES / 2);
    expect(await all.ranked(undefined, EUR)).toHaveLength(COMPANIES - 1);
    expect(await all.ranked(undefined, { metric: 'price-3m', unit: 'USD' })).toEqual([]);
    expect(await all.definitions.progressOf('price')).toEqual({ revision: 1, isComplete: true });
  });

  it('has what was there unranked, and not listed yet', async () => {
    all.lag(10);
    const late = companyIdAt(COMPANIES + 1);
    await all.observe(late, '1000');
    await all.projectStatistics.execute([{ companyId: late, series: PRICE }]);
    await all.rank('price');
    await execute();
    expect((await all.ranked()).at(-1)).toMatchObject({ companyId: late, latest: { value: '1000' } });
  });

  it('is left alone once that is complete, and where nobody defines it', async () => {
    await execute();
    expect(await all.definitions.progressOf('price')).toBeUndefined();
    await all.rank('price');
    await execute();
    const { commits } = all.boards;
    await execute();
    expect(all.boards.commits).toBe(commits);
  });

  it('goes on where it has failed', async () => {
    await all.rank('price');
    const fail = () => {
      throw new Unavailable('The database did not answer in time.');
    };
    all.boards.interruptions.push(() => {}, fail);
    await expect(execute()).rejects.toBeInstanceOf(Unavailable);
    const progress = await all.definitions.progressOf('price');
    expect(progress).toMatchObject({ revision: 1, isComplete: false });
    const after = progress!.after as CompanyId;
    const done = await all.ranked();
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(COMPANIES);
    expect(
      done
        .map(({ companyId }) => companyId)
        .sort()
        .at(-1),
    ).toBe(after);

    const projected: CompanyId[] = [];
    const watch = (count: number) => {
      for (let index = 0; index < count; index++) {
        all.boards.interruptions.push(
          ({ standings }) => void projected.push(...standings.map(({ before }) => before.companyId)),
        );
      }
    };
    watch(20);
    await execute();
    expect(projected.every((companyId) => companyId > after)).toBe(true);
    expect(await all.ranked()).toHaveLength(COMPANIES);
    expect(await all.ranked(undefined, EUR)).toHaveLength(COMPANIES - 1);
    expect(await all.definitions.progressOf('price')).toMatchObject({ isComplete: true });
  });

  it('is withdrawn when it no longer is, and comes again when it is again', async () => {
    await all.rank('price');
    await execute();
    await all.rank('price', false);
    await execute();
    expect(await all.ranked()).toEqual([]);
    expect(await all.ranked(US)).toEqual([]);
    expect(await all.ranked(undefined, EUR)).toEqual([]);
    await all.observe(companyIdAt(1), '999', '2025');
    await all.rank('price');
    await execute();
    expect((await all.ranked()).at(-1)).toMatchObject({
      companyId: companyIdAt(1),
      latest: { value: '999' },
    });
  });

  it('is withdrawn all the same where its definition changes while it is projected', async () => {
    await all.rank('price');
    all.boards.interruptions.push(
      () => {},
      async () => {
        await all.rank('price', false);
        await execute();
      },
    );
    await execute();
    // The definition's own change has the projection done once more.
    await execute();
    expect(await all.ranked()).toEqual([]);
    expect(await all.definitions.progressOf('price')).toEqual({ revision: 2, isComplete: true });
  });

  it('is projected from the beginning for a new definition, whatever an earlier one had come to', async () => {
    await all.rank('price');
    await all.definitions.saveProgress('price', {
      revision: 1,
      after: companyIdAt(COMPANIES - 1),
      isComplete: false,
    });
    await all.defineMetric.execute({ ...PRICE, ranked: true });
    await execute();
    expect(await all.ranked()).toHaveLength(COMPANIES);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { companyIdAt, tickerOf } from '../../support/company-mother.ts';
import { ProjectionInMemory } from '../../support/projection-in-memory.ts';

const [A, B] = [companyIdAt(1), companyIdAt(2)];
const industry = { scheme: 'gics', code: '4010', label: 'Banks' };

describe('projecting companies on aggregates and identifiers', () => {
  let all: ProjectionInMemory;

  beforeEach(() => {
    all = new ProjectionInMemory();
  });

  const project = () => all.projectMemberships.execute([A, B]);
  const moved = () => all.projectMemberships.moved([A, B]);

  it('counts companies by country and industry, whatever is recorded of them', async () => {
    await all.follow(A, 1, { industry });
    await all.follow(B, 1);
    await project();
    await project();
    expect(await all.aggregates()).toEqual([{ group: 'US', companies: 2, figures: { count: 0, sum: '0' } }]);
    expect(await all.aggregates('industry')).toMatchObject([{ group: 'gics:4010', companies: 1 }]);

    await all.follow(A, 2, { countryCode: 'GB' });
    await all.follow(B, 2, {}, true);
    await project();
    expect(await all.aggregates()).toMatchObject([{ group: 'GB', companies: 1 }]);
    expect(await all.aggregates('industry')).toEqual([]);
  });

  it('tells the identifiers that lead to a company now, also where they did before', async () => {
    await all.follow(A, 1, { identifiers: [tickerOf('A'), tickerOf('B')] });
    expect(await project()).toEqual([tickerOf('A'), tickerOf('B')]);
    expect(await project()).toEqual([tickerOf('A'), tickerOf('B')]);

    await all.follow(A, 2, { identifiers: [tickerOf('B'), tickerOf('C')] });
    expect(await project()).toEqual([tickerOf('B'), tickerOf('C')]);
    expect(await all.pending.bearerOf(tickerOf('A'))).toBeUndefined();
    expect(await all.pending.bearerOf(tickerOf('C'))).toBe(A);

    await all.follow(A, 3, {}, true);
    expect(await project()).toEqual([]);
    expect(await all.pending.bearerOf(tickerOf('C'))).toBeUndefined();
  });

  it('finds those moved that are shown otherwise than they are', async () => {
    await all.follow(A, 1, { companyName: 'A', industry });
    expect(await moved()).toEqual([A]);
    await project();
    expect(await moved()).toEqual([]);

    const changes = [
      [{ companyName: 'A2', industry }, [A]],
      [{ companyName: 'A2', industry, countryCode: 'GB' }, [A]],
      [{ companyName: 'A2', countryCode: 'GB' }, [A]],
      [{ companyName: 'A2', countryCode: 'GB', identifiers: [tickerOf('A')] }, []],
      [{ companyName: 'A2', countryCode: 'GB', status: 'dormant' }, []],
    ] as const;
    for (const [index, [facts, expected]] of changes.entries()) {
      await all.follow(A, 2 + index, facts);
      expect(await moved()).toEqual(expected);
      await project();
    }
    await all.follow(A, 20, {}, true);
    expect(await moved()).toEqual([A]);
    await project();
    expect(await moved()).toEqual([]);
  });

  it('ends at what is true although another one projects what was true before', async () => {
    await all.follow(A, 1, { identifiers: [tickerOf('A')] });
    await all.follow(B, 1);
    all.boards.interruptions.push(async () => {
      await all.follow(A, 2, { countryCode: 'FR', identifiers: [tickerOf('A2')] });
      await project();
      await all.follow(A, 3, { countryCode: 'GB', identifiers: [tickerOf('A3')] });
    });
    expect(await project()).toEqual([tickerOf('A3')]);
    expect(await all.aggregates()).toMatchObject([
      { group: 'GB', companies: 1 },
      { group: 'US', companies: 1 },
    ]);
    expect(all.pauses).toEqual([1]);
  });

  it('gives up where others come between again and again', async () => {
    await all.follow(A, 1);
    all.boards.commit = async (changes) => changes;
    await expect(project()).rejects.toBeInstanceOf(Unavailable);
    expect(await all.aggregates()).toEqual([]);
  });
});

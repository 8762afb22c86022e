import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryCompanyDirectory } from '../../../src/adapters/in-memory/profiles/in-memory-company-directory.ts';
import { InMemoryCompanyRepository } from '../../../src/adapters/in-memory/profiles/in-memory-company-repository.ts';
import {
  InMemoryProfiles,
  type ProfilesWrite,
} from '../../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { remove, rename } from '../../../src/domain/profiles/company.ts';
import { aCompany, companyIdAt, minutesLater } from '../../support/company-mother.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const company = aCompany({ name: 'A' });
const second = rename(company, 'B', minutesLater(1));
const third = rename(second, 'C', minutesLater(2));
const context = { requestId: 'request-1' };

describe('profiles in memory', () => {
  let profiles: InMemoryProfiles;
  let companies: InMemoryCompanyRepository;

  beforeEach(() => {
    profiles = new InMemoryProfiles();
    companies = new InMemoryCompanyRepository(profiles, new ManualClock());
  });

  async function written(): Promise<void> {
    await companies.add(company, context);
    await companies.replace(company, second, context);
    await companies.replace(second, third, context);
  }

  async function shown(): Promise<(string | undefined)[]> {
    const found = await companies.find(company.companyId, 'eventual');
    const { items } = await new InMemoryCompanyDirectory(profiles).list({ by: 'nothing' }, { limit: 5 });
    return [found?.name, ...items.map(({ name }) => name)];
  }

  it('show every write at once, unless told to lag', async () => {
    await written();
    expect(await shown()).toEqual(['C', 'C']);
  });

  it.each([
    [1, ['B', 'B']],
    [2, ['A', 'A']],
    [3, [undefined]],
  ])('told to lag by %d show no later state in eventual reads and lists', async (writes, names) => {
    profiles.lag(writes);
    await written();
    expect(await shown()).toEqual(names);
    expect(await companies.find(company.companyId, 'strong')).toEqual(third);
  });

  it('show all when told to catch up, and lag again afterwards', async () => {
    profiles.lag(1);
    await written();
    profiles.catchUp();
    expect(await shown()).toEqual(['C', 'C']);
    await companies.replace(third, remove(third, minutesLater(3)), context);
    expect(await shown()).toEqual(['C', 'C']);
    profiles.lag(0);
    expect(await shown()).toMatchObject(['C']);
    expect(await companies.find(company.companyId, 'eventual')).toMatchObject({ removedAt: minutesLater(3) });
  });

  it('tell each write once, in order, with what was there before', async () => {
    const changes: ProfilesWrite[] = [];
    profiles.onChange((change) => changes.push(change));
    profiles.lag(10);
    await companies.add(company, { requestId: 'request-1' });
    await companies.replace(company, second, { requestId: 'request-2' });
    await companies.add(aCompany({}, { companyId: companyIdAt(2) }), { requestId: 'request-3' });
    expect(changes.map(({ sequenceNumber: _, ...change }) => change)).toEqual([
      { of: 'company', after: company, requestId: 'request-1' },
      { of: 'company', before: company, after: second, requestId: 'request-2' },
      { of: 'company', after: aCompany({}, { companyId: companyIdAt(2) }), requestId: 'request-3' },
    ]);
    const numbers = changes.map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers).toEqual([...new Set(numbers)].sort());
  });

  it('tell nothing of what was refused, or only asked again', async () => {
    const request = { caller: 'caller', key: 'key', digest: 'digest' };
    await companies.add(company, { ...context, request });
    const changes: ProfilesWrite[] = [];
    profiles.onChange((change) => changes.push(change));
    await companies.add(company, { ...context, request });
    await expect(companies.replace(second, third, context)).rejects.toThrow();
    expect(changes).toEqual([]);
  });
});

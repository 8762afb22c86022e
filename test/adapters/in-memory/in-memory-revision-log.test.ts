import { describe, expect, it } from '@jest/globals';
import { InMemoryRevisionLog } from '../../../src/adapters/in-memory/profiles/in-memory-revision-log.ts';
import { revisionOf } from '../../../src/domain/profiles/revision.ts';
import { aCompany } from '../../support/company-mother.ts';

const company = aCompany();
const revisions = [1, 2, 3].map((version) => ({ ...revisionOf(undefined, company), version }));

describe('revisions in memory', () => {
  it('told to lag are missing from pages and single reads, never from the versions, until they catch up', async () => {
    const log = new InMemoryRevisionLog();
    log.lag(2);
    await log.append(revisions);
    const listed = async (): Promise<number[]> =>
      (await log.list(company.companyId, { limit: 5 })).items.map(({ version }) => version);

    expect(await listed()).toEqual([1]);
    expect(await log.find(company.companyId, 2)).toBeUndefined();
    expect(await log.versions(company.companyId)).toEqual([1, 2, 3]);

    log.catchUp();
    expect(await listed()).toEqual([3, 2, 1]);
    expect(await log.find(company.companyId, 2)).toEqual(revisions[1]);
  });
});

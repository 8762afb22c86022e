import { describe, expect, it } from '@jest/globals';
import { RestoreRevisions } from '../../../src/application/profiles/restore-revisions.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';

describe('restoring revisions', () => {
  it('closes every gap', async () => {
    const { services, restore, companyId } = await historyWithout([1, 3, 4, 6]);
    expect(await restore.execute(companyId, [1, 3, 4, 6])).toBe(4);
    expect(await services.profiles.revisions.versions(companyId)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves revisions beside one that may still arrive', async () => {
    const { services, restore, companyId } = await historyWithout([2, 5, 6]);
    expect(await restore.execute(companyId, [2, 5])).toBe(1);
    expect(await services.profiles.revisions.versions(companyId)).toEqual([1, 2, 3, 4]);
  });

  it('leaves a revision that is there after all as it is', async () => {
    const { services, restore, companyId } = await historyWithout([]);
    expect(await restore.execute(companyId, [3])).toBe(0);
    expect(await services.profiles.revisions.find(companyId, 3)).not.toHaveProperty('reconstructed');
  });

  it('does nothing for a company that is not there', async () => {
    const { restore } = await historyWithout([]);
    expect(await restore.execute(companyIdAt(99), [1])).toBe(0);
  });
});

/** A company with the names A to F at versions 1 to 6, some of whose revisions are lost. */
async function historyWithout(versions: readonly number[]) {
  const profiles = profilesInMemory();
  const services = new AuditedServices(profiles, figuresInMemory());
  const lost = (version: number) => ({ revision: versions.includes(version) });
  let company = await services.register({ name: 'A' }, lost(1));
  for (const name of 'BCDEF') company = await services.rename(company, name, lost(company.version + 1));
  const restore = new RestoreRevisions(profiles.companies, profiles.revisions);
  return { services, restore, companyId: company.companyId };
}

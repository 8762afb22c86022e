import { describe, expect, it } from '@jest/globals';
import type { Company } from '../../../src/domain/profiles/company.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { aCompany, companyIdAt } from '../../support/company-mother.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';

/** Of this company, and no other, the backup of the profiles knew nothing. */
const LOST = companyIdAt(99);

describe('the audit after the profiles were restored from a backup', () => {
  it('finds nothing to mend at the epoch of the backup, where only a later one can mend it', async () => {
    const { before, kept } = await restored();
    await before.plant({ ...before.replicaOf(kept), position: { epoch: 1, version: 2 } });
    await before.record(kept, { ...kept, version: 2 });
    const report = await before.auditCompanies.execute({ repair: true });
    expect(report).toMatchObject({ drift: 2, kinds: { 'replica-ahead': 1, 'revision-beyond': 1 } });
    for (const { detail } of report.findings) expect(detail).toContain('set REGISTRY_EPOCH to 2 ');
  });

  it('has a company that only statistics knows be removed for all that its epoch may still tell', async () => {
    const { before, after, lost } = await restored();
    const report = await after.auditCompanies.execute({ repair: true });
    expect(report).toMatchObject({ drift: 0, repaired: 2 });
    expect(await before.tracked.find(LOST, 'strong')).toMatchObject({ removed: true });

    await before.replicate({ ...lost, version: 7 });
    expect(await before.tracked.find(LOST, 'strong')).toMatchObject({ removed: true });
    expect(await after.auditCompanies.execute()).toMatchObject({ drift: 0 });
  });

  it('follows the company again when it is registered anew under its id', async () => {
    const { after, lost } = await restored();
    await after.auditCompanies.execute({ repair: true });
    await after.profiles.companies.add(lost, { requestId: 'again' });
    await after.record(undefined, lost);
    await after.replicate(lost);
    expect(await after.tracked.find(LOST, 'strong')).toMatchObject({
      removed: false,
      position: { epoch: 2, version: 1 },
    });
    expect(await after.auditCompanies.execute()).toMatchObject({ drift: 0 });
  });

  it('removes no company of which the new epoch has told since it was looked for', async () => {
    const { after, lost } = await restored();
    const read = (await after.statisticsForAudit.find(LOST))!;
    await after.follow(lost);
    expect(await after.statisticsForAudit.bury(read)).toBe(false);
    expect(await after.tracked.find(LOST, 'strong')).toMatchObject({ removed: false });
  });

  it('forgets the revisions beyond a profile that went back, and no others', async () => {
    const { after, kept } = await restored();
    await after.replicate(kept);
    await after.record(kept, { ...kept, version: 2 });
    await after.record(kept, { ...kept, version: 3 });
    expect(await after.auditCompanies.execute({ repair: true })).toMatchObject({ drift: 0 });
    expect(await after.profiles.revisions.versions(kept.companyId)).toEqual([1]);
  });

  it('keeps a revision that the profile has come to meanwhile', async () => {
    const { after, kept } = await restored();
    await after.rename(kept, 'Renamed since');
    expect(await after.profilesForAudit.forgetRevisions(kept.companyId, [2])).toBe(0);
    expect(await after.profiles.revisions.versions(kept.companyId)).toEqual([1, 2]);
  });
});

/** Both services at the first epoch, and the same ones at the second; statistics has a company more than profiles. */
async function restored(): Promise<{
  before: AuditedServices;
  after: AuditedServices;
  kept: Company;
  lost: Company;
}> {
  const [profiles, statistics] = [profilesInMemory(), figuresInMemory()];
  const before = new AuditedServices(profiles, statistics);
  const kept = await before.register();
  const lost = aCompany({ name: 'Lost' }, { companyId: LOST });
  const after = new AuditedServices(profiles, statistics, 2);
  await before.replicate(lost);
  return { before, after, kept, lost };
}

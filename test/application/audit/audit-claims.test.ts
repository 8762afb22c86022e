import { describe, expect, it } from '@jest/globals';
import { LookUpIdentifier } from '../../../src/application/profiles/look-up-identifier.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../../support/company-mother.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';
import { profilesInMemory, type InMemoryProfilesFixture } from '../../support/profiles-fixture.ts';

/** Profiles do not know it. */
const LOST = companyIdAt(99);
const EPOCHS = [1, 2];

describe('the audit of claims', () => {
  it('finds nothing where companies share, release and take over identifiers, and waits for nothing', async () => {
    const { services } = inMemory();
    const identifiers = [cikOf(1), tickerOf('A')];
    const first = await services.register({ identifiers });
    await services.register({ identifiers: [tickerOf('A')] });
    await services.change(first, { identifiers: [] });
    await services.remove(await services.register({ identifiers }));
    await services.register({ identifiers });
    expect(await services.auditCompanies.execute()).toMatchObject({ companies: 3, drift: 0 });
    expect(services.pauses).toEqual([]);
  });

  it.each(EPOCHS)(
    'finds a claim that names a company which only statistics knows, and releases it at epoch %i',
    async (epoch) => {
      const { profiles, services } = inMemory(epoch);
      const company = aCompany({ identifiers: [cikOf(1)] }, { companyId: LOST });
      await services.plant({ ...services.replicaOf(company), position: { epoch: 1, version: 1 } });
      profiles.store.claim(cikOf(1), LOST, minutesLater(1));
      const { findings } = await services.auditCompanies.execute();
      expect(findings).toMatchObject([
        { kind: 'unknown-to-profiles', companyId: LOST },
        {
          kind: 'claim-orphaned',
          companyId: LOST,
          detail: 'the claim of cik "0000000001" names it, and no company of this id bears it',
        },
      ]);
      expect(await services.auditCompanies.execute({ repair: true })).toMatchObject({
        drift: 0,
        repaired: 2,
      });
      expect(await profiles.identifiers.bearersOf([cikOf(1)])).toEqual([[]]);
    },
  );

  it('has a company be found again that the claim of one which is not there has hidden', async () => {
    const { profiles, services } = inMemory();
    const { companyId } = await services.register({ identifiers: [tickerOf('A')] });
    profiles.store.claim(tickerOf('A'), LOST, minutesLater(9));
    const lookUp = new LookUpIdentifier(profiles.identifiers, profiles.companies);
    await expect(lookUp.execute(tickerOf('A'))).rejects.toThrow('No company bears');
    await services.auditCompanies.execute({ repair: true });
    expect(await lookUp.execute(tickerOf('A'))).toMatchObject({ company: { companyId }, others: [] });
  });

  it('tells of two companies that bear what belongs to one, and leaves that to a person', async () => {
    const { profiles, services } = inMemory();
    const first = await services.register({ identifiers: [cikOf(1)] });
    profiles.store.disclaim(cikOf(1), first.companyId);
    const second = await services.register({ identifiers: [cikOf(1)] });
    const report = await services.auditCompanies.execute({ repair: true });
    expect(report).toMatchObject({ drift: 1, repaired: 0, kinds: { 'claim-missing': 1 } });
    const [{ companyId, detail } = { detail: '' }] = report.findings;
    expect(companyId).toBe(first.companyId);
    expect(detail).toContain(`${second.companyId} bears it too`);
    expect(detail).toContain('It cannot be mended');
    expect(await profiles.identifiers.bearersOf([cikOf(1)])).toEqual([[second.companyId]]);
  });

  it('makes a claim as old as the change that the company bears the identifier by', async () => {
    const { profiles, services } = inMemory();
    const ticker = { identifiers: [tickerOf('A')] };
    const first = await services.register(ticker);
    const without = await services.change(first, { identifiers: [] });
    const second = await services.register(ticker);
    const again = await services.change(without, ticker);
    const third = await services.register(ticker);
    const renamed = await services.rename(again, 'Renamed');
    profiles.store.disclaim(tickerOf('A'), renamed.companyId);
    expect(await services.auditCompanies.execute({ repair: true })).toMatchObject({ drift: 0, repaired: 1 });
    const newestFirst = [third, again, second].map(({ companyId }) => companyId);
    expect(await profiles.identifiers.bearersOf([tickerOf('A')])).toEqual([newestFirst]);
  });

  it('does not call drift what is right, or only then wrong, when it looks again', async () => {
    const { profiles, services } = inMemory();
    const { companyId } = await services.register({ identifiers: [tickerOf('A')] });
    profiles.store.disclaim(tickerOf('A'), companyId);
    services.whilePausing = async () => {
      profiles.store.claim(tickerOf('A'), companyId, minutesLater(1));
      profiles.store.claim(tickerOf('A'), LOST, minutesLater(1));
    };
    expect(await services.auditCompanies.execute()).toMatchObject({ drift: 0 });
    expect(services.pauses).toHaveLength(1);
  });
});

function inMemory(epoch = 1): { profiles: InMemoryProfilesFixture; services: AuditedServices } {
  const profiles = profilesInMemory();
  return { profiles, services: new AuditedServices(profiles, figuresInMemory(), epoch) };
}

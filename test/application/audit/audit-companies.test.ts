import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Company } from '../../../src/domain/profiles/company.ts';
import type { ProfilesForAudit } from '../../../src/entrypoints/composition/profiles-for-audit.ts';
import type { StatisticsForAudit } from '../../../src/entrypoints/composition/statistics-for-audit.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { PLANTED_DRIFT } from '../../support/planted-drift.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';

describe('the audit', () => {
  it('finds nothing where nothing is', async () => {
    expect(await inMemory().auditCompanies.execute()).toMatchObject({
      companies: 0,
      tombstones: 0,
      drift: 0,
      findings: [],
    });
  });

  it('counts companies and tombstones, and finds no drift between services in step', async () => {
    const services = inMemory();
    await services.rename(await services.register({ name: 'A' }), 'B');
    await services.remove(await services.register({ name: 'C' }));
    const report = await services.auditCompanies.execute();
    expect(report).toMatchObject({ companies: 1, tombstones: 1, drift: 0 });
    expect(report).not.toHaveProperty('repaired');
    expect(services.pauses).toEqual([]);
  });

  describe.each(PLANTED_DRIFT)('of $title', ({ plant, finds, leaves = [] }) => {
    it('finds it, and no more', async () => {
      const services = inMemory();
      await services.register({ name: 'In step' });
      await plant(services);
      const { drift, kinds, findings } = await services.auditCompanies.execute();
      expect(findings.map(({ kind }) => kind)).toEqual(finds);
      expect(drift).toBe(finds.length);
      expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(finds.length);
    });

    it('mends what can be mended, and tells what is left', async () => {
      const services = inMemory();
      await services.register({ name: 'In step' });
      await plant(services);
      const mended = await services.auditCompanies.execute({ repair: true });
      expect(mended.findings.map(({ kind }) => kind)).toEqual(leaves);
      expect(mended.repaired).toBe(finds.length - leaves.length);
      const again = await services.auditCompanies.execute();
      expect(again.drift).toBe(leaves.length);
    });
  });

  it('mends a replica at a later epoch once the epoch was raised', async () => {
    const services = inMemory();
    const company = await services.register();
    await services.plant({ ...services.replicaOf(company), position: { epoch: 1, version: 9 } });
    const raised = new AuditedServices(services.profiles, services.statistics, 2);
    expect(await raised.auditCompanies.execute()).toMatchObject({ kinds: { 'replica-behind': 1 }, drift: 1 });
    expect(await raised.auditCompanies.execute({ repair: true })).toMatchObject({ drift: 0, repaired: 1 });
  });

  it('waits at least five seconds in all before it calls something drift', async () => {
    const services = inMemory();
    await services.lose(await services.register());
    await services.auditCompanies.execute();
    expect(services.pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(5_000);
  });

  it('waits for all suspects together', async () => {
    const services = inMemory();
    for (let count = 0; count < 3; count++) await services.register({}, { replica: true });
    await services.auditCompanies.execute();
    const forThree = services.pauses.length;
    const one = inMemory();
    await one.register({}, { replica: true });
    await one.auditCompanies.execute();
    expect(forThree).toBe(one.pauses.length);
  });

  it('does not call a replica drift that arrives while it waits', async () => {
    const services = inMemory();
    const company = await services.register({ name: 'A' });
    const renamed = await services.rename(company, 'B', { replica: true, revision: true });
    services.whilePausing = async () => {
      if (services.pauses.length < 4) return;
      await services.replicate(renamed);
      await services.record(company, renamed);
    };
    expect((await services.auditCompanies.execute({ repair: true })).repaired).toBe(0);
  });

  it('goes on waiting as long as replicas keep arriving now and then', async () => {
    const services = inMemory();
    const late: Company[] = [];
    for (let count = 0; count < 20; count++) late.push(await services.register({}, { replica: true }));
    services.whilePausing = async () => {
      const next = services.pauses.length % 3 === 0 ? late.shift() : undefined;
      if (next) await services.replicate(next);
    };
    expect((await services.auditCompanies.execute()).drift).toBe(0);
  });

  it('gives up on a company whose replica moves for ever but never arrives', async () => {
    const services = inMemory();
    const company = await services.register();
    const beyond = { ...services.replicaOf(company), position: { epoch: 9, version: 1 } };
    await services.plant(beyond);
    let version = 1;
    services.whilePausing = async () =>
      services.plant({ ...beyond, position: { epoch: 9, version: ++version } });
    const { kinds } = await services.auditCompanies.execute();
    expect(kinds['replica-ahead']).toBe(1);
    expect(services.pauses.length).toBeLessThanOrEqual(100);
  });

  it('reads both sides anew where only the indexes are behind', async () => {
    const statistics = figuresInMemory(2);
    const services = new AuditedServices(unsettled(profilesInMemory(1)), unsettled(statistics));
    const company = await services.register({ name: 'A' });
    await services.rename(company, 'B');
    // Those whom aggregates count are found by an index alone: for it, and nothing else, the audit waits.
    services.whilePausing = async () => statistics.settle();
    expect((await services.auditCompanies.execute()).drift).toBe(0);
    expect(services.pauses).toHaveLength(1);
  });

  it('reports the first thousand findings and counts the rest', async () => {
    const services = inMemory();
    for (let count = 0; count < 1_005; count++) await services.register({}, { replica: true });
    const { drift, kinds, findings } = await services.auditCompanies.execute();
    expect([drift, kinds['missing-in-statistics'], findings.length]).toEqual([1_005, 1_005, 1_000]);
    expect(findings[0]?.companyId).toBe(companyIdAt(1));
  });

  it('never forgets a replica that has changed since it was read', async () => {
    const services = inMemory();
    const company = await services.register();
    const replica = { ...services.replicaOf(company), companyId: companyIdAt(99) };
    await services.plant(replica);
    const read = await services.statisticsForAudit.find(companyIdAt(99));
    await services.plant({ ...replica, position: { epoch: 1, version: 2 } });
    expect(await services.statisticsForAudit.forget(read!)).toBe(false);
    expect(await services.statisticsForAudit.find(companyIdAt(99))).toMatchObject({ version: 2 });
  });

  it('keeps what is newer than what it would repair with', async () => {
    const services = inMemory();
    const company = await services.register({ name: 'A' });
    const stale = (await services.profilesForAudit.find(company.companyId))!;
    await services.rename(company, 'B');
    expect(await services.statisticsForAudit.overwrite(stale)).toBe(false);
    expect(await services.statisticsForAudit.find(company.companyId)).toMatchObject({ name: 'B' });
  });

  it('marks the revisions that it restored', async () => {
    const services = inMemory();
    const company = await services.register({ name: 'A' }, { revision: true });
    await services.rename(company, 'B');
    await services.auditCompanies.execute({ repair: true });
    expect(await services.profiles.revisions.find(company.companyId, 1)).toMatchObject({
      version: 1,
      facts: { name: 'A' },
      reconstructed: true,
    });
    const newer = await services.profiles.revisions.find(company.companyId, 2);
    expect(newer).not.toHaveProperty('reconstructed');
  });

  it('tells how far it is', async () => {
    const services = inMemory();
    for (let count = 0; count < 300; count++) await services.register();
    const told: number[] = [];
    await services.auditCompanies.execute({ onProgress: (companies) => told.push(companies) });
    expect(told).toEqual([128, 256, 300]);
  });

  it('finds what was planted and nothing else, whatever is written meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(99)), async (chances) => {
        const roll = (): number => chances.next().value as number;
        const services = inMemory();
        const busy = new BusyServices(services, roll);
        for (let count = 0; count < 10; count++) await busy.write();
        await busy.deliverAll();
        await services.plant({
          ...services.replicaOf(await services.register({ name: 'Right' })),
          facts: { companyName: 'Wrong', status: 'active', countryCode: 'US', identifiers: [] },
        });
        busy.writeWhileExporting();
        services.whilePausing = async () => {
          await busy.deliverAll();
          for (let count = roll() % 4; count > 0; count--) await busy.write();
        };
        const { findings } = await services.auditCompanies.execute();
        expect(findings.map(({ kind }) => kind)).toEqual(['name-differs']);

        services.whilePausing = async () => busy.deliverAll();
        expect(await services.auditCompanies.execute({ repair: true })).toMatchObject({
          drift: 0,
          repaired: 1,
        });
      }),
      { numRuns: 50 },
    );
  });
});

function inMemory(): AuditedServices {
  return new AuditedServices(profilesInMemory(), figuresInMemory());
}

/** The same, whose indexes are left behind. */
function unsettled<Fixture extends { settle(): void }>(fixture: Fixture): Fixture {
  return { ...fixture, settle: () => {} };
}

/** Writes of all sorts, each of which reaches statistics and the history some time later, in any order. */
class BusyServices {
  readonly #companies: Company[] = [];
  readonly #onTheWay: (() => Promise<void>)[] = [];

  constructor(
    private readonly services: AuditedServices,
    private readonly roll: () => number,
  ) {}

  async write(): Promise<void> {
    const index = this.roll() % (this.#companies.length + 1);
    const before = this.#companies[index];
    const after = await this.#writeOf(before);
    if (after.removedAt === undefined) this.#companies[index] = after;
    else this.#companies.splice(index, 1);
    this.#onTheWay.push(
      async () => this.services.replicate(after),
      async () => this.services.record(before, after),
    );
  }

  async deliverAll(): Promise<void> {
    while (this.#onTheWay.length > 0) await this.#deliverOne();
  }

  /** From now on companies are written, and reach statistics, between any two companies of an export. */
  writeWhileExporting(): void {
    const { profilesForAudit, statisticsForAudit } = this.services;
    this.#between(profilesForAudit, async () => this.write());
    this.#between(statisticsForAudit, async () => this.#deliverOne());
  }

  #between(side: ProfilesForAudit | StatisticsForAudit, happen: () => Promise<void>): void {
    const all = side.all.bind(side);
    const times = (): number => this.roll() % 3;
    side.all = async function* () {
      for await (const company of all()) {
        yield company;
        for (let count = times(); count > 0; count--) await happen();
      }
    };
  }

  async #writeOf(before: Company | undefined): Promise<Company> {
    const lost = { replica: true, revision: true };
    const chance = this.roll();
    if (before === undefined) return this.services.register({ name: `Name ${chance}` }, lost);
    if (chance < 10) return this.services.remove(before, lost);
    return this.services.change(
      before,
      { name: `${before.name}+`, countryCode: chance % 2 ? 'US' : 'FR' },
      lost,
    );
  }

  async #deliverOne(): Promise<void> {
    const [deliver] = this.#onTheWay.splice(this.roll() % Math.max(this.#onTheWay.length, 1), 1);
    await deliver?.();
  }
}

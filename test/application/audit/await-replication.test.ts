import { describe, expect, it } from '@jest/globals';
import type { Company } from '../../../src/domain/profiles/company.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';

describe('waiting for statistics', () => {
  it('ends at once where it has everything, tombstones too', async () => {
    const services = inMemory();
    await services.rename(await services.register({ name: 'A' }), 'B');
    await services.remove(await services.register());
    expect(await services.awaitReplication.execute()).toEqual({ synced: 2, waiting: 0, examples: [] });
    expect(services.pauses).toEqual([]);
  });

  it('waits as long as something arrives, while writes go on', async () => {
    const services = inMemory();
    const late: Company[] = [];
    for (let count = 0; count < 40; count++) late.push(await services.register({}, { replica: true }));
    services.whilePausing = async () => {
      const next = late.shift();
      if (next) await services.replicate(await services.rename(next, 'Renamed', { replica: true }));
    };
    expect(await services.awaitReplication.execute()).toMatchObject({ synced: 40, waiting: 0 });
  });

  it('gives up half a minute after the last arrival, and names some that are missing', async () => {
    const services = inMemory();
    await services.register();
    const missing = await services.register({}, { replica: true });
    const behind = await services.rename(await services.register(), 'New', { replica: true });
    expect(await services.awaitReplication.execute()).toEqual({
      synced: 1,
      waiting: 2,
      examples: [missing.companyId, behind.companyId],
    });
    const waited = services.pauses.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(30_000);
    expect(waited).toBeLessThan(40_000);
  });

  it('does not wait for each thousand anew where nothing arrives at all', async () => {
    const services = inMemory();
    for (let count = 0; count < 2_100; count++) await services.register({}, { replica: true });
    const { waiting, examples } = await services.awaitReplication.execute();
    expect([waiting, examples.length]).toEqual([2_100, 10]);
    expect(services.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(40_000);
  });

  it('takes a later version for at least as good', async () => {
    const services = inMemory();
    const company = await services.register();
    await services.plant({ ...services.replicaOf(company), position: { epoch: 1, version: 2 } });
    expect(await services.awaitReplication.execute()).toMatchObject({ synced: 1, waiting: 0 });
  });

  it('is not concerned with what profiles does not know', async () => {
    const services = inMemory();
    const replica = services.replicaOf(await services.register());
    await services.plant({
      ...replica,
      companyId: 'ffffffff-ffff-7fff-8fff-ffffffffffff' as Company['companyId'],
    });
    expect(await services.awaitReplication.execute()).toMatchObject({ synced: 1, waiting: 0 });
  });
});

function inMemory(): AuditedServices {
  return new AuditedServices(profilesInMemory(), figuresInMemory());
}

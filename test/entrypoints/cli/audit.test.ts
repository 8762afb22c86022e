import { describe, expect, it } from '@jest/globals';
import { auditCommand } from '../../../src/entrypoints/cli/commands/audit.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';
import { runCommand } from '../../support/run-command.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';

describe('registry audit', () => {
  it('says that there is no drift', async () => {
    const services = inMemory();
    await services.register();
    await services.remove(await services.register());
    expect(await audit(services)).toEqual({
      status: 0,
      out: 'Compared 1 company and 1 tombstone: no drift.\n',
      err: '',
      opened: true,
      closed: true,
    });
  });

  it('tells the kinds, each finding and how to mend them, and exits with 1', async () => {
    const services = inMemory();
    const { companyId } = await services.register({ name: 'Acme' }, { replica: true, revision: true });
    const { status, out } = await audit(services);
    expect(status).toBe(1);
    expect(out).toBe(
      [
        'Compared 1 company and 0 tombstones: 2 disagreements.',
        '',
        '  missing-in-statistics           1',
        '  revision-missing                1',
        '',
        `${companyId}  missing-in-statistics: statistics does not have "Acme"`,
        `${companyId}  revision-missing: revision 1 of 1 is missing`,
        '',
        'Mend what can be mended with: npm run registry -- audit --repair',
        '',
      ].join('\n'),
    );
  });

  it('tells what is left with --metrics, where somebody keeps metrics', async () => {
    const services = inMemory();
    await services.register({}, { replica: true });
    const told: number[] = [];
    const tellDrift = async (drift: number) => void told.push(drift);
    const found = await runCommand(auditCommand, ['--metrics'], { audit: services, tellDrift });
    expect(found.status).toBe(1);
    expect(told).toEqual([1]);
    const without = await runCommand(auditCommand, ['--metrics'], { audit: services });
    expect(without).toMatchObject({ status: 2, closed: true });
    expect(without.err).toContain('On this machine nobody keeps metrics');
  });

  it('mends with --repair', async () => {
    const services = inMemory();
    await services.register({}, { replica: true });
    const { status, out } = await audit(services, '--repair');
    expect([status, out]).toEqual([
      0,
      'Compared 1 company and 0 tombstones, mended 1 disagreement: no drift is left.\n',
    ]);
  });

  it('exits with 1 where a repair leaves something, and says so', async () => {
    const services = inMemory();
    const company = await services.register();
    await services.plant({ ...services.replicaOf(company), position: { epoch: 1, version: 7 } });
    const { status, out } = await audit(services, '--repair');
    expect(status).toBe(1);
    expect(out).toContain('mended 0 disagreements: 1 disagreement left.');
    expect(out).toContain('set REGISTRY_EPOCH to 2');
  });

  it('has one JSON object with --json', async () => {
    const services = inMemory();
    const { companyId } = await services.register({}, { revision: true });
    const { status, out } = await audit(services, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      companies: 1,
      tombstones: 0,
      drift: 1,
      kinds: { 'revision-missing': 1, 'name-differs': 0 },
      findings: [{ kind: 'revision-missing', companyId, version: 1, detail: 'revision 1 of 1 is missing' }],
    });
    expect(JSON.parse((await audit(services, '--json', '--repair')).out)).toMatchObject({
      drift: 0,
      repaired: 1,
      findings: [],
    });
  });

  it('tells a person the first fifty', async () => {
    const services = inMemory();
    for (let count = 0; count < 60; count++) await services.register({}, { replica: true });
    expect((await audit(services)).out).toContain('\n… and 10 more; --json tells the first 1,000.\n');
  });

  it('does not let data steer the terminal', async () => {
    const services = inMemory();
    const replica = services.replicaOf(await services.register());
    await services.plant({ ...replica, facts: { ...replica.facts, companyName: 'A\u202e\u009b2J' } });
    expect((await audit(services)).out).toContain('"A\\u202e\\u009b2J"');
  });

  it.each([['--repiar'], ['now'], ['--repair=yes']])('refuses %s before it connects', async (argument) => {
    const { status, out, err, opened } = await runCommand(auditCommand, [argument]);
    expect({ status, out, opened }).toEqual({ status: 2, out: '', opened: false });
    expect(err).toContain('npm run registry -- audit --help');
  });

  it('leaves the system also where the audit fails', async () => {
    const services = inMemory();
    services.profilesForAudit.all = () => {
      throw new Error('the table is gone');
    };
    expect(await audit(services)).toMatchObject({ status: 1, err: 'the table is gone\n', closed: true });
  });
});

function inMemory(): AuditedServices {
  return new AuditedServices(profilesInMemory(), figuresInMemory());
}

async function audit(services: AuditedServices, ...args: readonly string[]) {
  return runCommand(auditCommand, args, { audit: services });
}

import { describe, expect, it } from '@jest/globals';
import { InMemoryCompanyEventPublisher } from '../../../src/adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { eventMessage } from '../../../src/adapters/messaging/event-message.ts';
import { readCompanyEvent } from '../../../src/adapters/sns/statistics/read-company-event.ts';
import { PublishSnapshots } from '../../../src/application/profiles/publish-snapshots.ts';
import { FollowCompany } from '../../../src/application/statistics/follow-company.ts';
import { rebuildCommand } from '../../../src/entrypoints/cli/commands/rebuild.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';
import { runCommand } from '../../support/run-command.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';

const LOST = { replica: true };

describe('registry rebuild', () => {
  it('fills statistics from nothing, while writes go on', async () => {
    const { services, publisher } = inMemory();
    const first = await services.register({ name: 'A' }, LOST);
    await services.addDocument(first, LOST);
    await services.removeDocument(await services.addDocument(first, LOST), LOST);
    await services.remove(await services.register({ name: 'B' }, LOST), LOST);
    await services.register({ name: 'C', industry: { scheme: 'gics', code: '4010', label: 'Banks' } }, LOST);
    const follow = new FollowCompany(services.tracked, services.profiles.clock);
    services.whilePausing = async () => {
      if (services.pauses.length === 1) await services.rename(first, 'A renamed');
      for (const { event } of publisher.published) {
        const change = readCompanyEvent(JSON.stringify(eventMessage(event, 1)));
        if (change.of === 'document') await services.countDocument.execute(change);
        else await follow.execute(change);
        await services.project({ companyId: change.companyId });
      }
    };
    const { status, out, closed } = await rebuild(services, publisher);
    expect([status, out, closed]).toEqual([0, 'Published 3 snapshots; statistics has 3 companies.\n', true]);
    expect(publisher.published.map(({ event }) => event.kind)).toEqual([
      ...['snapshot', 'snapshot', 'snapshot'],
      ...['document-added', 'document-removed'],
    ]);

    expect(await services.auditCompanies.execute()).toMatchObject({
      companies: 2,
      tombstones: 1,
      documents: 1,
      drift: 0,
    });
  });

  it('says what did not arrive and what to do, and exits with 1', async () => {
    const { services, publisher } = inMemory();
    await services.register();
    const { companyId } = await services.register({}, LOST);
    const { status, out } = await rebuild(services, publisher);
    expect(status).toBe(1);
    expect(out).toBe(
      [
        'Published 2 snapshots; statistics has 1 company, 1 did not arrive in time:',
        `  ${companyId}`,
        '',
        'See what could not be followed:  npm run registry -- set-aside',
        'Compare again, when time passed: npm run registry -- audit',
        '',
      ].join('\n'),
    );
  });

  it('has one JSON object with --json', async () => {
    const { services, publisher } = inMemory();
    const { companyId } = await services.register({}, LOST);
    const { status, out } = await rebuild(services, publisher, '--json');
    expect([status, JSON.parse(out)]).toEqual([
      1,
      { published: 1, documents: 0, synced: 0, waiting: 1, examples: [companyId] },
    ]);
  });

  it('says that snapshots were not accepted', async () => {
    const { services, publisher } = inMemory();
    await services.register();
    publisher.refuse(() => true);
    const { status, err, closed } = await rebuild(services, publisher);
    expect([status, err, closed]).toEqual([1, '1 of 1 snapshots were not accepted.\n', true]);
  });

  it('refuses an option that it does not have before it connects', async () => {
    expect(await runCommand(rebuildCommand, ['--all'])).toMatchObject({ status: 2, opened: false });
  });
});

function inMemory() {
  const services = new AuditedServices(profilesInMemory(), figuresInMemory());
  return { services, publisher: new InMemoryCompanyEventPublisher() };
}

async function rebuild(
  services: AuditedServices,
  publisher: InMemoryCompanyEventPublisher,
  ...args: readonly string[]
) {
  const publishSnapshots = new PublishSnapshots(
    services.profiles.directory,
    services.profiles.documents,
    publisher,
  );
  return runCommand(rebuildCommand, args, { profiles: { publishSnapshots }, audit: services });
}

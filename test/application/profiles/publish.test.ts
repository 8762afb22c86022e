import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryCompanyEventPublisher } from '../../../src/adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { PublishCompanyChanges } from '../../../src/application/profiles/publish-company-changes.ts';
import { PublishSnapshots } from '../../../src/application/profiles/publish-snapshots.ts';
import { rename } from '../../../src/domain/profiles/company.ts';
import { eventOf } from '../../../src/domain/profiles/company-event.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { aCompany, companyIdAt, minutesLater, someFacts } from '../../support/company-mother.ts';
import { profilesUseCases, type ProfilesUseCases } from '../../support/profiles-use-cases.ts';

describe('publishing the changes of companies', () => {
  const of = 'company' as const;
  const [first, second, third] = [1, 2, 3].map((number) => aCompany({}, { companyId: companyIdAt(number) }));
  let publisher: InMemoryCompanyEventPublisher;
  let publish: PublishCompanyChanges;

  beforeEach(() => {
    publisher = new InMemoryCompanyEventPublisher();
    publish = new PublishCompanyChanges(publisher);
  });

  it('tells what each change means, and which request caused it', async () => {
    const renamed = rename(first!, 'Other', minutesLater(1));
    const changes = [
      { of, after: first!, requestId: 'request-1' },
      { of, before: first!, after: renamed },
    ];
    expect(await publish.execute(changes)).toEqual([]);
    expect(publisher.published).toEqual([
      { event: eventOf(undefined, first), requestId: 'request-1' },
      { event: eventOf(first, renamed) },
    ]);
  });

  it('tells nothing of what changed nothing', async () => {
    expect(
      await publish.execute([{ of, before: first!, after: first! }, { of, before: first! }, { of }]),
    ).toEqual([]);
    expect(publisher.published).toEqual([]);
  });

  it('answers which of the changes could not be published, counting those that meant nothing', async () => {
    publisher.refuse(({ companyId }) => companyId !== second!.companyId);
    const changes = [
      { of, before: first!, after: first! },
      { of, after: first! },
      { of, before: third!, after: third! },
      { of, after: second! },
      { of, after: third! },
    ];
    expect(await publish.execute(changes)).toEqual([1, 4]);
    expect(publisher.published.map(({ event }) => event.companyId)).toEqual([second!.companyId]);
  });
});

describe('publishing snapshots', () => {
  let profiles: ProfilesUseCases;
  let publisher: InMemoryCompanyEventPublisher;
  let publish: PublishSnapshots;

  beforeEach(async () => {
    profiles = profilesUseCases();
    publisher = new InMemoryCompanyEventPublisher();
    publish = new PublishSnapshots(profiles.directory, publisher);
    for (let number = 1; number <= 205; number++) {
      await profiles.register.execute(someFacts({ name: `Company ${number}` }), { requestId: 'request' });
    }
  });

  it('tells every company, tombstones too, in its current state', async () => {
    await profiles.rename.execute(companyIdAt(1), 1, 'Other', { requestId: 'request' });
    await profiles.remove.execute(companyIdAt(2), 1, { requestId: 'request' });
    const progress: number[] = [];
    expect(await publish.execute('rebuild-1', (published) => progress.push(published))).toBe(205);
    expect(progress).toEqual([100, 200, 205]);
    expect(publisher.published).toHaveLength(205);
    expect(publisher.published[0]).toMatchObject({
      requestId: 'rebuild-1',
      event: { kind: 'snapshot', version: 2, facts: { name: 'Other' }, removed: false },
    });
    expect(publisher.published[1]).toMatchObject({ event: { kind: 'snapshot', version: 2, removed: true } });
  });

  it('tells when one could not be published', async () => {
    publisher.refuse(({ companyId }) => companyId === companyIdAt(150));
    await expect(publish.execute('rebuild-1')).rejects.toBeInstanceOf(Unavailable);
  });
});

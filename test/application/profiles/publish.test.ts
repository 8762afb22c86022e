import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryCompanyEventPublisher } from '../../../src/adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { PublishCompanyChanges } from '../../../src/application/profiles/publish-company-changes.ts';
import { PublishSnapshots } from '../../../src/application/profiles/publish-snapshots.ts';
import { rename } from '../../../src/domain/profiles/company.ts';
import { eventOf } from '../../../src/domain/profiles/company-event.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { InMemoryDocuments } from '../../../src/adapters/in-memory/profiles/in-memory-documents.ts';
import { InMemoryProfiles } from '../../../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { documentSnapshotOf } from '../../../src/domain/profiles/document-event.ts';
import { aCompany, companyIdAt, minutesLater, someFacts } from '../../support/company-mother.ts';
import {
  anAwaitedDocument,
  aStoredDocument,
  documentIdAt,
  removedDocument,
} from '../../support/document-mother.ts';
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
  let documents: InMemoryDocuments;

  beforeEach(async () => {
    profiles = profilesUseCases();
    publisher = new InMemoryCompanyEventPublisher();
    documents = new InMemoryDocuments(new InMemoryProfiles());
    publish = new PublishSnapshots(profiles.directory, documents, publisher);
    for (let number = 1; number <= 205; number++) {
      await profiles.register.execute(someFacts({ name: `Company ${number}` }), { requestId: 'request' });
    }
  });

  it('tells every company, tombstones too, in its current state', async () => {
    await profiles.rename.execute(companyIdAt(1), 1, 'Other', { requestId: 'request' });
    await profiles.remove.execute(companyIdAt(2), 1, { requestId: 'request' });
    const progress: number[] = [];
    expect(await publish.execute('rebuild-1', (published) => progress.push(published))).toEqual({
      companies: 205,
      documents: 0,
    });
    expect(progress).toEqual([100, 200, 205]);
    expect(publisher.published).toHaveLength(205);
    expect(publisher.published[0]).toMatchObject({
      requestId: 'rebuild-1',
      event: { kind: 'snapshot', version: 2, facts: { name: 'Other' }, removed: false },
    });
    expect(publisher.published[1]).toMatchObject({ event: { kind: 'snapshot', version: 2, removed: true } });
  });

  it('tells every document, removed ones too, and no slot', async () => {
    const slot = anAwaitedDocument();
    const stored = aStoredDocument({ documentId: documentIdAt(2), version: 1 });
    const second = aStoredDocument({ companyId: companyIdAt(150), version: 1 });
    const removed = removedDocument(stored);
    for (const record of [slot, stored, second]) await documents.save(record, 0);
    await documents.save(removed, 1);
    expect(await publish.execute('rebuild-1')).toEqual({ companies: 205, documents: 2 });
    const told = publisher.published.filter(({ event }) => 'documentId' in event);
    expect(told).toEqual([
      { event: documentSnapshotOf(removed), requestId: 'rebuild-1' },
      { event: documentSnapshotOf(second), requestId: 'rebuild-1' },
    ]);
  });

  it('tells when one could not be published', async () => {
    publisher.refuse(({ companyId }) => companyId === companyIdAt(150));
    await expect(publish.execute('rebuild-1')).rejects.toBeInstanceOf(Unavailable);
  });
});

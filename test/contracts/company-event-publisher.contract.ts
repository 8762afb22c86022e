import { beforeEach, describe, expect, it } from '@jest/globals';
import type {
  CompanyEventPublisher,
  PublishableEvent,
} from '../../src/application/profiles/ports/company-event-publisher.ts';
import { rename } from '../../src/domain/profiles/company.ts';
import { eventOf, snapshotOf } from '../../src/domain/profiles/company-event.ts';
import { documentEventOf } from '../../src/domain/profiles/document-event.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { aCompany, allFacts, companyIdAt, minutesLater } from '../support/company-mother.ts';
import { aStoredDocument } from '../support/document-mother.ts';

/** What has been published of an event. */
export interface Published {
  readonly companyId: CompanyId;
  readonly version: number;
  /** Of the company, or the id of the document. */
  readonly name: string;
  readonly requestId?: string;
}

export interface PublisherFixture {
  readonly publisher: CompanyEventPublisher;
  /** In no promised order. */
  published(): readonly Published[];
  /** From now on the events of this company are not accepted, those of others perhaps not either. */
  refuse(companyId: CompanyId): void;
}

/** What every CompanyEventPublisher promises. */
export function companyEventPublisherContract(
  name: string,
  makeFixture: () => PublisherFixture | Promise<PublisherFixture>,
): void {
  describe(`events published ${name}`, () => {
    let fixture: PublisherFixture;
    let publisher: CompanyEventPublisher;

    beforeEach(async () => {
      fixture = await makeFixture();
      publisher = fixture.publisher;
    });

    const numbered = (count: number): PublishableEvent[] =>
      Array.from({ length: count }, (_, index) => ({
        event: snapshotOf(aCompany({}, { companyId: companyIdAt(index + 1) })),
        requestId: `request-${index + 1}`,
      }));
    const companiesPublished = (): Set<CompanyId> =>
      new Set(fixture.published().map(({ companyId }) => companyId));

    it('may be none', async () => {
      expect(await publisher.publish([])).toEqual([]);
      expect(fixture.published()).toEqual([]);
    });

    it('tell what happened, and which request caused it', async () => {
      const company = aCompany(allFacts());
      const renamed = rename(company, '株式会社 🏭 "x"', minutesLater(1));
      const events = [
        { event: eventOf(undefined, company)!, requestId: 'request-1' },
        { event: eventOf(company, renamed)! },
      ];
      expect(await publisher.publish(events)).toEqual([]);
      expect([...fixture.published()].sort((left, right) => left.version - right.version)).toEqual([
        { companyId: company.companyId, version: 1, name: company.name, requestId: 'request-1' },
        { companyId: company.companyId, version: 2, name: renamed.name },
      ]);
    });

    it('tell of documents too', async () => {
      const document = aStoredDocument();
      const event = documentEventOf(undefined, document)!;
      expect(await publisher.publish([{ event, requestId: 'request-1' }])).toEqual([]);
      const { companyId, documentId: name, version } = document;
      expect(fixture.published()).toEqual([{ companyId, version, name, requestId: 'request-1' }]);
    });

    it('are all published, however many there are', async () => {
      expect(await publisher.publish(numbered(33))).toEqual([]);
      expect(companiesPublished().size).toBe(33);
    });

    it('that are not accepted are told by their places, in ascending order; all others are published', async () => {
      for (const number of [25, 1, 12]) fixture.refuse(companyIdAt(number));
      const events = numbered(33);
      const failed = await publisher.publish(events);
      expect(failed).toEqual(expect.arrayContaining([0, 11, 24]));
      expect(failed).toEqual([...new Set(failed)].sort((left, right) => left - right));
      const accepted = events.filter((_, index) => !failed.includes(index));
      expect([...companiesPublished()]).toEqual(
        expect.arrayContaining(accepted.map(({ event }) => event.companyId)),
      );
      for (const index of [0, 11, 24])
        expect(companiesPublished()).not.toContain(events[index]!.event.companyId);
    });
  });
}

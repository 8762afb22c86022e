import { snapshotOf } from '../../domain/profiles/company-event.ts';
import type { Company } from '../../domain/profiles/company.ts';
import { documentSnapshotOf, type DocumentEvent } from '../../domain/profiles/document-event.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import { batchesOf } from './batches-of.ts';
import type { CompanyDirectory } from './ports/company-directory.ts';
import type { CompanyEventPublisher, PublishableEvent } from './ports/company-event-publisher.ts';
import type { Documents } from './ports/documents.ts';

const BATCH = 100;
/** Companies whose documents are read at a time. */
const WIDTH = 16;

/** What was published. */
export interface PublishedSnapshots {
  /** Tombstones too. */
  readonly companies: number;
  /** Removed ones too. */
  readonly documents: number;
}

export class PublishSnapshots {
  constructor(
    private readonly directory: CompanyDirectory,
    private readonly documents: Pick<Documents, 'all'>,
    private readonly publisher: CompanyEventPublisher,
  ) {}

  /**
   * Publishes the state of every company, tombstones too, and of all of its documents, and answers how many.
   *
   * @throws Unavailable where one could not be published: what was published does no harm when it is published again
   */
  async execute(
    requestId: string,
    onProgress: (companies: number) => void = () => {},
  ): Promise<PublishedSnapshots> {
    let published = { companies: 0, documents: 0 };
    for await (const companies of batchesOf(this.directory.all(), BATCH)) {
      await this.#publish(companies.map(snapshotOf), requestId);
      const documents = await this.#publishDocumentsOf(companies, requestId);
      published = {
        companies: published.companies + companies.length,
        documents: published.documents + documents,
      };
      onProgress(published.companies);
    }
    return published;
  }

  async #publishDocumentsOf(companies: readonly Company[], requestId: string): Promise<number> {
    const found = await inParallel(companies, WIDTH, (company) => this.#documentsOf(company));
    const events = found.flat();
    for (let start = 0; start < events.length; start += BATCH)
      await this.#publish(events.slice(start, start + BATCH), requestId);
    return events.length;
  }

  async #documentsOf({ companyId }: Company): Promise<DocumentEvent[]> {
    const events: DocumentEvent[] = [];
    for await (const record of this.documents.all(companyId)) {
      const event = documentSnapshotOf(record);
      if (event) events.push(event);
    }
    return events;
  }

  async #publish(events: readonly PublishableEvent['event'][], requestId: string): Promise<void> {
    const failed = await this.publisher.publish(events.map((event) => ({ event, requestId })));
    if (failed.length > 0)
      throw new Unavailable(`${failed.length} of ${events.length} snapshots were not accepted.`);
  }
}

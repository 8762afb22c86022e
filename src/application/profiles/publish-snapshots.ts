import { snapshotOf } from '../../domain/profiles/company-event.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
import { batchesOf } from './batches-of.ts';
import type { CompanyDirectory } from './ports/company-directory.ts';
import type { CompanyEventPublisher } from './ports/company-event-publisher.ts';

const BATCH = 100;

export class PublishSnapshots {
  constructor(
    private readonly directory: CompanyDirectory,
    private readonly publisher: CompanyEventPublisher,
  ) {}

  /**
   * Publishes the state of every company, tombstones too, and answers how many.
   *
   * @throws Unavailable where one could not be published: what was published does no harm when it is published again
   */
  async execute(requestId: string, onProgress: (published: number) => void = () => {}): Promise<number> {
    let published = 0;
    for await (const companies of batchesOf(this.directory.all(), BATCH)) {
      const snapshots = companies.map((company) => ({ event: snapshotOf(company), requestId }));
      const failed = await this.publisher.publish(snapshots);
      if (failed.length > 0)
        throw new Unavailable(`${failed.length} of ${snapshots.length} snapshots were not accepted.`);
      published += snapshots.length;
      onProgress(published);
    }
    return published;
  }
}

import { snapshotOf, type CompanyEvent } from '../../domain/profiles/company-event.ts';
import { Unavailable } from '../../domain/shared/errors.ts';
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
    let batch: CompanyEvent[] = [];
    const publishBatch = async (): Promise<void> => {
      const failed = await this.publisher.publish(batch.map((event) => ({ event, requestId })));
      if (failed.length > 0)
        throw new Unavailable(`${failed.length} of ${batch.length} snapshots were not accepted.`);
      published += batch.length;
      batch = [];
      onProgress(published);
    };
    for await (const company of this.directory.all()) {
      batch.push(snapshotOf(company));
      if (batch.length === BATCH) await publishBatch();
    }
    if (batch.length > 0) await publishBatch();
    return published;
  }
}

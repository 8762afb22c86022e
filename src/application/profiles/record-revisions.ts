import { revisionOf } from '../../domain/profiles/revision.ts';
import type { RevisionLog } from './ports/revision-log.ts';
import type { CompanyChange } from './company-change.ts';

export class RecordRevisions {
  constructor(private readonly revisions: RevisionLog) {}

  /** Records what each change made of its company; a change that comes again leaves what is there. */
  async execute(changes: readonly CompanyChange[]): Promise<void> {
    const revisions = changes.flatMap(({ before, after, requestId }) =>
      after !== undefined && after.version !== before?.version ? [revisionOf(before, after, requestId)] : [],
    );
    await this.revisions.append(revisions);
  }
}

import type { PublishSnapshots } from '../../../application/profiles/publish-snapshots.ts';
import { Whole } from '../dto.ts';
import { forOperators } from '../guarded-routes.ts';
import type { GuardedRoute } from '../route.ts';

export class SnapshotsDto {
  static readonly title: string = 'Snapshots';

  @Whole('How many companies were published, tombstones too.', { minimum: 0 })
  published!: number;

  @Whole('How many documents were published, removed ones too.', { minimum: 0 })
  documents!: number;
}

/** What is called by direct invocation alone: no client of the HTTP interface is to set off so much. */
export function snapshotRoutes(service: {
  readonly publishSnapshots: Pick<PublishSnapshots, 'execute'>;
}): GuardedRoute[] {
  return forOperators([
    {
      method: 'POST',
      path: '/snapshots',
      operationId: 'publishSnapshots',
      tag: 'Companies',
      summary: 'Publish a snapshot of every company',
      responses: { 200: { description: 'All are published.', dto: SnapshotsDto } },
      handle: async ({ requestId }) => {
        const { companies, documents } = await service.publishSnapshots.execute(requestId);
        return { status: 200, body: { published: companies, documents } satisfies SnapshotsDto };
      },
    },
  ]);
}

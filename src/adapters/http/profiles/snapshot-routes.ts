import type { PublishSnapshots } from '../../../application/profiles/publish-snapshots.ts';
import { Whole } from '../dto.ts';
import type { Route } from '../route.ts';

export class SnapshotsDto {
  static readonly title: string = 'Snapshots';

  @Whole('How many companies were published, tombstones too.', { minimum: 0 })
  published!: number;
}

/** What is called by direct invocation alone: no client of the HTTP interface is to set off so much. */
export function snapshotRoutes(service: {
  readonly publishSnapshots: Pick<PublishSnapshots, 'execute'>;
}): Route[] {
  return [
    {
      method: 'POST',
      path: '/snapshots',
      operationId: 'publishSnapshots',
      tag: 'Companies',
      summary: 'Publish a snapshot of every company',
      responses: { 200: { description: 'All are published.', dto: SnapshotsDto } },
      handle: async ({ requestId }) => {
        const published = await service.publishSnapshots.execute(requestId);
        return { status: 200, body: { published } satisfies SnapshotsDto };
      },
    },
  ];
}

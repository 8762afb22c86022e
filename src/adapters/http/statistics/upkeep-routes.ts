import type { GetSetAside } from '../../../application/statistics/get-set-aside.ts';
import type { ListPending, Pending } from '../../../application/statistics/list-pending.ts';
import type { ListSetAside } from '../../../application/statistics/list-set-aside.ts';
import type { RedriveSetAside } from '../../../application/statistics/redrive-set-aside.ts';
import { startOfDay, type Instant } from '../../../domain/shared/time.ts';
import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import { dtoOf, Flag, ListOf, Text, Whole } from '../dto.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { positiveInteger } from '../positive-integer.ts';
import { forOperators } from '../guarded-routes.ts';
import type { GuardedRoute, Parameter } from '../route.ts';

export interface UpkeepUseCases {
  readonly listSetAside: Pick<ListSetAside, 'execute'>;
  readonly getSetAside: Pick<GetSetAside, 'execute'>;
  readonly redriveSetAside: Pick<RedriveSetAside, 'execute'>;
  readonly listPending: Pick<ListPending, 'execute'>;
}

const MOST_FAILURES = 100;
const MOST_PENDING = 1000;

const LIMIT: Parameter = {
  in: 'query',
  name: 'limit',
  description: 'The most identifiers.',
  schema: { type: 'integer', minimum: 1, maximum: MOST_PENDING, default: 100 },
};

class RedriveBody {
  static readonly title: string = 'Redrive';

  @Text('Those sent on or after this day.', { format: 'date', optional: true })
  since?: string;

  @Text('The one with this id.', { optional: true })
  id?: string;
}

class RedriveFailureDto {
  static readonly title: string = 'RedriveFailure';

  @Text('The id of the event.')
  id!: string;

  @Text('Why it failed again.')
  reason!: string;
}

export class RedrivenDto {
  static readonly title: string = 'Redriven';

  @Whole('How many succeeded, and are no longer set aside.', { minimum: 0 })
  redriven!: number;

  @Whole('How many failed again, and stay set aside.', { minimum: 0 })
  failed!: number;

  @ListOf(() => RedriveFailureDto, 'Some of those that failed.', MOST_FAILURES)
  failures!: RedriveFailureDto[];
}

class PendingDto {
  static readonly title: string = 'Pending';

  @Text('The scheme of the identifier.')
  scheme!: string;

  @Text('Its value.')
  value!: string;

  @Whole('How many observations wait for a company that bears it.', { minimum: 1 })
  observations!: number;

  @Text('Since when the first of them does.', { format: 'date-time' })
  since!: string;
}

export class PendingListDto {
  static readonly title: string = 'PendingList';

  @ListOf(() => PendingDto, 'In no promised order.', MOST_PENDING)
  items!: PendingDto[];

  @Flag('Whether there are more than these.')
  more!: boolean;
}

/** What is called by direct invocation alone: it is for operators. */
export function upkeepRoutes(service: UpkeepUseCases): GuardedRoute[] {
  return forOperators([
    {
      method: 'POST',
      path: '/redrive',
      operationId: 'redrive',
      tag: 'Upkeep',
      summary: 'Try events again that are set aside',
      body: {
        description: 'Which ones: without since and id, those of the last 90 days.',
        mediaTypes: ['application/json'],
        dto: RedriveBody,
        example: {},
      },
      responses: { 200: { description: 'What became of them.', dto: RedrivenDto } },
      handle: async (request) => {
        const events = eventsOf(service, dtoOf(RedriveBody, request.json()));
        const result: RedrivenDto = { redriven: 0, failed: 0, failures: [] };
        await service.redriveSetAside.execute(events, ({ event: { id }, reception: { reason } }) => {
          if (reason === undefined) {
            result.redriven++;
            return;
          }
          result.failed++;
          if (result.failures.length < MOST_FAILURES) result.failures.push({ id, reason });
        });
        return { status: 200, body: result };
      },
    },
    {
      method: 'GET',
      path: '/pending',
      operationId: 'listPending',
      tag: 'Upkeep',
      summary: 'List what waits for a company to bear an identifier',
      parameters: [LIMIT],
      responses: { 200: { description: 'What waits.', dto: PendingListDto } },
      handle: async ({ query: { limit: given = '100' } }) => {
        const limit = positiveInteger(given);
        if (limit === undefined || limit > MOST_PENDING)
          throw InvalidRequest.at('?limit', `must be a whole number from 1 to ${MOST_PENDING}`);
        return { status: 200, body: await pendingUpTo(limit, service.listPending.execute()) };
      },
    },
  ]);
}

function eventsOf(
  { listSetAside, getSetAside }: UpkeepUseCases,
  { since, id }: RedriveBody,
): AsyncIterable<SetAsideEvent> {
  if (id === undefined) return listSetAside.execute(since === undefined ? undefined : dayOf(since)).events;
  if (since !== undefined) throw InvalidRequest.at('/since', 'cannot be combined with id: give one of them');
  return (async function* () {
    yield await getSetAside.execute(id);
  })();
}

function dayOf(text: string): Instant {
  const day = startOfDay(text);
  if (day === undefined) throw InvalidRequest.at('/since', 'must be a date such as 2026-01-31');
  return day;
}

async function pendingUpTo(limit: number, all: AsyncIterable<Pending>): Promise<PendingListDto> {
  const items: PendingDto[] = [];
  for await (const { identifier, observations, since } of all) {
    if (items.length === limit) return { items, more: true };
    items.push({ ...identifier, observations, since });
  }
  return { items, more: false };
}

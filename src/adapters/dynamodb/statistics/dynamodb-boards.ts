import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  BoardChanges,
  Boards,
  StoredMembership,
  StoredStanding,
} from '../../../application/statistics/ports/boards.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { DecimalArithmetic } from '../../../domain/shared/decimal.ts';
import { Unavailable } from '../../../domain/shared/errors.ts';
import type { Backoff, Clock } from '../../../domain/shared/time.ts';
import { exchanged, NOTHING } from '../../../domain/statistics/aggregate.ts';
import type { CompanySeries } from '../../../domain/statistics/standing.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { batchGet } from '../batch-get.ts';
import type { Item, Refusal } from '../errors.ts';
import type { ItemKey } from '../keys.ts';
import { writeAll } from '../write-all.ts';
import { aggregateAttributes, aggregateOf, type StoredAggregate } from './aggregate-item.ts';
import { planMembership, planStanding, type BoardPlan } from './board-plan.ts';
import { storedMembershipOf } from './membership-item.ts';
import { packed, textOf } from './pack-plans.ts';
import { putAtRevision } from './put-at-revision.ts';
import { storedStandingOf } from './standing-item.ts';
import { boardKey, projectedKey } from './statistics-keys.ts';

/** How often others may have changed the same aggregates meanwhile; each time one of those has succeeded. */
const ATTEMPTS = 30;

interface AggregateAt {
  readonly key: ItemKey;
  readonly aggregate: StoredAggregate;
}

/** Aggregates as they are known to be stored, by the texts of their keys. */
type KnownAggregates = Map<string, StoredAggregate>;

const NOTHING_STORED: StoredAggregate = { ...NOTHING, revision: 0 };

export class DynamoDbBoards implements Boards {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly arithmetic: DecimalArithmetic,
    private readonly clock: Clock,
    private readonly backoff: Backoff = fullJitter,
  ) {}

  async standings(wanted: readonly CompanySeries[]): Promise<readonly StoredStanding[]> {
    const keys = wanted.map(({ companyId, series }) => boardKey(undefined, series, companyId));
    const items = await this.#itemsAt(keys);
    return wanted.map((one, index) => storedStandingOf(one, items.get(textOf(keys[index]!))));
  }

  async memberships(wanted: readonly CompanyId[]): Promise<readonly StoredMembership[]> {
    const items = await this.#itemsAt(wanted.map(projectedKey));
    return wanted.map((companyId) =>
      storedMembershipOf(companyId, items.get(textOf(projectedKey(companyId)))),
    );
  }

  async commit(changes: BoardChanges): Promise<BoardChanges> {
    const now = this.clock.now();
    const plans = [
      ...changes.standings.map((change) => planStanding(this.tableName, change)),
      ...changes.memberships.map((change) => planMembership(this.tableName, change, now)),
    ];
    const known = await this.#aggregatesOf(plans);
    const stale = new Set<BoardPlan['change']>();
    for (const batch of packed(plans)) {
      for (const { change } of await this.#write(batch, known)) stale.add(change);
    }
    return {
      standings: changes.standings.filter((change) => stale.has(change)),
      memberships: changes.memberships.filter((change) => stale.has(change)),
    };
  }

  /** Writes plans in one transaction, but for those that are stale, which it answers with. */
  async #write(batch: readonly BoardPlan[], known: KnownAggregates): Promise<readonly BoardPlan[]> {
    const stale: BoardPlan[] = [];
    let left = batch;
    for (let attempt = 1; left.length > 0; attempt++) {
      const aggregates = this.#exchanged(left, known);
      const refusals = await writeAll(
        this.client,
        [
          ...left.flatMap(({ writes }) => writes),
          ...aggregates.map(({ key, aggregate }) =>
            putAtRevision(this.tableName, key, aggregate.revision - 1, aggregateAttributes(aggregate)),
          ),
        ],
        this.backoff,
      );
      if (refusals === undefined) {
        for (const { key, aggregate } of aggregates) known.set(textOf(key), aggregate);
        break;
      }
      const { accepted, refused } = separated(left, refusals);
      stale.push(...refused);
      noteOvertaken(aggregates, refusals.slice(-aggregates.length), known);
      if (accepted.length === left.length) {
        if (attempt >= ATTEMPTS) throw new Unavailable('Too many change the same aggregates at once.');
        await this.backoff(attempt);
      }
      left = accepted;
    }
    return stale;
  }

  /** The aggregates that plans change, as they are to be stored. */
  #exchanged(plans: readonly BoardPlan[], known: KnownAggregates): AggregateAt[] {
    const changed = new Map<string, AggregateAt>();
    for (const { key, out, into } of plans.flatMap(({ exchanges }) => exchanges)) {
      const text = textOf(key);
      const before = known.get(text) ?? NOTHING_STORED;
      const aggregate = exchanged(changed.get(text)?.aggregate ?? before, out, into, this.arithmetic);
      changed.set(text, { key, aggregate: { ...aggregate, revision: before.revision + 1 } });
    }
    return [...changed.values()];
  }

  async #aggregatesOf(plans: readonly BoardPlan[]): Promise<KnownAggregates> {
    const keys = new Map(plans.flatMap(({ exchanges }) => exchanges.map(({ key }) => [textOf(key), key])));
    const items = await this.#itemsAt([...keys.values()]);
    return new Map([...items].map(([text, item]) => [text, aggregateOf(item)]));
  }

  async #itemsAt(keys: readonly ItemKey[]): Promise<ReadonlyMap<string, Item>> {
    const items = await batchGet(this.client, this.tableName, keys, this.backoff);
    return new Map(items.map((item) => [textOf(item as unknown as ItemKey), item]));
  }
}

/** Plans that nothing speaks against, and those that are stale; those that turn out to be done are neither. */
function separated(
  plans: readonly BoardPlan[],
  refusals: readonly (Refusal | undefined)[],
): { readonly accepted: readonly BoardPlan[]; readonly refused: readonly BoardPlan[] } {
  const accepted: BoardPlan[] = [];
  const refused: BoardPlan[] = [];
  let index = 0;
  for (const plan of plans) {
    const refusal = refusals[index];
    index += plan.writes.length;
    if (refusal === undefined) accepted.push(plan);
    else if (!plan.isDone(refusal.found)) refused.push(plan);
  }
  return { accepted, refused };
}

function noteOvertaken(
  aggregates: readonly AggregateAt[],
  refusals: readonly (Refusal | undefined)[],
  known: KnownAggregates,
): void {
  for (const [index, { key }] of aggregates.entries()) {
    const refusal = refusals[index];
    if (refusal) known.set(textOf(key), refusal.found ? aggregateOf(refusal.found) : NOTHING_STORED);
  }
}

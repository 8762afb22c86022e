import type { SetAsideObject } from '../../application/profiles/ports/set-aside-objects.ts';
import type { Instant } from '../../domain/shared/time.ts';
import type { Registry } from '../composition/registry.ts';
import { printable } from './printable.ts';
import type { SetAsideOptions } from './set-aside-options.ts';

/** Before the ids of objects, which messages have not: one command deals with both. */
const PREFIX = 'object/';

/** Whether an id that a person gives is that of an object. */
export function isOfObject(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** The objects that are set aside, by the ids that a person gives. @throws Unavailable */
export async function listedObjects(
  { profiles }: Registry,
  since: Instant | undefined,
): Promise<SetAsideObject[]> {
  const objects: SetAsideObject[] = [];
  for await (const object of profiles.listSetAsideObjects.execute(since)) objects.push(named(object));
  return objects;
}

/** @throws SetAsideObjectNotFound, Unavailable */
export async function shownObject({ profiles }: Registry, id: string): Promise<SetAsideObject> {
  return named(await profiles.getSetAsideObject.execute(id.slice(PREFIX.length)));
}

export function objectHeadOf({ id, objectKey, notifiedAt, reason }: SetAsideObject): string {
  return `${printable(id)}\n  ${printable(objectKey)}, notified ${notifiedAt}\n  ${printable(reason)}\n`;
}

/**
 * Tries objects again.
 *
 * @param onTried told of each, with the reason where it failed again
 * @throws SetAsideObjectNotFound, ConfigError, Unavailable
 */
export async function redriveObjects(
  registry: Registry,
  { id, since }: Pick<SetAsideOptions, 'id' | 'since'>,
  onTried: (id: string, reason: string | undefined) => void,
): Promise<void> {
  const objects = id === undefined ? await listedObjects(registry, since) : [await shownObject(registry, id)];
  // Where there are none, nobody need know which bucket they would be in.
  if (objects.length === 0) return;
  const { redriveSetAsideObjects } = await registry.documents();
  const known = objects.map((object) => ({ ...object, id: object.id.slice(PREFIX.length) }));
  await redriveSetAsideObjects.execute(known, ({ object, following }) =>
    onTried(PREFIX + object.id, following.outcome === 'set-aside' ? following.reason : undefined),
  );
}

function named({ id, objectKey, notifiedAt, reason }: SetAsideObject): SetAsideObject {
  return { id: PREFIX + id, objectKey, notifiedAt, reason };
}

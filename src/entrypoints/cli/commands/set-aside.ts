import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import type { Registry } from '../../composition/registry.ts';
import type { Command, CommandIo } from '../command.ts';
import { countOf } from '../count-of.ts';
import { printable } from '../printable.ts';
import { isOfObject, listedObjects, objectHeadOf, shownObject } from '../set-aside-objects.ts';
import { setAsideOptions } from '../set-aside-options.ts';

const USAGE = `Usage: npm run registry -- set-aside [--since DATE | --id ID] [--json]

Lists the messages that can never succeed as they are, and the uploaded objects that belong to no company, and why,
oldest first. After the reason is gone, try them again with redrive.

Options:
  --since DATE  those sent on or after this day, such as 2026-01-31; without it, in the last 90 days
  --id ID       the one with this id, a message with its payload
  --json        one JSON object on standard output: {since, count, events: [{id, topic, firstSeenAt, lastSeenAt, reason}],
                objects: [{id, objectKey, notifiedAt, reason}]}, or with --id one of them, an event with its payload

Exit status: 0 done, 1 there is nothing with this id, 2 wrong usage.`;

export const setAsideCommand: Command = {
  name: 'set-aside',
  summary: 'list the messages and uploaded objects that could not be taken, or show one',
  usage: USAGE,

  async run(args, io, open) {
    const { id, since, json } = setAsideOptions(args);
    const registry = await open();
    try {
      if (id === undefined) await list(registry, since, json, io);
      else await show(registry, id, json, io);
      return 0;
    } finally {
      await registry.close();
    }
  },
};

type Head = Omit<SetAsideEvent, 'payload'>;

async function list(
  registry: Registry,
  asked: Instant | undefined,
  json: boolean,
  { out }: CommandIo,
): Promise<void> {
  const { since, events: found } = registry.statistics.listSetAside.execute(asked);
  const events: Head[] = [];
  for await (const { id, topic, firstSeenAt, lastSeenAt, reason } of found) {
    events.push({ id, topic, firstSeenAt, lastSeenAt, reason });
  }
  const objects = await listedObjects(registry, asked);
  const count = events.length + objects.length;
  if (json) {
    out.write(`${JSON.stringify({ since, count, events, objects })}\n`);
    return;
  }
  const day = since.slice(0, 'yyyy-mm-dd'.length);
  if (count === 0) {
    out.write(`Nothing that was sent since ${day} is set aside.\n`);
    return;
  }
  const tell = (counted: string, heads: readonly string[]): void => {
    if (heads.length > 0) out.write(`${counted} set aside, sent since ${day}:\n\n${heads.join('\n')}\n`);
  };
  tell(countOf(events.length, 'message'), events.map(headOf));
  tell(countOf(objects.length, 'object'), objects.map(objectHeadOf));
  out.write(
    'Look at one:     npm run registry -- set-aside --id ID\nTry them again:  npm run registry -- redrive\n',
  );
}

async function show(registry: Registry, id: string, json: boolean, { out }: CommandIo): Promise<void> {
  if (isOfObject(id)) {
    const object = await shownObject(registry, id);
    out.write(json ? `${JSON.stringify(object)}\n` : objectHeadOf(object));
    return;
  }
  const { payload, ...event } = await registry.statistics.getSetAside.execute(id);
  const { topic, firstSeenAt, lastSeenAt, reason } = event;
  const head = { id: event.id, topic, firstSeenAt, lastSeenAt, reason };
  out.write(json ? `${JSON.stringify({ ...head, payload })}\n` : `${headOf(head)}\n${indented(payload)}\n`);
}

function headOf({ id, topic, firstSeenAt, lastSeenAt, reason }: Head): string {
  const seen =
    firstSeenAt === lastSeenAt ? `seen ${firstSeenAt}` : `first seen ${firstSeenAt}, last seen ${lastSeenAt}`;
  return `${printable(id)}\n  ${topic}, ${seen}\n  ${printable(reason)}\n`;
}

/** JSON over several lines; anything else as it is. */
function indented(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2).split('\n').map(printable).join('\n');
  } catch {
    return printable(payload);
  }
}

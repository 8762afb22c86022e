import type { SetAsideList } from '../../../application/statistics/list-set-aside.ts';
import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import type { Command, CommandIo } from '../command.ts';
import { countOf } from '../count-of.ts';
import { printable } from '../printable.ts';
import { setAsideOptions } from '../set-aside-options.ts';

const USAGE = `Usage: npm run registry -- set-aside [--since DATE | --id ID] [--json]

Lists the messages that can never succeed as they are, and why, oldest first. After the reason is gone, try them again
with redrive.

Options:
  --since DATE  those sent on or after this day, such as 2026-01-31; without it, in the last 90 days
  --id ID       the one with this id, with its payload
  --json        one JSON object on standard output: {since, count, events: [{id, topic, firstSeenAt, lastSeenAt, reason}]},
                or with --id {id, topic, firstSeenAt, lastSeenAt, reason, payload}

Exit status: 0 done, 1 there is no event with this id, 2 wrong usage.`;

export const setAsideCommand: Command = {
  name: 'set-aside',
  summary: 'list the messages that statistics could not take, or show one',
  usage: USAGE,

  async run(args, io, open) {
    const { id, since, json } = setAsideOptions(args);
    const registry = await open();
    try {
      const { listSetAside, getSetAside } = registry.statistics;
      if (id === undefined) await list(listSetAside.execute(since), json, io);
      else show(await getSetAside.execute(id), json, io);
      return 0;
    } finally {
      await registry.close();
    }
  },
};

type Head = Omit<SetAsideEvent, 'payload'>;

async function list(asked: SetAsideList, json: boolean, { out }: CommandIo): Promise<void> {
  const events: Head[] = [];
  for await (const { id, topic, firstSeenAt, lastSeenAt, reason } of asked.events) {
    events.push({ id, topic, firstSeenAt, lastSeenAt, reason });
  }
  if (json) {
    out.write(`${JSON.stringify({ since: asked.since, count: events.length, events })}\n`);
    return;
  }
  const day = asked.since.slice(0, 'yyyy-mm-dd'.length);
  if (events.length === 0) {
    out.write(`No message that was sent since ${day} is set aside.\n`);
    return;
  }
  out.write(`${countOf(events.length, 'message')} set aside, sent since ${day}:\n`);
  for (const event of events) out.write(`\n${headOf(event)}`);
  out.write(
    '\nLook at one:     npm run registry -- set-aside --id ID\nTry them again:  npm run registry -- redrive\n',
  );
}

function show(
  { id, topic, firstSeenAt, lastSeenAt, reason, payload }: SetAsideEvent,
  json: boolean,
  { out }: CommandIo,
): void {
  const head = { id, topic, firstSeenAt, lastSeenAt, reason };
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

import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import type { Registry } from '../../composition/registry.ts';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { printable } from '../printable.ts';
import { ProgressLine } from '../progress-line.ts';
import { isOfObject, redriveObjects } from '../set-aside-objects.ts';
import { setAsideOptions, type SetAsideOptions } from '../set-aside-options.ts';

const USAGE = `Usage: npm run registry -- redrive [--since DATE | --id ID] [--json]

Tries messages and uploaded objects again that are set aside. What succeeds now leaves; what does not, stays as it is.

Options:
  --since DATE  those sent on or after this day, such as 2026-01-31; without it, in the last 90 days
  --id ID       the one with this id
  --json        one JSON object on standard output: {redriven, failed, failures: [{id, reason}]}

Exit status: 0 nothing failed, 1 some failed again or there is nothing with this id, 2 wrong usage.`;

interface Failure {
  readonly id: string;
  readonly reason: string;
}

/** What became of what was tried. */
interface Outcome {
  messages: number;
  objects: number;
  readonly failures: Failure[];
}

export const redriveCommand: Command = {
  name: 'redrive',
  summary: 'try again what is set aside',
  usage: USAGE,

  async run(args, io, open) {
    const options = setAsideOptions(args);
    const registry = await open();
    const progress = new ProgressLine(io);
    const outcome: Outcome = { messages: 0, objects: 0, failures: [] };
    try {
      const tally = (kind: 'messages' | 'objects') => (id: string, reason: string | undefined) => {
        if (reason !== undefined) outcome.failures.push({ id, reason });
        else outcome[kind]++;
        const tried = outcome.messages + outcome.objects + outcome.failures.length;
        progress.show(`Tried ${tried.toLocaleString('en-US')} again …`);
      };
      const { id } = options;
      if (id === undefined || !isOfObject(id)) await redriveMessages(registry, options, tally('messages'));
      if (id === undefined || isOfObject(id)) await redriveObjects(registry, options, tally('objects'));
      progress.clear();
      const { failures } = outcome;
      const redriven = outcome.messages + outcome.objects;
      const result = { redriven, failed: failures.length, failures };
      io.out.write(options.json ? `${JSON.stringify(result)}\n` : textOf(outcome));
      return failures.length === 0 ? 0 : 1;
    } finally {
      progress.clear();
      await registry.close();
    }
  },
};

async function redriveMessages(
  { statistics }: Registry,
  { id, since }: SetAsideOptions,
  onTried: (id: string, reason: string | undefined) => void,
): Promise<void> {
  const events =
    id === undefined
      ? statistics.listSetAside.execute(since).events
      : only(statistics.getSetAside.execute(id));
  await statistics.redriveSetAside.execute(events, ({ event, reception }) =>
    onTried(event.id, reception.reason),
  );
}

async function* only(event: Promise<SetAsideEvent>): AsyncGenerator<SetAsideEvent> {
  yield await event;
}

function textOf({ messages, objects, failures }: Outcome): string {
  if (messages + objects + failures.length === 0) return 'Nothing is set aside.\n';
  const redriven = [
    ...(messages > 0 || objects === 0 ? [countOf(messages, 'message')] : []),
    ...(objects > 0 ? [countOf(objects, 'object')] : []),
  ];
  const done = `${redriven.join(' and ')} redriven`;
  if (failures.length === 0) return `${done}.\n`;
  const told = failures.map(({ id, reason }) => `\n${printable(id)}\n  ${printable(reason)}\n`);
  const stay = failures.length === 1 ? 'stays' : 'stay';
  return `${done}, ${failures.length.toLocaleString('en-US')} failed again and ${stay} set aside:\n${told.join('')}`;
}

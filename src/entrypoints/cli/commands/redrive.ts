import type { SetAsideEvent } from '../../../domain/statistics/set-aside-event.ts';
import type { StatisticsService } from '../../composition/registry.ts';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { printable } from '../printable.ts';
import { ProgressLine } from '../progress-line.ts';
import { setAsideOptions } from '../set-aside-options.ts';

const USAGE = `Usage: npm run registry -- redrive [--since DATE | --id ID] [--json]

Tries messages again that are set aside. What succeeds now leaves; what does not, stays as it is.

Options:
  --since DATE  those sent on or after this day, such as 2026-01-31; without it, in the last 90 days
  --id ID       the one with this id
  --json        one JSON object on standard output: {redriven, failed, failures: [{id, reason}]}

Exit status: 0 nothing failed, 1 some failed again or there is no event with this id, 2 wrong usage.`;

interface Failure {
  readonly id: string;
  readonly reason: string;
}

export const redriveCommand: Command = {
  name: 'redrive',
  summary: 'try again what is set aside',
  usage: USAGE,

  async run(args, io, open) {
    const { id, since, json } = setAsideOptions(args);
    const registry = await open();
    const { statistics } = registry;
    const progress = new ProgressLine(io);
    try {
      const events = id === undefined ? statistics.listSetAside.execute(since).events : one(statistics, id);
      const failures: Failure[] = [];
      let redriven = 0;
      await statistics.redriveSetAside.execute(events, ({ event, reception }) => {
        if (reception.reason !== undefined) failures.push({ id: event.id, reason: reception.reason });
        else redriven++;
        progress.show(`Tried ${countOf(redriven + failures.length, 'message')} again …`);
      });
      progress.clear();
      const failed = failures.length;
      io.out.write(json ? `${JSON.stringify({ redriven, failed, failures })}\n` : textOf(redriven, failures));
      return failed === 0 ? 0 : 1;
    } finally {
      progress.clear();
      await registry.close();
    }
  },
};

async function* one({ getSetAside }: StatisticsService, id: string): AsyncGenerator<SetAsideEvent> {
  yield await getSetAside.execute(id);
}

function textOf(redriven: number, failures: readonly Failure[]): string {
  if (redriven + failures.length === 0) return 'Nothing is set aside.\n';
  const done = `${countOf(redriven, 'message')} redriven`;
  if (failures.length === 0) return `${done}.\n`;
  const told = failures.map(({ id, reason }) => `\n${printable(id)}\n  ${printable(reason)}\n`);
  const stay = failures.length === 1 ? 'stays' : 'stay';
  return `${done}, ${failures.length.toLocaleString('en-US')} failed again and ${stay} set aside:\n${told.join('')}`;
}

import { parseArgs } from 'node:util';
import type { Pending } from '../../../application/statistics/list-pending.ts';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { printable } from '../printable.ts';

const USAGE = `Usage: npm run registry -- pending [--json]

Lists the identifiers for which observations wait until a company bears them. They are recorded by themselves as soon as
one does.

Options:
  --json  one JSON object on standard output: {observations, identifiers: [{scheme, value, observations, since}]}

Exit status: 0 done, 2 wrong usage.`;

export const pendingCommand: Command = {
  name: 'pending',
  summary: 'list what waits for a company to bear an identifier',
  usage: USAGE,

  async run(args, io, open) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const registry = await open();
    try {
      const found: Pending[] = [];
      for await (const one of registry.statistics.listPending.execute()) found.push(one);
      found.sort((a, b) => (a.since < b.since ? -1 : 1));
      io.out.write(values.json ? `${JSON.stringify(bodyOf(found))}\n` : textOf(found));
      return 0;
    } finally {
      await registry.close();
    }
  },
};

function bodyOf(found: readonly Pending[]): object {
  return {
    observations: found.reduce((sum, { observations }) => sum + observations, 0),
    identifiers: found.map(({ identifier, observations, since }) => ({ ...identifier, observations, since })),
  };
}

function textOf(found: readonly Pending[]): string {
  if (found.length === 0) return 'No observation waits for a company.\n';
  return found
    .map(({ identifier: { scheme, value }, observations, since }) => {
      const told = `${printable(scheme)} ${printable(value)}`;
      return `${told.padEnd(40)} ${countOf(observations, 'observation')} since ${since}\n`;
    })
    .join('');
}

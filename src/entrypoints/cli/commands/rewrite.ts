import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { ProgressLine } from '../progress-line.ts';

const USAGE = `Usage: npm run registry -- rewrite [--json]

Stores every company, tombstones too, as this release stores it: after an upgrade that says so, so that a new index lists
what was there before. Writes may go on. What is read of a company stays the same, as do its version and its history, and
nobody is told.

Options:
  --json  one JSON object on standard output: {companies}

Exit status: 0 done, 2 wrong usage.`;

export const rewriteCommand: Command = {
  name: 'rewrite',
  summary: 'store every company as this release stores it',
  usage: USAGE,

  async run(args, io, open) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const registry = await open();
    const progress = new ProgressLine(io);
    try {
      const companies = await registry.profiles.rewriteCompanies.execute((done) =>
        progress.show(`Rewrote ${countOf(done, 'company', 'companies')} …`),
      );
      progress.clear();
      io.out.write(
        values.json
          ? `${JSON.stringify({ companies })}\n`
          : `Rewrote ${countOf(companies, 'company', 'companies')}.\n`,
      );
      return 0;
    } finally {
      progress.clear();
      await registry.close();
    }
  },
};

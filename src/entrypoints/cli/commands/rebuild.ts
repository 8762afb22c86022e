import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Replication } from '../../../application/audit/await-replication.ts';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { ProgressLine } from '../progress-line.ts';

const USAGE = `Usage: npm run registry -- rebuild [--json]

Publishes a snapshot of every company, tombstones too, and of its documents, and waits until statistics has them: also
where it starts from nothing. Writes may go on; what statistics has already is not touched.

Options:
  --json  one JSON object on standard output: {published, documents, synced, waiting, examples: [companyId]}:
          the companies and documents that were published, the companies that statistics has, and has not yet

Exit status: 0 statistics has every company, 1 some did not arrive in time, 2 wrong usage.`;

export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'tell statistics every company anew, and wait until it has them',
  usage: USAGE,

  async run(args, io, open) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const registry = await open();
    const { profiles, audit } = registry;
    const progress = new ProgressLine(io);
    try {
      const { companies: published, documents } = await profiles.publishSnapshots.execute(
        `rebuild-${randomUUID()}`,
        (count) => progress.show(`Published ${countOf(count, 'snapshot')} …`),
      );
      const replication = await audit.awaitReplication.execute((synced) =>
        progress.show(
          `Statistics has ${synced.toLocaleString('en')} of ${countOf(published, 'company', 'companies')} …`,
        ),
      );
      progress.clear();
      io.out.write(
        values.json
          ? `${JSON.stringify({ published, documents, ...replication })}\n`
          : textOf(published, replication),
      );
      return replication.waiting === 0 ? 0 : 1;
    } finally {
      progress.clear();
      await registry.close();
    }
  },
};

function textOf(published: number, { synced, waiting, examples }: Replication): string {
  const done = `Published ${countOf(published, 'snapshot')}; statistics has ${countOf(synced, 'company', 'companies')}`;
  if (waiting === 0) return `${done}.\n`;
  const untold = waiting - examples.length;
  return [
    `${done}, ${waiting.toLocaleString('en-US')} did not arrive in time:`,
    ...examples.map((companyId) => `  ${companyId}`),
    ...(untold > 0 ? [`  … and ${untold.toLocaleString('en-US')} more`] : []),
    '',
    'See what could not be followed:  npm run registry -- set-aside',
    'Compare again, when time passed: npm run registry -- audit',
    '',
  ].join('\n');
}

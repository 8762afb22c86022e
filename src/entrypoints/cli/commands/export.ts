import { parseArgs } from 'node:util';
import { COMPANY_COLUMNS, companyRecord } from '../../../adapters/files/company-export.ts';
import {
  EXPORT_FORMATS,
  exportLines,
  type ExportFormat,
  type ExportRecord,
} from '../../../adapters/files/export-lines.ts';
import { OBSERVATION_COLUMNS, observationRecord } from '../../../adapters/files/observation-export.ts';
import { writeLinesTo, writeLinesToFile } from '../../../adapters/files/write-export.ts';
import type { Registry } from '../../composition/registry.ts';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { ProgressLine } from '../progress-line.ts';
import { UsageError } from '../usage-error.ts';

const USAGE = `Usage: npm run registry -s -- export companies|observations [--format ndjson|csv] [--output FILE] [--json]

Writes every company, or every observation as it was last reported, in the order of the companies' ids. What it wrote is
imported by: npm run registry -- import FILE --map companies (or --map observations, after the companies). Then each
company has the same id and the same facts again, and the same observations.

Not imported again are version, times and previous names of companies, which are exported for reference. Not exported are
companies that were removed, with their observations; earlier reports of an observation; what waits for a company; and
the definitions of metrics.

Options:
  --format FORMAT  ndjson (as it is where nothing is stated) or csv; there a text that a spreadsheet would run as a
                   formula stands behind an apostrophe, which the import takes away
  --output FILE    standard output without it; a file that is there is replaced when all is written
  --json           one JSON object on standard output, {companies|observations, leftOut?, output, format}, where leftOut
                   counts the companies with observations but without a profile; needs --output

Exit status: 0 done, 1 not everything could be written, 2 wrong usage.`;

type Subject = 'companies' | 'observations';

interface Arguments {
  readonly subject: Subject;
  readonly format: ExportFormat;
  readonly output: string | undefined;
  readonly json: boolean;
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'write every company or observation as NDJSON or CSV, to be imported again',
  usage: USAGE,

  async run(args, io, open) {
    const { subject, format, output, json } = argumentsOf(args);
    const registry = await open();
    const progress = new ProgressLine(io);
    let written = 0;
    let leftOut = 0;
    async function* counted(records: AsyncIterable<ExportRecord>): AsyncGenerator<ExportRecord> {
      for await (const record of records) {
        yield record;
        written++;
        progress.show(`Exported ${toldOf(subject, written)} …`);
      }
    }
    const records = recordsOf(subject, registry, () => leftOut++);
    const columns = subject === 'companies' ? COMPANY_COLUMNS : OBSERVATION_COLUMNS;
    try {
      const lines = exportLines(counted(records), format, columns);
      if (output === undefined) await writeLinesTo(io.out, lines);
      else await writeLinesToFile(output, lines);
    } finally {
      progress.clear();
      await registry.close();
    }
    if (json) {
      const result = { [subject]: written, ...(leftOut > 0 && { leftOut }), output, format };
      io.out.write(`${JSON.stringify(result)}\n`);
      return 0;
    }
    const notes = [
      `Exported ${toldOf(subject, written)}${output === undefined ? '' : ` to ${output}`}.`,
      ...(leftOut > 0
        ? [`Left out, since no profile says who they are: the observations of ${companiesOf(leftOut)}.`]
        : []),
    ];
    // Standard output may be the export itself.
    (output === undefined ? io.err : io.out).write(`${notes.join('\n')}\n`);
    return 0;
  },
};

async function* recordsOf(
  subject: Subject,
  { profiles, statistics }: Registry,
  leftOut: () => void,
): AsyncGenerator<ExportRecord> {
  if (subject === 'companies') {
    for await (const company of profiles.exportCompanies.execute()) yield companyRecord(company);
  } else {
    for await (const exported of statistics.exportObservations.execute(leftOut))
      yield observationRecord(exported);
  }
}

function argumentsOf(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'ndjson' },
      output: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [subject, ...others] = positionals;
  if ((subject !== 'companies' && subject !== 'observations') || others.length > 0) {
    throw new UsageError('Say what to export: companies, or observations.');
  }
  const format = EXPORT_FORMATS.find((known) => known === values.format);
  if (format === undefined) {
    throw new UsageError(
      `The format ${values.format} is unknown. Known are ${EXPORT_FORMATS.join(' and ')}.`,
    );
  }
  const { output, json } = values;
  if (json && output === undefined) {
    throw new UsageError('Name an --output FILE: with --json, standard output is for the result.');
  }
  if (output === '') throw new UsageError('Name a file after --output.');
  return { subject, format, output, json };
}

function toldOf(subject: Subject, count: number): string {
  return subject === 'companies' ? companiesOf(count) : countOf(count, 'observation');
}

function companiesOf(count: number): string {
  return countOf(count, 'company', 'companies');
}

import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openCompanyFile } from '../../../adapters/files/company-file.ts';
import { isSameFile } from '../../../adapters/files/is-same-file.ts';
import { columnMapPath, loadColumnMap } from '../../../adapters/files/load-column-map.ts';
import { isReplaceable, RejectedRowsFile } from '../../../adapters/files/rejected-rows-file.ts';
import type { ImportCounts } from '../../../application/profiles/import-counts.ts';
import type { CompanyRows } from '../../../application/profiles/ports/company-rows.ts';
import type { ColumnMap } from '../../../domain/profiles/import/column-map.ts';
import type { Command, CommandIo } from '../command.ts';
import { ImportProgress } from '../import-progress.ts';
import { UsageError } from '../usage-error.ts';

const MAPS = fileURLToPath(new URL('../../../../maps/', import.meta.url));

const USAGE = `Usage: npm run registry -- import FILE --map MAP [--rejected FILE] [--json]

Registers the companies of a file, and changes those that are known by their identifiers; records the figures that the
file states of them, where the map says so. The same file again changes nothing; an import that was broken off is
finished by importing the file again. Import one file after the other: two at once may register a company twice that they
know by a ticker alone.

  FILE             CSV with a header, or JSON: an array or an object of records, or one record after the other
  --map MAP        which column is which fact: the name of a map in maps/, or the path of a map file (see maps/README.md)
  --rejected FILE  where the rows go that were refused, with row number, field and reason; <name of FILE>.rejected.csv
                   in the current folder unless told otherwise; not written where none was refused
  --json           one JSON result on standard output: {created, updated, renamed, unchanged, rejected, observations?, …}

A row counts once: as created, renamed (its company has another name now), updated (other facts), unchanged or rejected.
An observation counts once: as recorded, unchanged, corrected (reported later with another value), superseded (reported
earlier than what is known), conflict (another value without a later report) or invalid. The last two go where rejected
rows go, with the metric as their field; their row is not rejected.

Exit status: 0 where the file was read to its end, 1 where it was not (what was counted is stored), 2 for wrong usage.`;

interface Arguments {
  readonly file: string;
  readonly map: string;
  readonly rejected: string;
  readonly json: boolean;
}

export const importCommand: Command = {
  name: 'import',
  summary: 'register and change companies from a CSV or JSON file',
  usage: USAGE,

  async run(args, io, open) {
    const options = argumentsOf(args);
    const map = await mapNamed(options.map);
    await refuseToOverwrite(options);
    const file = await openCompanyFile(options.file, map);
    const registry = await open();

    const rejected = new RejectedRowsFile(options.rejected);
    const interruption = interruptible(io);
    let counts: ImportCounts = { created: 0, updated: 0, renamed: 0, unchanged: 0, rejected: 0 };
    let failure: Error | undefined;
    const progress = new ImportProgress(io, file);
    try {
      await rejected.clear();
      const requestId = `import-${randomUUID()}`;
      await registry.profiles.importCompanies.execute(
        interruption.whileNone(file.rows),
        { requestId },
        {
          progressed: (current) => {
            counts = current;
            progress.progressed(current);
          },
          rejected: async (position, violations) => rejected.add(position, violations),
          refused: async (position, { metric }, { status, detail }) =>
            rejected.add(position, [
              { path: [metric], detail: detail === undefined ? status : `${status}: ${detail}` },
            ]),
        },
        map.observations.length > 0 ? registry.observations : undefined,
      );
      await rejected.close();
      if (interruption.isAsked) failure = new Error('Interrupted. Import the file again to finish it.');
    } catch (error) {
      failure = error as Error;
    } finally {
      interruption.end();
      progress.stop();
      await registry.close();
    }
    if (failure !== undefined)
      io.err.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
    report(io, options, counts, rejected.isWritten ? rejected.path : undefined, progress.seconds);
    return failure ? 1 : 0;
  },
};

function argumentsOf(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      map: { type: 'string' },
      rejected: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('Name the FILE to import.');
  if (others.length > 0) throw new UsageError(`One file at a time: ${others.join(' ')} is too much.`);
  if (values.map === undefined)
    throw new UsageError('Say with --map MAP which column of the file is which fact.');
  return {
    file,
    map: values.map,
    rejected: values.rejected ?? `${basename(file)}.rejected.csv`,
    json: values.json,
  };
}

async function mapNamed(nameOrPath: string): Promise<ColumnMap> {
  try {
    return await loadColumnMap(nameOrPath, MAPS);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function refuseToOverwrite({ file, map, rejected }: Arguments): Promise<void> {
  for (const [what, path] of [
    ['FILE', file],
    ['MAP', columnMapPath(map, MAPS)],
  ] as const) {
    if (await isSameFile(rejected, path))
      throw new UsageError(
        `The rejected rows would replace the ${what} itself. Name another --rejected FILE.`,
      );
  }
  if (!(await isReplaceable(rejected))) {
    throw new UsageError(
      `The rejected rows would replace ${rejected}, which is no file of rejected rows. Name another --rejected FILE.`,
    );
  }
}

function report(
  { out }: CommandIo,
  { file, json }: Arguments,
  counts: ImportCounts,
  rejectedFile: string | undefined,
  seconds: number,
): void {
  const rounded = Math.round(seconds * 1000) / 1000;
  if (json) {
    out.write(
      `${JSON.stringify({ ...counts, file, ...(rejectedFile && { rejectedFile }), seconds: rounded })}\n`,
    );
    return;
  }
  const { observations, ...rows } = counts;
  const lines = linesOf(rows);
  if (observations) lines.push('Observations', ...linesOf(observations));
  if (rejectedFile) {
    lines.push(
      `Why rows were rejected${observations ? ', or observations refused,' : ''} is told in ${rejectedFile}`,
    );
  }
  out.write(`${lines.join('\n')}\n`);
}

function linesOf(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).map(
    ([name, count]) => `${name.padEnd(10)}${count.toLocaleString('en').padStart(11)}`,
  );
}

/** Ctrl+C ends the rows, so that what is in flight is finished and counted; a second one ends the process. */
function interruptible(io: CommandIo): {
  readonly isAsked: boolean;
  whileNone(rows: CompanyRows): CompanyRows;
  end(): void;
} {
  let isAsked = false;
  const ask = (): void => {
    isAsked = true;
    io.err.write('\nStopping when the rows in flight are stored.\n');
  };
  process.once('SIGINT', ask).once('SIGTERM', ask);
  return {
    get isAsked() {
      return isAsked;
    },
    async *whileNone(rows) {
      for await (const row of rows) {
        if (isAsked) return;
        yield row;
      }
    },
    end: () => void process.off('SIGINT', ask).off('SIGTERM', ask),
  };
}

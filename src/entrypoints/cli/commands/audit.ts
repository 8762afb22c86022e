import { parseArgs } from 'node:util';
import type { AuditReport } from '../../../application/audit/audit-report.ts';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { printable } from '../printable.ts';
import { ProgressLine } from '../progress-line.ts';
import { UsageError } from '../usage-error.ts';

/** The findings that are told one by one to a person. */
const TOLD = 50;

const USAGE = `Usage: npm run registry -- audit [--repair] [--metrics] [--json]

Compares what statistics replicates of every company (name, country, industry, status, version, tombstone) and the
revisions 1..n of its history with its profile; the claims by which companies are found by their identifiers with those
who bear them; every rollup with the observations that it is the fold of; what boards
show with the series; every aggregate with the sum of its entries; the documents that statistics counts, and what they
come to, with those that there are. Writes may go on: what is only on its way is no drift.

Options:
  --repair  mend what differs: statistics takes what the profile says, unless it knows something later; replicas
            without a profile are forgotten; lost revisions are restored from what is left and marked as
            reconstructed; a claim of an identifier that is missing is made again unless another company has it, and one
            that names no company which bears it is released; documents are counted as profiles has them; rollups are folded from the observations, boards
            and aggregates projected anew. After a restore from a backup, when the epoch was raised, companies and
            documents that statistics alone knows from an earlier epoch are marked as removed, and revisions beyond
            their profile are forgotten. Then audit again
  --metrics tell CloudWatch how many disagreements there are (left), which alarms where there are any; on AWS
  --json    one JSON object on standard output:
            {companies, tombstones, documents, series, observations, waiting, undecided, drift, repaired?,
            kinds: {kind: count}, findings: [{kind, companyId?, detail, version?}]}
            with the first 1,000 findings. Observations that are waiting name a company that is not known yet;
            aggregates that are undecided were written to whenever they were counted

Exit status: 0 no drift (left), 1 drift, 2 wrong usage.`;

export const auditCommand: Command = {
  name: 'audit',
  summary: 'compare statistics and the history with the profiles and the observations, and mend what differs',
  usage: USAGE,

  async run(args, io, open) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        repair: { type: 'boolean', default: false },
        metrics: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const registry = await open();
    const progress = new ProgressLine(io);
    try {
      if (values.metrics && registry.tellDrift === undefined)
        throw new UsageError('On this machine nobody keeps metrics: leave --metrics out.');
      const report = await registry.audit.auditCompanies.execute({
        repair: values.repair,
        onProgress: (companies) => progress.show(`Compared ${countOf(companies, 'company', 'companies')} …`),
      });
      progress.clear();
      io.out.write(values.json ? `${JSON.stringify(report)}\n` : textOf(report));
      if (values.metrics) await registry.tellDrift?.(report.drift);
      return report.drift === 0 ? 0 : 1;
    } finally {
      progress.clear();
      await registry.close();
    }
  },
};

function textOf(report: AuditReport): string {
  const { drift, repaired, kinds, findings } = report;
  const compared = comparedIn(report);
  const mended = repaired === undefined ? '' : `, mended ${countOf(repaired, 'disagreement')}`;
  if (drift === 0) return lines(`${compared}${mended}: no drift${mended && ' is left'}.`, ...notesOn(report));

  const told = findings.slice(0, TOLD);
  const untold = drift - told.length;
  return lines(
    `${compared}${mended}: ${countOf(drift, 'disagreement')}${mended && ' left'}.`,
    '',
    ...Object.entries(kinds)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `  ${kind.padEnd(22)} ${count.toLocaleString('en-US').padStart(10)}`),
    '',
    ...told.map(
      ({ kind, companyId, detail }) => `${companyId ?? 'aggregates'}  ${kind}: ${printable(detail)}`,
    ),
    ...(untold > 0 ? [`… and ${untold.toLocaleString('en-US')} more; --json tells the first 1,000.`] : []),
    '',
    repaired === undefined
      ? 'Mend what can be mended with: npm run registry -- audit --repair'
      : 'What is left could not be mended, or has come up since. What is said of each tells how to go on.',
    ...notesOn(report),
  );
}

function comparedIn({ companies, tombstones, documents, series, observations }: AuditReport): string {
  const compared =
    `Compared ${countOf(companies, 'company', 'companies')} and ${countOf(tombstones, 'tombstone')}` +
    (documents > 0 ? `, ${countOf(documents, 'document')}` : '');
  if (series === 0 && observations === 0) return compared;
  return `${compared} with ${countOf(observations, 'observation')} in ${series.toLocaleString('en-US')} series`;
}

/** What is no drift, and worth to be known. */
function notesOn({ waiting, undecided }: AuditReport): string[] {
  return [
    ...(waiting > 0
      ? [`Waiting for a company that bears their identifier: ${countOf(waiting, 'observation')}.`]
      : []),
    ...(undecided > 0
      ? [
          `Written to whenever they were counted, so that nothing can be said of them: ${countOf(undecided, 'aggregate')}.`,
        ]
      : []),
  ];
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

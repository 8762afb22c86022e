import { parseArgs } from 'node:util';
import type { InvocableService, Invoker } from '../../composition/open-invoker.ts';
import { Canary, type CanaryTime, type Flight } from '../canary.ts';
import type { Command, CommandIo } from '../command.ts';
import { countOf } from '../count-of.ts';
import { UsageError } from '../usage-error.ts';

const USAGE = `Usage: npm run registry -- canary [--renames N] [--timeout SECONDS] [--key KEY] [--json]

Renames a company that is there for this alone, the canary, and measures how long it takes until statistics shows each new
name: the whole way from the profiles through stream and topic to the statistics. It is registered where it is not yet
there. On AWS it invokes the Lambdas of both services (PROFILES_FUNCTION, STATISTICS_FUNCTION), with the caller's credentials.

Options:
  --renames N        how many, one after the other: 1 to 1,000; 10 without it
  --timeout SECONDS  how long statistics may take for each: 1 to 600; 30 without it
  --key KEY          the idempotency key of the canary, for one of its own; canary without it
  --json             one JSON object on standard output:
                     {companyId, renames, shown: {p50Ms, p95Ms, maxMs}, lag: {p50Ms, p95Ms, maxMs}}, where shown is
                     measured from the answer to the rename, and lag is what statistics says of itself; and where one
                     was not in time also {late: {version, requestId, replicaVersion?}}

Exit status: 0 all arrived in time, 1 one did not, or something failed, 2 wrong usage.`;

interface Spread {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

interface CanaryReport {
  readonly companyId: string;
  /** Those that arrived in time. */
  readonly renames: number;
  readonly shown?: Spread;
  readonly lag?: Spread;
  /** The first that did not: those after it were not tried. */
  readonly late?: Flight;
}

/** @param openInvoker connects to a service of a system that has both, once the arguments are right */
export function canaryCommand(
  openInvoker: (service: InvocableService) => Promise<Invoker>,
  time: CanaryTime,
): Command {
  return {
    name: 'canary',
    summary: 'rename a company that is there for this, and measure its way to statistics',
    usage: USAGE,

    async run(args, io) {
      const { renames, timeoutMs, key, json } = argumentsOf(args);
      const profiles = await openInvoker('profiles');
      try {
        const statistics = await openInvoker('statistics');
        try {
          const report = await fly(new Canary(profiles, statistics, time), key, renames, timeoutMs);
          if (json) io.out.write(`${JSON.stringify(report)}\n`);
          tell(report, timeoutMs, json, io);
          return report.late === undefined ? 0 : 1;
        } finally {
          await statistics.close();
        }
      } finally {
        await profiles.close();
      }
    },
  };
}

async function fly(canary: Canary, key: string, renames: number, timeoutMs: number): Promise<CanaryReport> {
  const companyId = await canary.companyOf(key);
  const shown: number[] = [];
  const lags: number[] = [];
  let late: Flight | undefined;
  while (shown.length < renames && late === undefined) {
    const flight = await canary.fly(companyId, timeoutMs);
    if (flight.shownMs === undefined || flight.lagMs === undefined) late = flight;
    else {
      shown.push(flight.shownMs);
      lags.push(flight.lagMs);
    }
  }
  return {
    companyId,
    renames: shown.length,
    ...(shown.length > 0 && { shown: spreadOf(shown), lag: spreadOf(lags) }),
    ...(late !== undefined && { late }),
  };
}

function tell(report: CanaryReport, timeoutMs: number, json: boolean, { out, err }: CommandIo): void {
  const { companyId, renames, shown, lag, late } = report;
  if (!json && shown && lag) {
    out.write(
      `${countOf(renames, 'rename')} of the canary ${companyId} arrived: shown ${textOf(shown)} after the answer, ` +
        `written ${textOf(lag)} after the change.\n`,
    );
  }
  if (late) {
    const { version, requestId, replicaVersion } = late;
    const known = replicaVersion === undefined ? 'does not know it' : `has version ${replicaVersion}`;
    err.write(
      `Statistics did not show version ${version} of the canary ${companyId} within ${timeoutMs / 1000} s: it ${known}.\n` +
        `Find where it stopped: look for the request ${requestId} in the logs of each hop, as docs/operations.md says.\n`,
    );
  }
}

function textOf({ p50Ms, p95Ms, maxMs }: Spread): string {
  return `${p50Ms} ms (median; 95 % within ${p95Ms} ms, the slowest ${maxMs} ms)`;
}

function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1]!);
  return { p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

function argumentsOf(args: readonly string[]): {
  renames: number;
  timeoutMs: number;
  key: string;
  json: boolean;
} {
  const { values } = parseArgs({
    args: [...args],
    options: {
      renames: { type: 'string', default: '10' },
      timeout: { type: 'string', default: '30' },
      key: { type: 'string', default: 'canary' },
      json: { type: 'boolean', default: false },
    },
  });
  const { renames, timeout, key, json } = values;
  if (key === '') throw new UsageError('--key needs a key, or leave it out for the canary that all share.');
  return {
    renames: wholeNumber('--renames', renames, 1_000),
    timeoutMs: wholeNumber('--timeout', timeout, 600) * 1000,
    key,
    json,
  };
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new UsageError(`${option} ${JSON.stringify(text)} is no whole number from 1 to ${most}.`);
  return value;
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { InvocableService, Invoker } from '../../composition/open-invoker.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const SERVICES: readonly InvocableService[] = ['profiles', 'statistics'];

const USAGE = `Usage: npm run registry -s -- invoke profiles|statistics OPERATION [INPUT] [--json]

Calls an operation of a service without HTTP, as whoever may invoke its Lambda does: in this process, by the Lambda's own
handler, over the running system; or on AWS, with the caller's credentials, where the environment names the Lambda
(PROFILES_FUNCTION, STATISTICS_FUNCTION).

  INPUT   a JSON object; @FILE for one in a file, - for one on standard input; {} where there is none
  --json  one JSON object on standard output: {result}, or {error} as HTTP tells problems. Without it the result, and
          the error on standard error

profiles:
  get {companyId}                            list {name|country|industry?, status?, limit?, cursor?}
  register {company, idempotencyKey?}        revisions {companyId, limit?, cursor?}
  change {companyId, version, changes}       lookUpIdentifier {scheme, value}
  rename {companyId, version, name}          publishSnapshots {}
  remove {companyId, version}
statistics:
  get {companyId, atLeastVersion?, limit?, cursor?}
  recordObservations {companyId, observations: [{metric, unit, observedAt, value, source, reportedAt?}]}, values as texts
  series {companyId, metric, unit?, granularity?, from?, to?, limit?, cursor?}
  rank {metric, unit?, order?, country|industry?, limit?, cursor?}
  aggregates {dimension, metric?, unit?, limit?, cursor?}
  defineMetric {metric, definition: {ranked, unit?, label?}}
  redrive {since|id?}
  listPending {limit?}

Exit status: 0 done, 1 an error was answered, 2 wrong usage.`;

interface Arguments {
  readonly service: InvocableService;
  readonly operation: string;
  readonly input: string;
  readonly json: boolean;
}

/** What every answer of a service is. */
interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly detail: string; readonly type: string };
}

/** @param openInvoker connects to the service, once the arguments are right */
export function invokeCommand(
  openInvoker: (service: InvocableService) => Promise<Invoker>,
  stdin: NodeJS.ReadableStream,
): Command {
  return {
    name: 'invoke',
    summary: 'call an operation of a service without HTTP, here or on AWS',
    usage: USAGE,

    async run(args, io) {
      const { service, operation, input: given, json } = argumentsOf(args);
      const input = parsed(await read(given, stdin));
      const invoker = await openInvoker(service);
      let answer: Answer;
      try {
        answer = (await invoker.invoke({ operation, input })) as Answer;
      } finally {
        await invoker.close();
      }
      if (json) io.out.write(`${JSON.stringify(answer)}\n`);
      else if (answer.error === undefined) io.out.write(`${JSON.stringify(answer.result, null, 2)}\n`);
      else io.err.write(`${JSON.stringify(answer.error, null, 2)}\n`);
      return answer.error === undefined ? 0 : 1;
    },
  };
}

function argumentsOf(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [name, operation, input = '{}', ...others] = positionals;
  const service = SERVICES.find((known) => known === name);
  if (service === undefined) throw new UsageError('Name the service to invoke: profiles, or statistics.');
  if (operation === undefined) throw new UsageError(`Name the operation of ${service} to invoke.`);
  if (others.length > 0) throw new UsageError('Give the input as one JSON object, in quotes.');
  return { service, operation, input, json: values.json };
}

async function read(input: string, stdin: NodeJS.ReadableStream): Promise<string> {
  if (input === '-') return text(stdin);
  if (!input.startsWith('@')) return input;
  try {
    return await readFile(input.slice(1), 'utf8');
  } catch (error) {
    throw new UsageError(`The input cannot be read: ${(error as Error).message}`);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new UsageError(`The input is no JSON: ${(error as Error).message}`);
  }
}

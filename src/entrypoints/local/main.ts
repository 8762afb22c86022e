import { parseArgs } from 'node:util';
import { DataFolderInUse } from '../../adapters/local/data-folder-lock.ts';
import { jsonLog } from '../../adapters/system/json-log.ts';
import { allAwsResources, readConfig, type Config } from '../composition/config.ts';
import { startAwsFront } from './aws-front.ts';
import { loadSample } from './load-sample.ts';
import { startLocalSystem, type LocalSystem } from './local-system.ts';

const USAGE = `Runs both services on this machine.

  npm start                  keeps its data in .registry/ (REGISTRY_DATA), answers on port 3000 (PORT)
  npm start -- --sample      loads a sample of some thirty well-known companies
  npm start -- --in-memory   keeps everything in memory: needs no DynamoDB engine, forgets at the end

LOG_LEVEL=info shows every request and every event on its way.`;

try {
  const { values } = parseArgs({
    options: {
      sample: { type: 'boolean', default: false },
      'in-memory': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else await run(readConfig(), values['in-memory'], values.sample);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function run(config: Config, inMemory: boolean, sample: boolean): Promise<void> {
  // The terminal is for people: what is worth a look, unless they ask for more.
  const log = jsonLog(process.stderr, config.logLevel ?? 'warn');
  const aws = inMemory ? undefined : allAwsResources(config);
  const starting = aws ? startAwsFront(config, aws, log) : startLocalSystem(config, inMemory, log);
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = starting
      .then((system) => system.stop())
      .catch((error: unknown) => {
        console.error(messageOf(error));
        process.exitCode = 1;
      });
  };
  // From now on: what is being started is stopped when it has started.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const system = await starting;
  void system.lost.then((reason) => {
    if (stopping) return;
    console.error(`The system cannot go on: ${reason.message}`);
    process.exitCode = 1;
    stop();
  });
  if (stopping) return;
  if (sample) {
    try {
      const { created, unchanged, updated, renamed } = await loadSample(system.profiles.importCompanies);
      console.log(`Sample: ${created} registered, ${unchanged} as they were, ${updated + renamed} set back.`);
    } catch (error) {
      stop();
      throw error;
    }
  }
  const data = inMemory ? 'in memory, gone at the end' : (aws?.profilesTable ?? config.dataFolder);
  console.log(banner(system, data));
}

function banner({ url }: LocalSystem, data: string): string {
  return [
    `Company Registry is running at ${url}`,
    `  documentation  ${url}/docs`,
    `  companies      ${url}/v1/companies`,
    `  data           ${data}`,
    'Press Ctrl+C to stop.',
  ].join('\n');
}

function messageOf(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what uses it, or choose another one: PORT=3001 npm start`;
  }
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used. Choose another one: PORT=3001 npm start`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'HOST is no address of this machine. Leave it out, or set it to 0.0.0.0 for all of them.';
  if (error instanceof DataFolderInUse) {
    return `${message} Stop it, or choose another folder: REGISTRY_DATA=.registry-2 PORT=3001 npm start`;
  }
  return message;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../infra/tables.ts';
import { createTables } from '../src/adapters/dynamodb/create-tables.ts';
import { documentClient } from '../src/adapters/dynamodb/document-client.ts';
import { startEngine } from '../src/adapters/local/dynoxide.ts';
import { startChildServer, type ChildServer } from './child-server.ts';
import { fill } from './fill.ts';
import { closeConnections } from './http-client.ts';
import { measureGatewayCpu, type Server } from './measure-gateway-cpu.ts';
import { shown } from './measure-propagation.ts';
import { reportGatewayCpu } from './report-gateway-cpu.ts';

/** Enough for full pages of names that begin alike. */
const COMPANIES = 500;

const MAINS: Readonly<Record<Server, string>> = {
  bare: 'bench/bare-server.ts',
  gateway: 'bench/gateway-alone.ts',
  system: 'src/entrypoints/local/main.ts',
};

/** What the local gateway takes of the processor, against an engine in memory. @returns the chapter of the results */
export async function benchGatewayCpu(): Promise<string> {
  console.error('The processor in the local gateway …');
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const engine = await startEngine({ env: process.env });
  const client = documentClient({ endpoint: engine.endpoint });
  const started: ChildServer[] = [];
  const start = async (name: Server): Promise<ChildServer> => {
    const env = { DYNAMODB_ENDPOINT: engine.endpoint, REGISTRY_DATA: folder };
    const server = await startChildServer(MAINS[name], env);
    started.push(server);
    return server;
  };
  try {
    await createTables(client, [PROFILES_TABLE, STATISTICS_TABLE]);
    const companyIds = (await fill(client, 0, COMPANIES)).map(({ companyId }) => companyId);
    const servers = {
      bare: await start('bare'),
      gateway: await start('gateway'),
      system: await start('system'),
    };
    // What follows the companies is no part of what reading them takes.
    await shown(`${servers.system.url}/v1/statistics/companies/${companyIds.at(-1)}?atLeastVersion=1`);
    return reportGatewayCpu(await measureGatewayCpu(servers, companyIds));
  } finally {
    closeConnections();
    await Promise.all(started.map((server) => server.stop()));
    client.destroy();
    await engine.stop();
    await rm(folder, { recursive: true });
  }
}

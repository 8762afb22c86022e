import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../infra/tables.ts';
import { createTables } from '../src/adapters/dynamodb/create-tables.ts';
import { documentClient } from '../src/adapters/dynamodb/document-client.ts';
import { startEngine } from '../src/adapters/local/dynoxide.ts';
import { startChildServer } from './child-server.ts';
import { fill } from './fill.ts';
import { fillStatistics } from './fill-statistics.ts';
import { closeConnections } from './http-client.ts';
import { measureFiguresImport } from './measure-figures-import.ts';
import { measureGateway } from './measure-gateway.ts';
import { measureImport } from './measure-import.ts';
import { measurePropagation, RENAMES } from './measure-propagation.ts';
import { measureContention, measureRecording } from './measure-recording.ts';
import { capacityAt, measureAtSizes } from './measure-size.ts';
import { measureUploadedImports } from './measure-uploaded-import.ts';
import { report } from './report.ts';

const SMALL = 1_000;
const LARGE = 100_000;

const say = (text: string): void => console.error(text);

/** Everything but the Lambdas, on one engine. @returns the page of results */
export async function measureAll(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const engine = await startEngine({ dataFolder: join(folder, 'engine'), env: process.env });
  const client = documentClient({ endpoint: engine.endpoint });
  const env = { DYNAMODB_ENDPOINT: engine.endpoint, REGISTRY_DATA: join(folder, 'server') };
  try {
    await createTables(client, [PROFILES_TABLE, STATISTICS_TABLE]);

    say('Imports by upload of two sizes …');
    const uploaded = await measureUploadedImports();

    say(`${RENAMES} renames on their way to statistics …`);
    const system = await startChildServer('src/entrypoints/local/main.ts', env);
    const propagation = await measurePropagation(system.url);
    await system.stop();

    const gatewayServer = await startChildServer('bench/gateway-alone.ts', env);
    say(`GET and PATCH at ${SMALL} companies …`);
    const first = await fill(client, 0, SMALL - RENAMES);
    const gateway = await measureGateway(gatewayServer.url, client, first);
    say('Observations over HTTP against raw transactions …');
    const recording = await measureRecording(gatewayServer.url, client);
    const contention = await measureContention(gatewayServer.url);
    await gatewayServer.stop();

    say('Import against raw transactions …');
    const imports = await measureImport(client, SMALL);
    say('Import of figures against raw transactions …');
    const figures = await measureFiguresImport(client, SMALL + imports.companies);

    say(`Filling up to ${LARGE} companies …`);
    await fill(client, SMALL + imports.companies + figures.companies, LARGE);
    const firstTracked = await fillStatistics(client, LARGE);
    const smallTable = `${PROFILES_TABLE.name}-small`;
    const smallStatistics = `${STATISTICS_TABLE.name}-small`;
    await createTables(client, [
      { ...PROFILES_TABLE, name: smallTable },
      { ...STATISTICS_TABLE, name: smallStatistics },
    ]);
    const few = await fill(client, 0, SMALL, smallTable);
    const fewTracked = await fillStatistics(client, SMALL, smallStatistics);
    say(`GET, lists and statistics at ${SMALL} and at ${LARGE} companies …`);
    const [smallServer, largeServer] = [
      await startChildServer('bench/gateway-alone.ts', {
        ...env,
        PROFILES_TABLE: smallTable,
        STATISTICS_TABLE: smallStatistics,
      }),
      await startChildServer('bench/gateway-alone.ts', env),
    ];
    const small = { url: smallServer.url, companies: few, tenYears: fewTracked };
    const large = { url: largeServer.url, companies: first, tenYears: firstTracked };
    const sizes = await measureAtSizes(small, large);
    await Promise.all([smallServer.stop(), largeServer.stop()]);

    const page = report(
      {
        gateway,
        import: imports.loads,
        uploaded,
        recording,
        figures: figures.loads,
        contention,
        propagation,
        small: {
          companies: SMALL,
          loads: sizes.small,
          capacity: await capacityAt(client, smallStatistics, small),
        },
        large: {
          companies: LARGE,
          loads: sizes.large,
          capacity: await capacityAt(client, STATISTICS_TABLE.name, large),
        },
      },
      new Date().toISOString().slice(0, 10),
    );
    return page;
  } finally {
    closeConnections();
    client.destroy();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import sqlite from 'node-sqlite3-wasm';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../../../infra/tables.ts';
import { createTables } from '../../../src/adapters/dynamodb/create-tables.ts';
import { documentClient } from '../../../src/adapters/dynamodb/document-client.ts';
import { startEngine, type Engine } from '../../../src/adapters/local/dynoxide.ts';
import { engineBinary } from '../../../src/adapters/local/engine-binary.ts';
import { prepareEngineDatabase } from '../../../src/adapters/local/engine-database.ts';

const { DYNOXIDE_BIN, PATH } = process.env;
const env = { DYNOXIDE_BIN, PATH };

let folder: string;
const engines: Engine[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startEngine>[0]> = {}): Promise<Engine> {
  const engine = await startEngine({ dataFolder: join(folder, 'data'), env, ...options });
  engines.push(engine);
  return engine;
}

async function script(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('the engine', () => {
  it('keeps what was acknowledged when it is killed', async () => {
    const first = await start();
    const client = documentClient({ endpoint: first.endpoint });
    await createTables(client, [PROFILES_TABLE, STATISTICS_TABLE]);
    await client.send(new PutCommand({ TableName: PROFILES_TABLE.name, Item: { pk: 'pk', sk: 'sk' } }));
    process.kill(first.pid!, 'SIGKILL');
    expect(await first.exited).toContain('SIGKILL');
    client.destroy();

    const second = documentClient({ endpoint: (await start()).endpoint });
    // A table that is there is left as it is.
    await createTables(second, [PROFILES_TABLE, STATISTICS_TABLE]);
    const again = new PutCommand({
      TableName: PROFILES_TABLE.name,
      Item: { pk: 'pk', sk: 'sk' },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(second.send(again)).rejects.toThrow('conditional request failed');
    second.destroy();
  });

  it('that outlived its parent is ended by the next start', async () => {
    const orphan = await start();

    const next = await start();

    expect(await orphan.exited).toMatch(/^(status 0|SIGTERM)/);
    expect(existsSync(`/proc/${next.pid}`)).toBe(true);
    expect(readFileSync(join(folder, 'data', 'engine.pid'), 'utf8')).toBe(String(next.pid));
  });

  it('leaves the process alone that has the pid of an engine long gone', async () => {
    const other = spawn('sleep', ['60']);
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'engine.pid'), String(other.pid));

    await start();

    expect(other.exitCode).toBeNull();
    expect(other.kill()).toBe(true);
  });

  it('says nothing more once it is stopped, and is gone', async () => {
    const engine = await startEngine({ env });
    let told = false;
    void engine.exited.then(() => (told = true));

    await engine.stop();

    expect(existsSync(`/proc/${engine.pid}/exe`)).toBe(false);
    expect(told).toBe(false);
  });

  it('is not started where DYNAMODB_ENDPOINT names another one', async () => {
    const engine = await start({ env: { ...env, DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' } });

    expect(engine).toMatchObject({ endpoint: 'http://127.0.0.1:1' });
    expect(engine.pid).toBeUndefined();
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('answers from the moment that its start is told', async () => {
    const client = documentClient({ endpoint: (await start({ dataFolder: undefined })).endpoint });

    expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
    client.destroy();
  });
});

describe('an engine that cannot start', () => {
  it('says why, in its own words: a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    await expect(start({ port })).rejects.toThrow(/ended while it was starting: status 1: .*in use/);
    server.close();
  });

  it('says what its program said last', async () => {
    const DYNOXIDE_BIN = await script('dynoxide', 'echo "no space left on device" >&2; exit 3');

    await expect(start({ env: { DYNOXIDE_BIN } })).rejects.toThrow('status 3: no space left on device');
  });

  it('names the folder that it cannot use', async () => {
    await writeFile(join(folder, 'data'), 'a file, no folder');

    await expect(start()).rejects.toThrow(`The data folder ${join(folder, 'data')} cannot be used: EEXIST`);
  });
});

describe('the program of the engine', () => {
  it('is the one that DYNOXIDE_BIN names', async () => {
    const mine = await script('mine', '');

    expect(engineBinary({ DYNOXIDE_BIN: mine, PATH }, 'linux-x64')).toBe(mine);
  });

  it('must be there where DYNOXIDE_BIN names one', () => {
    expect(() => engineBinary({ DYNOXIDE_BIN: '/nowhere/dynoxide' })).toThrow(
      'DYNOXIDE_BIN names /nowhere/dynoxide',
    );
  });

  it('is on the PATH where there is no package for the platform', async () => {
    const onPath = await script('dynoxide', '');

    expect(engineBinary({ PATH: `/nowhere:${folder}` }, 'other-cpu')).toBe(onPath);
  });

  it('is asked for by one message that says what to do', () => {
    expect(() => engineBinary({ PATH: '/nowhere' }, 'other-cpu')).toThrow(
      /no DynamoDB engine for other-cpu.*install dynoxide.*DYNOXIDE_BIN.*DYNAMODB_ENDPOINT.*--in-memory/,
    );
  });
});

describe('the prepared database file', () => {
  const file = () => join(folder, 'dynamodb.sqlite');
  const rows = (sql: string): Record<string, unknown>[] => {
    const database = new sqlite.Database(file());
    try {
      return database.all(sql);
    } finally {
      database.close();
    }
  };

  it('has indexes for what the engine asks of its stream', () => {
    prepareEngineDatabase(file());

    const asked = [
      "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 't'",
      "SELECT new_image FROM _stream_records WHERE table_name = 't' AND shard_id = 's' " +
        'AND CAST(sequence_number AS INTEGER) > 1 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT 9',
      "SELECT MIN(sequence_number), MAX(sequence_number) FROM _stream_records WHERE table_name = 't' AND shard_id = 's'",
    ];
    const plans = asked.map((sql) => rows(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail));
    expect(plans).toEqual([
      [expect.stringMatching(/^SEARCH .* registry_stream_order \(table_name=\?\)/)],
      [
        expect.stringMatching(
          /^SEARCH .* registry_stream_shard \(table_name=\? AND shard_id=\? AND <expr>>\?\)/,
        ),
      ],
      [expect.stringMatching(/^SEARCH .* COVERING INDEX registry_stream_shard/)],
    ]);
  });

  it("is the engine's own in all else, and is left alone once it is there", async () => {
    // Read as bytes, and its journal with it: the wasm build opens no file that was in WAL mode.
    const created = (name: string): string | undefined => {
      const bytes = [name, `${name}-wal`].map((path) =>
        existsSync(path) ? readFileSync(path, 'latin1') : '',
      );
      return /CREATE TABLE _stream_records \([^)]*\)/.exec(bytes.join())?.[0].replace(/\s+/g, ' ');
    };
    prepareEngineDatabase(file());
    const own = join(folder, 'own.sqlite');
    const engine = spawn(engineBinary(env), ['--port', '0', '--db-path', own]);
    await once(engine.stderr, 'data');
    engine.kill();
    await once(engine, 'exit');

    const before = await readFile(file());
    prepareEngineDatabase(file());

    expect(created(own)).toContain('sequence_number TEXT NOT NULL');
    expect(created(file())).toBe(created(own));
    expect((await readFile(file())).equals(before)).toBe(true);
  });

  it('comes to be at once or not at all', async () => {
    await writeFile(`${file()}.new`, 'half of a file, of a process that was killed');

    prepareEngineDatabase(file());

    expect(rows('SELECT count(*) AS n FROM _stream_records')).toEqual([{ n: 0 }]);
    expect(existsSync(`${file()}.new`)).toBe(false);
  });

  it('trims what is older than a day and far behind, never the newest', () => {
    prepareEngineDatabase(file());
    const database = new sqlite.Database(file());
    const insert =
      'INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at) ';
    const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101000) ';
    database.exec(`${numbers}${insert} SELECT 'busy', 'INSERT', '{}', i, 's', 1000 FROM n`);
    database.exec(`${insert} VALUES ('quiet', 'INSERT', '{}', 1, 's', 1000)`);
    const day = 24 * 60 * 60;
    database.exec(
      `${numbers}${insert} SELECT 'busy', 'INSERT', '{}', 101000 + i, 's', ${1001 + day} FROM n LIMIT 1000`,
    );
    database.close();

    const [busy] = rows(
      "SELECT count(*) AS n, max(CAST(sequence_number AS INTEGER)) AS newest FROM _stream_records WHERE table_name = 'busy'",
    );
    expect(busy).toMatchObject({ newest: 102000 });
    expect(busy?.['n']).toBeGreaterThanOrEqual(100_000);
    expect(busy?.['n']).toBeLessThan(102_000);
    expect(rows("SELECT count(*) AS n FROM _stream_records WHERE table_name = 'quiet'")).toEqual([{ n: 1 }]);
  });
});

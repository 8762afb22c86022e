import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import type { StreamSource } from '../../src/adapters/local/stream-source.ts';
import type { Topic } from '../../src/domain/statistics/set-aside-event.ts';
import { uploadKeyOf } from '../../src/domain/profiles/import/import-key.ts';
import type { ImportId } from '../../src/domain/profiles/import/file-import.ts';
import { importCommand } from '../../src/entrypoints/cli/commands/import.ts';
import { companyIdAt } from '../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../support/dynoxide.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { shortOrLong } from '../support/test-length.ts';
import { runCommand } from '../support/run-command.ts';
import { SequentialCompanyIds } from '../support/sequential-company-ids.ts';
import { itemsOf, putItems, systemOnTables, type RawItem, type Tables } from '../support/system-on-tables.ts';
import { inMemoryProfilesBackend, inMemoryStatisticsBackend, WholeSystem } from '../support/whole-system.ts';
import { documentedKinds, kindsOf } from './item-kinds.ts';
import { COMMANDS } from './questions.ts';
import { withApi, type SystemWithApi } from './system-with-api.ts';
import { ACME_AGAIN, AWAITED_IDENTIFIER, FIRMS } from './write-everything.ts';

/** What is added to each item. */
const ITEMS = [
  ['', {}],
  [' and a later version added attributes to', { ofALaterVersion: { list: [1, 'a'], flag: true } }],
] as const;

/** What a version wrote and answered when its schema was released. */
interface Released {
  readonly profiles: readonly RawItem[];
  readonly statistics: readonly RawItem[];
  readonly messages: readonly { readonly topic: Topic; readonly message: string }[];
  readonly records: { readonly profiles: DynamoDBRecord[]; readonly statistics: DynamoDBRecord[] };
  /** When it was asked. */
  readonly at: string;
  readonly answers: readonly { readonly question: string; readonly status: number; readonly body: object }[];
  readonly commands: readonly { readonly command: string; readonly args: string[]; readonly out: string }[];
}

const VERSIONS = readdirSync(import.meta.dirname).filter((name) => /^v\d+$/.test(name));

function released(version: string): Released {
  const file = (name: string): unknown =>
    JSON.parse(readFileSync(join(import.meta.dirname, version, name), 'utf8'));
  const items = (name: string): RawItem[] =>
    (file(name) as Record<string, AttributeValue>[]).map((item) => unmarshall(item));
  return {
    profiles: items('company-profiles.json'),
    statistics: items('company-statistics.json'),
    messages: file('messages.json') as Released['messages'],
    records: file('stream-records.json') as Released['records'],
    ...(file('answers.json') as Pick<Released, 'at' | 'answers' | 'commands'>),
  };
}

let database: TestDynamoDb;

beforeAll(async () => {
  database = await startDynamoDb();
});

afterAll(async () => {
  await database.stop();
});

describe.each(VERSIONS)('what %s wrote', (version) => {
  const { profiles, statistics, messages, records, at, answers, commands } = released(version);
  const answerTo = (question: string): object => answers.find((one) => one.question === question)!.body;

  describe.each(ITEMS.slice(0, shortOrLong(1, 2)))('as items%s', (_title, added) => {
    let tables: Tables;
    let today: SystemWithApi;

    beforeAll(async () => {
      tables = await database.createTables();
      // By now the table's time to live would have taken away the answer to the request that may come again.
      const soon = Math.ceil(Date.now() / 1000) + 86_400;
      const kept = (item: RawItem): RawItem => ({
        ...item,
        ...added,
        ...(item['sk'] === 'REQUEST' && { expiresAt: soon }),
      });
      await putItems(database, tables.profiles, profiles.map(kept));
      await putItems(database, tables.statistics, statistics.map(kept));
      today = withApi(
        systemOnTables(database, tables, {
          clock: new ManualClock(at),
          companyIds: new SequentialCompanyIds(100),
        }),
      );
    });

    it.each(answers)('answers $question', async ({ question, status, body }) => {
      const answer = await today.send(`GET ${question}`);
      expect(answer).toMatchObject({ status, body: toldAgain(body) });
    });

    it.each(commands)('answers $command $args', async ({ command: name, args, out }) => {
      const { command } = COMMANDS.find((one) => one.command.name === name)!;
      const told = await runCommand(command, args, today.system.registry);
      expect(jsonLinesIn(told.out)).toMatchObject(jsonLinesIn(out));
    });

    it('registers nothing twice', async () => {
      const { status, body } = await today.send(...ACME_AGAIN);
      expect({ status, body }).toMatchObject({
        status: 201,
        body: { companyId: companyIdAt(1), version: 1, name: ACME_AGAIN[1].body.name },
      });
    });

    it('is written on, and nothing is found to be wrong', async () => {
      const waiting = answers.find(
        ({ body }) => 'importId' in body && (body as { status?: string }).status === 'waiting',
      )!;
      await writeOn(today, (waiting.body as unknown as { importId: ImportId }).importId);
      const { system, send } = today;
      expect(await system.registry.audit.auditCompanies.execute()).toMatchObject({
        companies: 4,
        tombstones: 1,
        waiting: 0,
        drift: 0,
      });
      expect((await send(`GET /v1/statistics/companies/${companyIdAt(1)}`)).body).toMatchObject({
        companyName: 'Acme Renamed',
        replica: { profileVersion: 4 },
        documents: { count: 0 },
        series: [
          { metric: 'market-cap', latest: { value: '12345678901234567890.5' } },
          { metric: 'price', count: 7, sum: '2070.75', latest: { value: '1000' } },
        ],
      });
      expect((await send('GET /v1/statistics/rankings/price')).body).toMatchObject({
        items: [
          { companyName: 'Acme Renamed', value: '1000' },
          { companyName: 'Acme Ltd', value: '99' },
          { companyName: 'Comes Later', value: '42' },
          { companyName: null, value: '3' },
        ],
      });
      for (const table of ['profiles', 'statistics'] as const) {
        const items = await itemsOf(database, tables[table]);
        expect(kindsOf(table, items).undocumented).toEqual([]);
      }
    });
  });

  it('as messages, is followed in any order', async () => {
    const { system, send } = withApi(new WholeSystem(undefined, { clock: new ManualClock(at) }));
    for (const { topic, message } of messages.toReversed()) await system.publish(topic, message);
    await system.settle();
    for (const number of [1, 2, 3]) {
      const { body } = await send(`GET /v1/statistics/companies/${companyIdAt(number)}`);
      const {
        series: _,
        replica,
        ...rest
      } = answerTo(`/v1/statistics/companies/${companyIdAt(number)}`) as Record<string, object>;
      const { syncedAt: __, lagMs: ___, ...position } = (replica ?? {}) as Record<string, unknown>;
      expect(body).toMatchObject({ ...toldAgain(rest), ...(replica && { replica: position }) });
    }
    expect((await send('GET /v1/statistics/aggregates/country')).body).toMatchObject(
      answerTo('/v1/statistics/aggregates/country'),
    );
  });

  it('as records of the profiles stream, is published and kept as history', async () => {
    const profiles = { ...inMemoryProfilesBackend(), stream: () => sourceOf(records.profiles) };
    const system = new WholeSystem(inMemoryStatisticsBackend(), { profiles });
    await system.poll('publisher');
    const told = messages.filter(
      ({ topic, message }) => topic === 'company-events' && !message.includes('snapshot'),
    );
    const firsts = new Map(
      told
        .map(({ message }) => JSON.parse(message) as { type: string; id: string })
        .map((one) => [one.id, one]),
    );
    const published = system.published.map(({ message }) => JSON.parse(message) as { id: string });
    expect(published.length).toBeGreaterThan(3);
    expect(published).toMatchObject(published.map(({ id }) => firsts.get(id)));

    await system.poll('historian');
    const revisions = await system.registry.profiles.readRevisions.list(companyIdAt(1), { limit: 5 });
    const question = `/v1/companies/${companyIdAt(1)}/revisions`;
    const { items } = answerTo(question) as { items: { version: number }[] };
    const versions = revisions.items.map(({ version }) => version);
    expect(versions).toContain(2);
    expect(revisions.items).toMatchObject(items.filter(({ version }) => versions.includes(version)));
  });

  it('as records of the statistics stream, is projected', async () => {
    const statistics = inMemoryStatisticsBackend();
    const system = new WholeSystem({ ...statistics, stream: () => sourceOf(records.statistics) });
    // What is projected is read anew: there is nothing, and that is no error.
    expect(await system.poll('projector')).toBe(records.statistics.length);
    expect(await system.poll('metricProjector')).toBe(records.statistics.length);
  });

  it('as exports, is imported', async () => {
    const { system, send } = withApi(new WholeSystem());
    const folder = await mkdtemp(join(tmpdir(), 'released-'));
    try {
      for (const { args, out } of commands.filter(({ command }) => command === 'export')) {
        const [subject = ''] = args;
        const path = join(folder, `${subject}.ndjson`);
        await writeFile(path, out);
        const imported = await runCommand(
          importCommand,
          [path, '--map', subject, '--rejected', `${path}.csv`, '--json'],
          system.registry,
        );
        expect(JSON.parse(imported.out)).toMatchObject({ rejected: 0 });
        await system.settle();
      }
      const { series, companyName } = answerTo(`/v1/statistics/companies/${companyIdAt(1)}`) as Record<
        string,
        object
      >;
      expect((await send(`GET /v1/statistics/companies/${companyIdAt(1)}`)).body).toMatchObject({
        companyName,
        series,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('every kind', () => {
  const all = VERSIONS.map(released);

  it('of message has been written by a version that was released', () => {
    const schemas = readdirSync('src/adapters/messaging/schemas').map((name) => name.replace(/\.json$/, ''));
    const types = all
      .flatMap(({ messages }) => messages)
      .flatMap(({ topic, message }) => typesOf(topic, message));
    expect(schemas.length).toBeGreaterThan(5);
    expect(new Set(types)).toEqual(new Set(schemas));
  });

  it.each(['profiles', 'statistics'] as const)('of item in the %s table has too', (table) => {
    const { undocumented, unwritten } = kindsOf(
      table,
      all.flatMap((one) => one[table]),
    );
    expect(documentedKinds(table).length).toBeGreaterThan(5);
    expect({ undocumented, unwritten }).toEqual({ undocumented: [], unwritten: [] });
  });

  it('would be missed where nobody has written it, or nobody tells of it', () => {
    const items = all.flatMap(({ statistics }) => statistics);
    const others = items.filter(({ sk }) => sk !== 'PROJECTED');
    expect(kindsOf('statistics', [{ pk: 'COMPANY#1', sk: 'SOMETHING#else' }, ...others])).toEqual({
      undocumented: ['COMPANY#1 SOMETHING#else'],
      unwritten: ['COMPANY#<companyId> PROJECTED'],
    });
  });
});

/** What is asked again is answered alike: as much as before, or more, under another id of the request. */
function toldAgain(body: object): object {
  const { requestId, nextCursor, ...rest } = body as Record<string, unknown>;
  return {
    ...rest,
    ...(requestId !== undefined && { requestId: expect.any(String) }),
    ...(nextCursor !== undefined && { nextCursor: expect.any(String) }),
  };
}

function jsonLinesIn(text: string): object[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as object);
}

/** Changes something of everything that is there. */
async function writeOn({ system, send, objects, imports }: SystemWithApi, waiting: ImportId): Promise<void> {
  const company = `/v1/companies/${companyIdAt(1)}`;
  const told = async (...request: Parameters<typeof send>): Promise<void> => {
    const { status } = await send(...request);
    expect([request[0], status < 300]).toEqual([request[0], true]);
    system.clock.advance(60_000);
  };
  await told(`PATCH ${company}`, { headers: { 'if-match': '"3"' }, body: { name: 'Acme Renamed' } });
  const price = (observedAt: string, value: string, reportedAt?: string): object => ({
    metric: 'price',
    unit: 'USD',
    observedAt,
    value,
    source: 'exchange',
    ...(reportedAt !== undefined && { reportedAt }),
  });
  await told(`POST /v1/statistics/companies/${companyIdAt(1)}/observations`, {
    body: {
      observations: [
        price('2025-01-31', '10.5', '2025-05'),
        price('2025-02-28', '1000'),
        price('2025-12-31', '1000'),
      ],
    },
  });
  await told(`POST /v1/companies`, {
    body: { name: 'Comes Later', countryCode: 'DE', identifiers: [AWAITED_IDENTIFIER] },
  });
  const { items } = (await send(`GET ${company}/documents`)).body as { items: { documentId: string }[] };
  for (const { documentId } of items) await told(`DELETE ${company}/documents/${documentId}`);
  objects.put(uploadKeyOf(waiting), `${FIRMS}Zweite (test);Germany;1;1999;1\n`);
  expect(await imports.execute(waiting, { ms: () => 60_000 })).toEqual({ outcome: 'done' });
  const { body } = await send(`GET /v1/imports/${waiting}`);
  expect(body).toMatchObject({ status: 'done', counts: { unchanged: 1, rejected: 1 } });
  await system.settle();
}

/** The types by which consumers tell the messages of a topic. */
function typesOf(topic: Topic, message: string): string[] {
  if (topic === 'company-events') return [(JSON.parse(message) as { type: string }).type];
  return message.startsWith('{') ? ['company-observations.v1'] : [];
}

/** A stream that has told these records, and nothing else. */
function sourceOf(records: readonly DynamoDBRecord[]): StreamSource {
  return {
    identity: async () => 'released',
    shards: async () => [{ shardId: '1' }],
    reaches: async () => true,
    read: async (_shardId, after) => ({ records: after === undefined ? records : [], ended: false }),
  };
}

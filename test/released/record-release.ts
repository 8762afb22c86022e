import type { DynamoDBRecord } from 'aws-lambda';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { format } from 'prettier';
import { STREAM_FILTERS } from '../../infra/stream-filters.ts';
import { sortedJson } from '../../src/adapters/files/sorted-json.ts';
import { runCommand } from '../support/run-command.ts';
import { startDynamoDb } from '../support/dynoxide.ts';
import { itemsOf, recordsOf, systemOnTables } from '../support/system-on-tables.ts';
import { COMMANDS, QUESTIONS } from './questions.ts';
import { withApi } from './system-with-api.ts';
import { writeEverything } from './write-everything.ts';

/**
 * Records what this version writes and answers, when its schema is released: `npm run record:release -- v2`. What was
 * recorded of earlier versions stays as it is.
 */
const [version = ''] = process.argv.slice(2);
if (!/^v\d+$/.test(version)) throw new Error('Say which version of the schema is released, such as v2.');

const folder = join(import.meta.dirname, version);
const database = await startDynamoDb();
try {
  const tables = await database.createTables();
  const everything = withApi(systemOnTables(database, tables));
  const { system, send } = everything;
  const more = await writeEverything(everything);

  const answers: object[] = [];
  const ask = async (question: string): Promise<void> => {
    const { status, body } = await send(`GET ${question}`);
    answers.push({ question, status, body });
    const { nextCursor } = (body ?? {}) as { nextCursor?: string };
    if (nextCursor !== undefined && !question.includes('cursor='))
      await ask(`${question}&cursor=${nextCursor}`);
  };
  for (const question of [...QUESTIONS, ...more]) await ask(question);

  const commands = [];
  for (const { command, args } of COMMANDS) {
    const { status, out } = await runCommand(command, args, system.registry);
    commands.push({ command: command.name, args, status, out });
  }

  await mkdir(folder);
  for (const table of ['profiles', 'statistics'] as const) {
    const items = await itemsOf(database, tables[table]);
    await write(
      `company-${table}.json`,
      items.map((item) => marshall(item)),
    );
  }
  await write('stream-records.json', {
    profiles: oneOfEach(await recordsOf(database, tables.profiles)),
    statistics: oneOfEach(await recordsOf(database, tables.statistics)),
  });
  await write('messages.json', system.published);
  await write('answers.json', { at: system.clock.now(), answers, commands });
} finally {
  await database.stop();
}

/** Of the records that consumers are woken by, the first of each kind of item and change. */
function oneOfEach(records: readonly DynamoDBRecord[]): DynamoDBRecord[] {
  const firsts = new Map<string, DynamoDBRecord>();
  for (const record of records) {
    const sk = record.dynamodb?.Keys?.['sk']?.S ?? '';
    const prefix = Object.values(STREAM_FILTERS)
      .flat()
      .find((one) => sk.startsWith(one));
    if (prefix === undefined) continue;
    const kind = `${record.eventName} ${sk.split('#').slice(0, 2).join('#')}`;
    if (!firsts.has(kind)) firsts.set(kind, record);
  }
  return [...firsts.values()];
}

async function write(name: string, content: unknown): Promise<void> {
  const text = await format(sortedJson(content), { parser: 'json', printWidth: 110 });
  await writeFile(join(folder, name), text);
}

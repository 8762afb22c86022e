import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeCommand } from '../../../src/entrypoints/cli/commands/invoke.ts';
import { runCommand, type CommandResult } from '../../support/run-command.ts';

let folder: string;
let sent: unknown[];
let closed: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'invoke-'));
  sent = [];
  closed = 0;
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], answer: unknown = { result: null }): Promise<CommandResult> {
  const command = invokeCommand(
    async (service) => ({
      invoke: async (event) => {
        sent.push([service, event]);
        if (answer instanceof Error) throw answer;
        return answer;
      },
      close: async () => void closed++,
    }),
    Readable.from(['{"limit":', '3}']),
  );
  return runCommand(command, args);
}

describe('the invoke command', () => {
  it.each([
    ['as an argument', () => '{"limit":3}'],
    ['on standard input', () => '-'],
    ['in a file', () => `@${join(folder, 'input.json')}`],
  ])('takes its input %s', async (_how, input) => {
    await writeFile(join(folder, 'input.json'), '{"limit": 3}\n');
    const { status, out } = await run(['profiles', 'list', input()], { result: { items: [] } });
    expect({ status, out }).toEqual({ status: 0, out: '{\n  "items": []\n}\n' });
    expect(sent).toEqual([['profiles', { operation: 'list', input: { limit: 3 } }]]);
    expect(closed).toBe(1);
  });

  it('needs no input', async () => {
    const { out } = await run(['statistics', 'listPending', '--json'], {
      result: { items: [], more: false },
    });
    expect(out).toBe('{"result":{"items":[],"more":false}}\n');
    expect(sent).toEqual([['statistics', { operation: 'listPending', input: {} }]]);
  });

  it('tells an error by its exit status, and where it belongs', async () => {
    const answer = { error: { type: 'urn:x', detail: 'No.' } };
    expect(await run(['profiles', 'get'], answer)).toMatchObject({
      status: 1,
      out: '',
      err: '{\n  "type": "urn:x",\n  "detail": "No."\n}\n',
    });
    expect(await run(['profiles', 'get', '--json'], answer)).toMatchObject({
      status: 1,
      out: `${JSON.stringify(answer)}\n`,
      err: '',
    });
  });

  it('leaves the service also where it failed', async () => {
    expect(await run(['profiles', 'get'], new Error('f failed'))).toMatchObject({
      status: 1,
      err: 'f failed\n',
    });
    expect(closed).toBe(1);
  });

  it.each([
    [[], 'Name the service'],
    [['companies'], 'Name the service'],
    [['profiles'], 'Name the operation of profiles'],
    [['profiles', 'get', '{}', '{}'], 'Give the input as one JSON object'],
    [['profiles', 'get', '{'], 'The input is no JSON'],
    [['profiles', 'get', '@/no/such/file'], 'The input cannot be read'],
  ])('refuses %j before it connects', async (args, reason) => {
    const { status, err } = await run(args);
    expect(status).toBe(2);
    expect(err).toContain(reason);
    expect(sent).toEqual([]);
  });
});

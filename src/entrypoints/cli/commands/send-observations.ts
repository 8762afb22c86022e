import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { countOf } from '../count-of.ts';
import { UsageError } from '../usage-error.ts';

const USAGE = `Usage: npm run registry -- send-observations FILE [--json]

Sends messages to the topic company-observations, as any other system may. What becomes of them is told by the figures,
and by "pending" and "set-aside".

  FILE    one JSON message, or one in each line:
          {"companyId": "…", "observations": [{"metric": "price", "unit": "USD", "observedAt": "2026-01-31",
          "value": "104.20", "source": "my-feed"}]}; in the place of companyId an identifier may stand:
          "identifier": {"scheme": "lei", "value": "…"}
  --json  one JSON object on standard output: {sent}

Exit status: 0 all were sent, 1 the topic did not take them all, 2 wrong usage.`;

export const sendObservationsCommand: Command = {
  name: 'send-observations',
  summary: 'send observations to their topic',
  usage: USAGE,

  async run(args, io, open) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError('Name one FILE of messages.');
    const messages = messagesIn(await textOf(file), file);
    const registry = await open();
    try {
      for (const message of messages) await registry.sendObservations(message);
      const sent = messages.length;
      io.out.write(values.json ? `${JSON.stringify({ sent })}\n` : `${countOf(sent, 'message')} sent.\n`);
      return 0;
    } finally {
      await registry.close();
    }
  },
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** @throws UsageError that names the line which is no JSON */
function messagesIn(text: string, file: string): string[] {
  if (isJson(text)) return [text.trim()];
  const lines = text.split(/\r?\n/);
  const wrong = lines.findIndex((line) => line.trim() !== '' && !isJson(line));
  if (wrong >= 0) throw new UsageError(`${file} is no JSON, and its line ${wrong + 1} is none either.`);
  const messages = lines.filter((line) => line.trim() !== '');
  if (messages.length === 0) throw new UsageError(`${file} is empty.`);
  return messages;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnreadableFile } from './unreadable-file.ts';

const CHUNK = 64 * 1024;

/** Writes lines to a stream that stays open, as fast as it takes them. */
export async function writeLinesTo(
  stream: NodeJS.WritableStream,
  lines: AsyncIterable<string>,
): Promise<void> {
  await pipeline(Readable.from(chunks(lines)), stream, { end: false });
}

/**
 * Writes lines to a file, all of them or nothing: until the last one is written, a file that is there stays as it is.
 *
 * @throws UnreadableFile where the file cannot be written, and what reading the lines throws
 */
export async function writeLinesToFile(path: string, lines: AsyncIterable<string>): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw unwritable(path, 'it is a folder');
  // A device or a pipe has no second name to be written under.
  const target = found === undefined || found.isFile() ? `${path}.part` : path;
  try {
    await pipeline(Readable.from(chunks(lines)), createWriteStream(target));
    if (target !== path) await rename(target, path);
  } catch (error) {
    if (target !== path) await rm(target, { force: true });
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    throw code !== undefined && syscall !== undefined && (error as NodeJS.ErrnoException).path === target
      ? unwritable(path, message, error)
      : error;
  }
}

/** One write a line would be slow. */
async function* chunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function unwritable(path: string, why: string, cause?: unknown): UnreadableFile {
  return new UnreadableFile(
    `The export cannot be written to ${path}: ${why}`,
    cause === undefined ? undefined : { cause },
  );
}

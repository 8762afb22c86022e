import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { columnMapOf, type ColumnMap } from '../../domain/profiles/import/column-map.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Where the map of a name in `folder`, or of the file that the name is, would be. */
export function columnMapPath(nameOrPath: string, folder: string): string {
  return /^[a-z0-9-]+$/i.test(nameOrPath) ? join(folder, `${nameOrPath}.json`) : resolve(nameOrPath);
}

/**
 * The map of a name in `folder`, or of the file that the name is.
 *
 * @throws UnreadableFile that names the map, and in it the property that is wrong
 */
export async function loadColumnMap(nameOrPath: string, folder: string): Promise<ColumnMap> {
  const path = columnMapPath(nameOrPath, folder);
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      throw new UnreadableFile(`The map ${path} cannot be read: ${message}`, { cause: error });
    const names = (await readdir(folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -5));
    throw new UnreadableFile(
      `There is no map ${nameOrPath}. Name one of ${names.sort().join(', ')}, or the path of a map file.`,
    );
  }
  try {
    return columnMapOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UnreadableFile(`The map ${nameOrPath} is no JSON: ${error.message}`);
    if (error instanceof InvalidInput)
      throw new UnreadableFile(`The map ${nameOrPath} is wrong: ${error.message}`);
    throw error;
  }
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sharedText } from './shared-data.ts';

/** A file as its publisher leaves it, or some of its rows. */
export interface RawFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** Which rows of a file are taken: the first ones that are. */
export interface Taken {
  readonly most?: number;
  readonly where?: (row: Readonly<Record<string, string>>) => boolean;
}

/** The files of a kind: the real ones where they are, else small samples of them. */
export interface FileSet {
  /** In the folder of real data. */
  readonly folder: string;
  readonly names: readonly string[];
  /** By name; of some of them. */
  readonly samples: Readonly<Record<string, string>>;
  /** Of a CSV. */
  readonly taken?: Taken;
}

/** Puts the files of a set into a folder, as a user has them. */
export async function placeFiles(
  place: string,
  { folder, names, samples, taken }: FileSet,
): Promise<RawFile[]> {
  const real = names.flatMap((name) => {
    const text = sharedText(`${folder}/${name}`);
    return text === undefined ? [] : [{ name, text: taken ? someOf(text, taken) : text }];
  });
  const sampled = Object.entries(samples).map(([name, text]) => ({ name, text }));
  const path = join(place, folder);
  await mkdir(path, { recursive: true });
  return Promise.all(
    (real.length === names.length ? real : sampled).map(async ({ name, text }) => {
      const file = { name, path: join(path, name), text };
      await writeFile(file.path, text);
      return file;
    }),
  );
}

/** The rows of a CSV, by its header. */
export function rowsOf({ text }: Pick<RawFile, 'text'>): Record<string, string>[] {
  return parse(text, { bom: true, columns: true });
}

/** The same rows from the last one to the first one, in a file of the same name. */
export async function reversed(place: string, { name, text }: RawFile): Promise<RawFile> {
  const [header = '', ...records] = rawRecords(text).map(({ raw }) => `${raw.trimEnd()}\n`);
  const file = { name, path: join(place, name), text: [header, ...records.reverse()].join('') };
  await mkdir(place, { recursive: true });
  await writeFile(file.path, file.text);
  return file;
}

function someOf(text: string, { most, where = () => true }: Taken): string {
  const [header, ...records] = rawRecords(text, most);
  const rowOf = (record: readonly string[]): Record<string, string> =>
    Object.fromEntries(header!.record.map((column, index) => [column, record[index] ?? '']));
  return [header!, ...records.filter(({ record }) => where(rowOf(record)))].map(({ raw }) => raw).join('');
}

/** Each record as it stands in the text, the header too. */
function rawRecords(text: string, most?: number): { readonly raw: string; readonly record: string[] }[] {
  const options = { bom: true, raw: true, ...(most !== undefined && { to: most + 1 }) };
  return parse(text, options) as unknown as { raw: string; record: string[] }[];
}

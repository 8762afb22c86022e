import { createHash, type Hash } from 'node:crypto';
import type { CompanyRows } from '../../application/profiles/ports/company-rows.ts';
import type {
  ImportFiles,
  LookedThrough,
  RejectedRow,
} from '../../application/profiles/ports/import-files.ts';
import { ObjectGone, type ObjectContents } from '../../application/profiles/ports/object-contents.ts';
import type { ObjectStore } from '../../application/profiles/ports/object-store.ts';
import { columnMapOf, type ColumnMap } from '../../domain/profiles/import/column-map.ts';
import type { FileImport, ImportId } from '../../domain/profiles/import/file-import.ts';
import { partKeyOf, rejectedKeyOf, uploadKeyOf } from '../../domain/profiles/import/import-key.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isSame } from '../../domain/shared/equality.ts';
import { companyRowsOf, countRows, timeOfFile, type FileSource } from './company-file.ts';
import { bytesOfIds, bytesOfRejected, idsIn, rejectedIn } from './part-of-import.ts';
import { rejectedHeader, rejectedLines } from './rejected-lines.ts';
import { sortedJson } from './sorted-json.ts';
import { UnreadableFile } from './unreadable-file.ts';

const START_BYTES = 4096;
const CSV = 'text/csv; charset=utf-8';
const CHUNK = 64 * 1024;

/** The files of imports as objects of a store, next to the documents. */
export class StoredImportFiles implements ImportFiles {
  constructor(
    private readonly objects: Pick<ObjectStore, 'look' | 'delete'>,
    private readonly contents: ObjectContents,
  ) {}

  async sizeOf(importId: ImportId): Promise<number | undefined> {
    return (await this.objects.look(uploadKeyOf(importId), 1))?.size;
  }

  async lookThrough(fileImport: FileImport): Promise<LookedThrough> {
    const map = columnMapIn(fileImport);
    const hash = createHash('sha256');
    const rows = await countRows(hashed(await this.#sourceOf(fileImport), hash), map);
    return { digest: digestOf(hash.digest('hex'), fileImport, map), rows };
  }

  async rowsOf(fileImport: FileImport, rowsBefore: number): Promise<CompanyRows> {
    return companyRowsOf(await this.#sourceOf(fileImport), columnMapIn(fileImport), rowsBefore);
  }

  hasObservations(fileImport: FileImport): boolean {
    return columnMapIn(fileImport).observations.length > 0;
  }

  async keepPart(
    importId: ImportId,
    part: string,
    { rejected, named }: { rejected: readonly RejectedRow[]; named: readonly CompanyId[] },
  ): Promise<void> {
    const keep = async (kind: 'rejected' | 'named', bytes: Uint8Array): Promise<void> =>
      this.contents.write(partKeyOf(importId, kind, part), 'application/octet-stream', only(bytes));
    const inOrder = [...rejected].sort((one, other) => one.position.rowNumber - other.position.rowNumber);
    if (rejected.length > 0) await keep('rejected', bytesOfRejected(inOrder));
    if (named.length > 0) await keep('named', bytesOfIds(named));
  }

  async *namedIn(importId: ImportId, parts: readonly string[]): AsyncIterable<CompanyId> {
    for (const part of parts) yield* idsIn(this.#contentIfAny(partKeyOf(importId, 'named', part)));
  }

  async writeRejectedRows(importId: ImportId, parts: readonly string[]): Promise<void> {
    const rows = async function* (this: StoredImportFiles): AsyncGenerator<RejectedRow> {
      for (const part of parts) yield* rejectedIn(this.#contentIfAny(partKeyOf(importId, 'rejected', part)));
    };
    await this.contents.write(rejectedKeyOf(importId), CSV, csvOf(rows.call(this)));
  }

  async clear(importId: ImportId, parts: readonly string[]): Promise<void> {
    await this.objects.delete(uploadKeyOf(importId));
    for (const part of parts) {
      await this.objects.delete(partKeyOf(importId, 'rejected', part));
      await this.objects.delete(partKeyOf(importId, 'named', part));
    }
  }

  async #sourceOf({ importId, fileName }: FileImport): Promise<FileSource> {
    const objectKey = uploadKeyOf(importId);
    const object = await this.objects.look(objectKey, START_BYTES);
    if (object === undefined) throw new ObjectGone(objectKey);
    if (object.size === 0) throw new UnreadableFile('The file is empty.');
    return { name: fileName, start: object.firstBytes, content: () => this.contents.read(objectKey) };
  }

  /** Nothing was kept where there was nothing to keep. */
  async *#contentIfAny(objectKey: string): AsyncGenerator<Uint8Array> {
    try {
      yield* this.contents.read(objectKey);
    } catch (error) {
      if (!(error instanceof ObjectGone)) throw error;
    }
  }
}

function columnMapIn({ map }: FileImport): ColumnMap {
  return columnMapOf(JSON.parse(map));
}

function hashed(source: FileSource, hash: Hash): FileSource {
  return {
    ...source,
    content: async function* () {
      for await (const chunk of source.content()) {
        hash.update(chunk);
        yield chunk;
      }
    },
  };
}

/** Of the content, of the map, and of what the name tells, a time or a format: that is all that rows come from. */
function digestOf(content: string, { map: json, fileName }: FileImport, map: ColumnMap): string {
  const time = timeOfFile(map, fileName) ?? '';
  const ending = /\.[^.]*$/.exec(fileName)?.[0].toLowerCase() ?? '';
  return createHash('sha256')
    .update([content, time, ending, sortedJson(JSON.parse(json))].join('\n'))
    .digest('hex');
}

async function* csvOf(rows: AsyncIterable<RejectedRow>): AsyncGenerator<Uint8Array> {
  let header: readonly string[] | undefined;
  let columns: readonly string[] | undefined;
  let isLikeHeader = true;
  let text = '';
  for await (const { position, violations } of rows) {
    if (header === undefined) text = rejectedHeader((header = position.columns));
    if (columns !== position.columns) {
      columns = position.columns;
      isLikeHeader = isSame(columns, header);
    }
    const told = isLikeHeader ? { ...position, columns: header } : position;
    text += rejectedLines(told, violations, header).join('');
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

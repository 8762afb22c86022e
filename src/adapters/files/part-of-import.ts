import { companyIdOf, type CompanyId } from '../../domain/shared/company-id.ts';
import type { RejectedRow } from '../../application/profiles/ports/import-files.ts';

const ID_BYTES = 16;

/** Ids in 16 bytes each. */
export function bytesOfIds(ids: readonly CompanyId[]): Uint8Array {
  return Buffer.concat(ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')));
}

/** The ids of such bytes, however they are cut. */
export async function* idsIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CompanyId> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + ID_BYTES <= bytes.length; at += ID_BYTES)
      yield idOf(bytes.toString('hex', at, at + ID_BYTES));
    rest = bytes.subarray(at);
  }
}

/** Rejected rows as JSON, one a line; columns are told where they are not those of the row before. */
export function bytesOfRejected(rows: readonly RejectedRow[]): Uint8Array {
  let known: readonly string[] | undefined;
  const lines = rows.map(({ position: { columns, ...position }, violations }) => {
    const told = columns === known ? {} : { columns };
    known = columns;
    return JSON.stringify({ ...position, ...told, violations });
  });
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

type KeptRow = Omit<RejectedRow['position'], 'columns'> &
  Partial<Pick<RejectedRow['position'], 'columns'>> &
  Pick<RejectedRow, 'violations'>;

/** The rows of such bytes. */
export async function* rejectedIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RejectedRow> {
  let columns: readonly string[] = [];
  for await (const line of linesIn(chunks)) {
    const { violations, ...kept } = JSON.parse(line) as KeptRow;
    columns = kept.columns ?? columns;
    yield { position: { ...kept, columns }, violations };
  }
}

async function* linesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function idOf(hex: string): CompanyId {
  return companyIdOf(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

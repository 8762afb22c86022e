import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCompanyFile } from '../../../src/adapters/files/company-file.ts';
import type { ReadRow } from '../../../src/application/profiles/ports/company-rows.ts';
import { columnMapOf } from '../../../src/domain/profiles/import/column-map.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'company-files-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

async function rowsOf(
  content: string | Uint8Array,
  layout: object = {},
  fileName = 'file',
): Promise<ReadRow[]> {
  const path = join(folder, fileName);
  await writeFile(path, content);
  const map = columnMapOf({
    ...layout,
    identifiers: [{ scheme: 'code', column: 'id' }],
    company: { name: 'name', description: { column: 'note', optional: true } },
  });
  const rows: ReadRow[] = [];
  for await (const row of (await openCompanyFile(path, map)).rows) rows.push(row);
  return rows;
}

const namesIn = (rows: ReadRow[]): unknown[] =>
  rows.map((read) => ('row' in read ? read.row.facts.name : read.violations));
const codesIn = (rows: ReadRow[]): unknown[] =>
  rows.map((read) => 'row' in read && read.row.identifiers[0]?.value);

describe('a CSV file', () => {
  it('is read with a byte order mark, CRLF, quotes, blank lines and line breaks in cells', async () => {
    const rows = await rowsOf(
      '\ufeffid,name,note\r\n1,"Müller, ""Söhne""",x\r\n\r\n2,Acme,"two\r\nlines"\r\n3,Last,',
    );
    expect(namesIn(rows)).toEqual(['Müller, "Söhne"', 'Acme', 'Last']);
    expect(rows.map(({ position: { rowNumber, line } }) => [rowNumber, line])).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
    ]);
  });

  it('is read with the delimiter and the quote of its map', async () => {
    expect(namesIn(await rowsOf("id;name\n1;'a;b'\n", { delimiter: ';', quote: "'" }))).toEqual(['a;b']);
  });

  it.each([
    ['latin1', Buffer.from('id,name\n1,Soci\xe9t\xe9\n', 'latin1')],
    ['utf-16le', Buffer.from('id,name\n1,Société\n', 'utf16le')],
    ['UTF8', Buffer.from('id,name\n1,Société\n')],
  ])('is read in the encoding of its map: %s', async (encoding, bytes) => {
    expect(namesIn(await rowsOf(bytes, { encoding }))).toEqual(['Société']);
  });

  it('is read as its byte order mark says', async () => {
    expect(namesIn(await rowsOf(Buffer.from('\ufeffid,name\n1,Société\n', 'utf16le')))).toEqual(['Société']);
  });

  it('goes on after a row with too few or too many cells', async () => {
    const rows = await rowsOf('id,name\n1\n2,b,c\n3,Fine\n');
    expect(namesIn(rows)).toEqual([
      [{ path: [], detail: 'the row has 1 cells, the header 2' }],
      [{ path: [], detail: 'the row has 3 cells, the header 2' }],
      'Fine',
    ]);
  });
});

describe('a JSON file', () => {
  const expected = ['Acme', 'Zeta'];

  it.each([
    ['an array', '[{"id":1,"name":"Acme"},\n{"id":2,"name":"Zeta"}]'],
    ['an object of records', '{"0":{"id":1,"name":"Acme"},"1":{"id":2,"name":"Zeta"}}'],
    ['records one after the other', '{"id":1,"name":"Acme"}\n{"id":2,"name":"Zeta"}\n'],
  ])('is found out to be %s', async (_case, text) => {
    expect(namesIn(await rowsOf(text))).toEqual(expected);
  });

  it.each([
    [
      'an array',
      '[\n{"id":1,"name":"a"},\n\n{"id":2,\n"name":"b","more":{"x":1}\n},\n{"id":3,"name":"c"}\n]',
      [2, 4, 7],
    ],
    [
      'records one after the other',
      '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n\n{"id":3,"name":"c"}\n',
      [1, 2, 4],
    ],
  ])('tells the line on which each record begins: %s', async (_case, text, lines) => {
    expect((await rowsOf(text)).map(({ position }) => position.line)).toEqual(lines);
  });

  it('has records at its top alone where its name or map says so', async () => {
    const text = '{"note":{"it":1},"id":1,"name":"Acme"}\n{"note":{"it":1},"id":2,"name":"Zeta"}';
    expect(namesIn(await rowsOf(text, { format: 'ndjson' }))).toEqual(expected);
    expect(namesIn(await rowsOf(text, {}, 'file.jsonl'))).toEqual(expected);
  });

  it('keeps numbers as they are written', async () => {
    expect(
      codesIn(await rowsOf('[{"id":12345678901234567890.10,"name":"a"},{"id":1e2,"name":"b"}]')),
    ).toEqual(['12345678901234567890.10', '1e2']);
  });

  it('has columns for what is inside a record', async () => {
    const path = join(folder, 'nested.json');
    await writeFile(path, '[{"ids":["x","y"],"names":{"legal":"Acme","none":null},"listed":true}]');
    const map = columnMapOf({
      identifiers: [{ scheme: 'code', column: 'ids.1' }],
      company: { name: 'names.legal', description: 'listed' },
    });
    for await (const read of (await openCompanyFile(path, map)).rows) {
      expect(read).toMatchObject({
        row: { identifiers: [{ value: 'y' }], facts: { name: 'Acme', description: 'true' } },
      });
      expect(read.position).toMatchObject({
        columns: ['ids.0', 'ids.1', 'names.legal', 'names.none', 'listed'],
      });
    }
  });

  it('lets __proto__ be a column like any other', async () => {
    expect(namesIn(await rowsOf('[{"__proto__":{"name":"evil"},"id":1,"name":"Acme"}]'))).toEqual(['Acme']);
  });
});

describe('a file that cannot be read', () => {
  it.each<[string, string | Uint8Array, object, string]>([
    [
      'a quote that is never closed',
      'id,name\n1,a\n2,"b\n',
      {},
      'Row 2 (line 3) opens a quote that is never closed',
    ],
    ['a quote inside a cell', 'id,name\n1,a\n2,b"c"\n', {}, 'Row 2 (line 3) has a quote inside a cell'],
    ['text after a closing quote', 'id,name\n1,"a"b\n', {}, 'Row 1 (line 2) has a quote inside a cell'],
    [
      'a missing column',
      'id,label\n1,a\n',
      {},
      'The file has no column "name", which the map needs. It has "id", "label".',
    ],
    ['a column that is there twice', 'id,name,name\n', {}, 'The header has the column "name" twice'],
    [
      'bytes of another encoding',
      Buffer.from('id,name\n1,a\n2,\xe9x\n', 'latin1'),
      {},
      'line 3 has bytes that mean nothing',
    ],
    ['an unknown encoding', 'id,name\n', { encoding: 'ebcdic' }, 'Known are utf-8, utf-16le and latin1'],
    ['nothing', '', {}, 'is empty'],
    ['only blank lines', '\n\n', {}, 'The file is empty: not even a header'],
    ['a ZIP archive', Buffer.from('PK\x03\x04....', 'latin1'), {}, 'a ZIP archive or a spreadsheet'],
    ['a binary file', Buffer.from([1, 0, 2]), {}, 'The file has NUL bytes: it is binary, or UTF-16'],
    [
      'broken JSON',
      '[{"id":1,"name":"a"},{"id":2,]',
      {},
      'Record 2 (line 1 or after) is not readable as JSON',
    ],
    [
      'JSON that ends early',
      '[{"id":1,"name":"a"},{"id":2',
      {},
      'Record 2 (line 1 or after) is not readable as JSON: the file ends',
    ],
    ['JSON without records', '[1,2]', {}, 'Record 1 (line 1 or after): 1 stands where a record is expected'],
    [
      'null among records',
      '[\n  {"id":1,"name":"a"},\n\n  null,\n  {"id":2,"name":"b"}\n]',
      {},
      'Record 2 (line 4 or after): null stands where a record is expected, an object.',
    ],
    [
      'a text among records one after the other',
      '{"id":1,"name":"a"}\n"b"\n',
      {},
      'Record 2 (line 2 or after): "b" stands where a record is expected, an object.',
    ],
    ['an empty list', '[]', {}, 'it has no record'],
    ['JSON of a hundred thousand brackets', '['.repeat(100_000), {}, 'the file ends in the middle of it'],
    ['JSON without a column', '[{"id":1}]', {}, 'The file has no column "name"'],
  ])('says so for %s', async (_case, content, layout, message) => {
    await expect(rowsOf(content, layout)).rejects.toThrow(message);
  });

  it.each([
    ['CSV line', 'id,name\n1,a\n2,', '\n', 'Row 2 (line 3) has more than 1048576 characters'],
    ['quoted CSV cell', 'id,name\n1,a\n2,"', '"\n', 'Row 2 (line 3) has more than 1048576 characters'],
    [
      'JSON text',
      '[{"id":1,"name":"a"},{"id":2,"name":"',
      '"}]',
      'Record 2 (line 1 or after) is not readable as JSON: it has more than 1048576 characters',
    ],
    [
      'JSON record of many texts',
      '[{"id":1,"name":"a"},{"id":2,"name":["',
      '"]}]',
      'Record 2 (line 1 or after) is not readable as JSON: it has more than 1048576 characters',
    ],
  ])('is given up early where it has one %s of 10 MB', async (kind, before, after, message) => {
    const path = join(folder, 'long');
    const filling = kind.includes('many') ? 'xxxxxxx","' : 'x';
    await writeFile(
      path,
      Buffer.concat([Buffer.from(before), Buffer.alloc(10_000_000, filling), Buffer.from(after)]),
    );
    const map = columnMapOf({ identifiers: [{ scheme: 'code', column: 'id' }], company: { name: 'name' } });
    const file = await openCompanyFile(path, map);
    const reading = (async () => {
      for await (const row of file.rows) expect(row.position.rowNumber).toBe(1);
    })();
    await expect(reading).rejects.toThrow(message);
    expect(file.bytesRead).toBeLessThan(4_000_000);
    await rm(path);
  });

  it('is a folder, or not there', async () => {
    const map = columnMapOf({ identifiers: [{ scheme: 'code', column: 'id' }], company: { name: 'name' } });
    await expect(openCompanyFile(folder, map)).rejects.toThrow('is a folder');
    await expect(openCompanyFile(join(folder, 'none.csv'), map)).rejects.toThrow('There is no file');
  });

  it('yields the rows before the one that is broken', async () => {
    const path = join(folder, 'broken.csv');
    await writeFile(path, 'id,name\n1,a\n2,b\n3,"c\n');
    const map = columnMapOf({ identifiers: [{ scheme: 'code', column: 'id' }], company: { name: 'name' } });
    const read: ReadRow[] = [];
    const reading = (async () => {
      for await (const row of (await openCompanyFile(path, map)).rows) read.push(row);
    })();
    await expect(reading).rejects.toThrow('Row 3');
    expect(namesIn(read)).toEqual(['a', 'b']);
  });
});

const FACTS = {
  format: 'json',
  records: 'facts/{taxonomy}/{tag}/units/{unit}',
  identifiers: [{ scheme: 'code', column: 'id' }],
  company: { name: 'entity', description: { column: 'label', optional: true } },
  observations: {
    source: { constant: 'test' },
    observedAt: 'end',
    metrics: [{ metric: 'tag', unit: 'unit', value: 'val' }],
  },
};

async function readWith(
  map: object,
  content: string,
  fileName = 'nested.json',
): Promise<{ readonly rows: ReadRow[]; readonly error?: string }> {
  const path = join(folder, fileName);
  await writeFile(path, content);
  const rows: ReadRow[] = [];
  try {
    for await (const row of (await openCompanyFile(path, columnMapOf(map))).rows) rows.push(row);
  } catch (error) {
    return { rows, error: (error as Error).message };
  }
  return { rows };
}

const statedIn = (rows: ReadRow[]): unknown[] =>
  rows.flatMap((read): unknown[] =>
    'row' in read
      ? read.row.observations.map(({ metric, unit, observedAt, value }) =>
          [read.row.facts.description, metric, unit, observedAt, value].join(' '),
        )
      : [...read.violations],
  );

describe('nested JSON', () => {
  const text = JSON.stringify({
    id: 7,
    entity: 'Acme',
    ignored: { id: 8, entity: 'Other', facts: [{ end: '1' }] },
    facts: {
      gaap: {
        assets: {
          label: 'Assets',
          units: {
            USD: [
              { end: '2023', val: 1 },
              { end: '2024', val: 2.5 },
            ],
          },
        },
        debt: {
          units: { USD: { end: '2023', val: 3 }, EUR: [{ end: '2022', val: 4, more: { deep: [1] } }] },
        },
      },
      dei: {
        float: {
          label: 'Float',
          other: { units: {} },
          units: { USD: [{ end: '2021', val: -5, label: 'Own' }] },
        },
      },
    },
  }).replace('2.5', '2.50');

  it('has its records where the path leads, with what stands around them as columns', async () => {
    const { rows, error } = await readWith(FACTS, text);
    expect(error).toBeUndefined();
    expect(statedIn(rows)).toEqual([
      'Assets assets USD 2023 1',
      'Assets assets USD 2024 2.50',
      ' debt USD 2023 3',
      ' debt EUR 2022 4',
      'Own float USD 2021 -5',
    ]);
    expect(codesIn(rows)).toEqual(['7', '7', '7', '7', '7']);
    expect(rows[3]!.position.columns).toEqual([
      'end',
      'val',
      'more.deep.0',
      'unit',
      'tag',
      'taxonomy',
      'id',
      'entity',
    ]);
  });

  it('enters lists on the way, and files of many documents', async () => {
    const document = (id: number): object => ({
      id,
      entity: `Company ${id}`,
      facts: [{ gaap: { assets: { units: { USD: [{ end: '2024', val: id }] } } } }],
    });
    const { rows } = await readWith(FACTS, JSON.stringify([document(1), document(2)]));
    expect(namesIn(rows)).toEqual(['Company 1', 'Company 2']);
    const lines = [3, 4].map((id) => JSON.stringify(document(id))).join('\n');
    expect(namesIn((await readWith({ ...FACTS, format: 'ndjson' }, lines)).rows)).toEqual([
      'Company 3',
      'Company 4',
    ]);
  });

  it('may have much between its records that is none of them', async () => {
    const between = JSON.stringify({ list: Array.from({ length: 200_000 }, (_, index) => `entry ${index}`) });
    const { rows, error } = await readWith(FACTS, text.replace('"facts":', `"between":${between},"facts":`));
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(5);
  });

  it.each([
    [
      'no record there',
      '{"id":1,"facts":{"gaap":{}}}',
      'The file has no record at facts/{taxonomy}/{tag}/units/{unit}.',
    ],
    [
      'something else than records there',
      '{"id":1,"entity":"A","facts":{"gaap":{"assets":{"units":{"USD":[5]}}}}}',
      'Record 1 (line 1 or after): 5 stands where a record is expected',
    ],
    ['an early end', '{"id":1,"facts":{"gaap":{"assets":{"units":{"USD":[{"end":', 'ends in the middle'],
    [
      'a column missing',
      '{"id":1,"facts":{"gaap":{"assets":{"units":{"USD":[{"end":"2024","val":1}]}}}}}',
      'The file has no column "entity"',
    ],
    [
      'a long record',
      `{"facts":{"gaap":{"assets":{"units":{"USD":[{${Array.from({ length: 90_000 }, (_, index) => `"key ${index}":1`).join()}`,
      'it has more than 1048576 characters',
    ],
    [
      'too much around its records',
      `{${Array.from({ length: 90_000 }, (_, index) => `"key number ${index}":1`).join()},"facts":{}}`,
      'The objects around the records have more than 1048576 characters',
    ],
  ])('with %s is refused with what to do', async (_what, content, message) => {
    expect((await readWith(FACTS, content)).error).toContain(message);
  });

  it('is not asked for in a CSV', async () => {
    const { format: _format, ...map } = FACTS;
    expect((await readWith(map, 'id,entity\n1,A', 'nested.csv')).error).toContain('but the file is a CSV');
  });
});

describe('the name of a file', () => {
  const map = {
    fileTime: '{YYYY}-{MM}-{DD}T{hh}{mm}Z.csv',
    identifiers: [{ scheme: 'code', column: 'id' }],
    company: {
      name: [
        { column: 'Old name', before: '2014' },
        { column: 'name', since: '2014' },
      ],
    },
    observations: {
      unit: { constant: 'USD' },
      source: { constant: 'test' },
      observedAt: { fileTime: true },
      metrics: [{ metric: { constant: 'price' }, value: 'price' }],
    },
  };

  it('tells the time of its observations, and the columns of its era', async () => {
    const old = await readWith(map, 'id,Old name,price\n1,Acme,5', '2013-02-10T1235Z.csv');
    expect(old.rows).toMatchObject([
      { row: { facts: { name: 'Acme' }, observations: [{ observedAt: '2013-02-10T12:35Z', value: '5' }] } },
    ]);
    const recent = await readWith(map, 'id,Old name,price\n1,Acme,5', '2014-05-01T1914Z.csv');
    expect(recent.error).toContain('The file has no column "name"');
  });

  it('that tells no time is refused where the map needs one', async () => {
    const { error } = await readWith(map, 'id,name,price\n1,Acme,5', 'latest.csv');
    expect(error).toContain('the name of the file, "latest.csv", is like no pattern of the map');
  });
});

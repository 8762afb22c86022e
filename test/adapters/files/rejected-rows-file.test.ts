import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { isReplaceable, RejectedRowsFile } from '../../../src/adapters/files/rejected-rows-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rejected-rows-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('the file of rejected rows', () => {
  it('is not there where no row was rejected', async () => {
    const file = new RejectedRowsFile(join(folder, 'rejected.csv'));
    await file.close();
    expect(file.isWritten).toBe(false);
    expect(existsSync(file.path)).toBe(false);
  });

  it('tells row, line, field and reason, and what the row was', async () => {
    const file = new RejectedRowsFile(join(folder, 'rejected.csv'));
    const columns = ['id', 'name'];
    await file.add({ rowNumber: 7, line: 9, columns, cells: ['1', 'a "b",\nc'] }, [
      { path: ['registeredOffice', 'country'], detail: 'must be a country' },
      { path: [], detail: 'is odd' },
    ]);
    await file.add({ rowNumber: 8, line: 11, columns: ['name', 'id'], cells: ['z', '2'] }, [
      { path: ['id'], detail: 'no' },
    ]);
    await file.close();
    expect(parse(await readFile(file.path))).toEqual([
      ['row', 'line', 'field', 'reason', 'id', 'name'],
      ['7', '9', 'registeredOffice.country', 'must be a country', '1', 'a "b",\nc'],
      ['7', '9', '', 'is odd', '1', 'a "b",\nc'],
      ['8', '11', 'id', 'no', '2', 'z'],
    ]);
  });

  it('has no cell that a spreadsheet would run', async () => {
    const file = new RejectedRowsFile(join(folder, 'rejected.csv'));
    const cells = ['=1+1', '+1+1', '-1-1', '@SUM(A1)', 'a=b'];
    await file.add({ rowNumber: 1, line: 2, columns: cells, cells }, [{ path: ['x'], detail: '=y' }]);
    await file.close();
    const [header, row]: string[][] = parse(await readFile(file.path));
    expect(row).toEqual(['1', '2', 'x', "'=y", "'=1+1", "'+1+1", "'-1-1", "'@SUM(A1)", 'a=b']);
    expect(header?.slice(4)).toEqual(row?.slice(4));
  });

  it('says so where it cannot be written', async () => {
    const file = new RejectedRowsFile(join(folder, 'nowhere', 'rejected.csv'));
    const adding = (async () => {
      await file.add({ rowNumber: 1, line: 2, columns: [], cells: [] }, [{ path: [], detail: 'x' }]);
      await file.close();
    })();
    await expect(adding).rejects.toThrow('The rejected rows cannot be written to');
  });

  it('takes the place of what an import left, and of no other file', async () => {
    const path = join(folder, 'rejected.csv');
    expect(await isReplaceable(path)).toBe(true);
    const file = new RejectedRowsFile(path);
    await file.add({ rowNumber: 1, line: 2, columns: ['id'], cells: ['1'] }, [
      { path: [], detail: 'is odd' },
    ]);
    await file.close();
    expect(await isReplaceable(path)).toBe(true);
    await writeFile(path, '');
    expect(await isReplaceable(path)).toBe(true);
    await writeFile(path, 'row,line,figure\n');
    expect(await isReplaceable(path)).toBe(false);
  });
});

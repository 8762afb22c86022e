import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryRevisionLog } from '../../../src/adapters/in-memory/profiles/in-memory-revision-log.ts';
import type { CompanyChange } from '../../../src/application/profiles/company-change.ts';
import { ReadRevisions } from '../../../src/application/profiles/read-revisions.ts';
import { RecordRevisions } from '../../../src/application/profiles/record-revisions.ts';
import { remove, rename } from '../../../src/domain/profiles/company.ts';
import { RevisionNotFound } from '../../../src/domain/profiles/errors.ts';
import { aCompany, minutesLater } from '../../support/company-mother.ts';

const first = aCompany({ name: 'A' });
const second = rename(first, 'B', minutesLater(1));
const third = remove(second, minutesLater(2));
const history: CompanyChange[] = [
  { after: first, requestId: 'request-1' },
  { before: first, after: second, requestId: 'request-2' },
  { before: second, after: third, requestId: 'request-3' },
];

describe('the history of a company', () => {
  let record: RecordRevisions;
  let read: ReadRevisions;

  beforeEach(() => {
    const revisions = new InMemoryRevisionLog();
    record = new RecordRevisions(revisions);
    read = new ReadRevisions(revisions);
  });

  it('tells every version, newest first, after the removal too', async () => {
    await record.execute(history);
    const { items } = await read.list(first.companyId, { limit: 10 });
    expect(
      items.map(({ version, changed, removed, requestId }) => [version, changed, removed, requestId]),
    ).toEqual([
      [3, [], true, 'request-3'],
      [2, ['name'], false, 'request-2'],
      [1, ['name', 'status', 'countryCode', 'identifiers', 'tags'], false, 'request-1'],
    ]);
    expect((await read.get(first.companyId, 2)).facts.name).toBe('B');
  });

  it('is the same when changes come again, and out of order', async () => {
    await record.execute([history[2]!, history[0]!]);
    await record.execute([...history, ...history]);
    expect((await read.list(first.companyId, { limit: 10 })).items.map(({ version }) => version)).toEqual([
      3, 2, 1,
    ]);
  });

  it('has nothing of writes that made no version, and of deletions', async () => {
    await record.execute([{ before: first, after: { ...first, name: 'By hand' } }, { before: first }, {}]);
    expect(await read.list(first.companyId, { limit: 10 })).toEqual({ items: [] });
  });

  it('tells of a version that it does not have', async () => {
    await expect(read.get(first.companyId, 1)).rejects.toBeInstanceOf(RevisionNotFound);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Imports } from '../../src/application/profiles/ports/imports.ts';
import type {
  FileImport,
  RunningImport,
  WaitingImport,
} from '../../src/domain/profiles/import/file-import.ts';
import { NO_PROGRESS } from '../../src/domain/profiles/import/import-progress.ts';
import { failed, finished, repeated, takenUp } from '../../src/domain/profiles/import/import-steps.ts';
import { minutesLater, REGISTERED_AT } from '../support/company-mother.ts';
import type { ProfilesFixture } from '../support/profiles-fixture.ts';
import { importIdAt } from '../support/uploaded-imports.ts';

/** What every Imports promises. */
export function importsContract(
  name: string,
  makeFixture: () => ProfilesFixture | Promise<ProfilesFixture>,
): void {
  describe(`imports ${name}`, () => {
    let imports: Imports;

    beforeEach(async () => {
      ({ imports } = await makeFixture());
    });

    const waiting: WaitingImport = {
      status: 'waiting',
      importId: importIdAt(1),
      version: 1,
      fileName: 'Companies 2025.csv',
      contentType: 'text/csv',
      size: 12,
      mapName: 'companies',
      map: '{"z":{"":[]},"a":1.50}',
      requestId: 'request-1',
      requestedAt: REGISTERED_AT,
      expiresAt: minutesLater(24 * 60),
    };
    const taken = takenUp(waiting, minutesLater(17), minutesLater(2));
    const running: RunningImport = {
      ...taken,
      digest: 'ab'.repeat(32),
      progress: {
        rows: 7,
        rowsInFile: 9,
        counts: { ...NO_PROGRESS.counts, created: 6, rejected: 1, observations: { recorded: 3, invalid: 1 } },
        parts: [
          { series: 2, count: 3 },
          { series: 5, count: 0 },
        ],
        hasRejected: true,
      },
    };
    const all: readonly FileImport[] = [
      waiting,
      running,
      finished(running, minutesLater(3)),
      failed(running, 'It is a ZIP archive.', minutesLater(3)),
      repeated(taken, { ...waiting, importId: importIdAt(2) }),
    ];

    it.each(all)('are found as they were saved: $status', async (fileImport) => {
      expect(await imports.find(fileImport.importId)).toBeUndefined();
      expect(await imports.save(fileImport, 0)).toBe(true);
      expect(await imports.find(fileImport.importId)).toEqual(fileImport);
      expect(await imports.find(importIdAt(9))).toBeUndefined();
    });

    it('are replaced at the version that was read, and not at another one', async () => {
      expect(await imports.save(taken, 1)).toBe(false);
      expect(await imports.save(waiting, 0)).toBe(true);
      expect(await imports.save(waiting, 0)).toBe(false);
      const saved = await Promise.all([imports.save(taken, 1), imports.save({ ...running, version: 2 }, 1)]);
      expect(saved.sort()).toEqual([false, true]);
      expect(await imports.find(waiting.importId)).toMatchObject({ version: 2, status: 'running' });
    });

    it('stand for a digest, one at a time', async () => {
      const [one, other] = ['aa'.repeat(32), 'bb'.repeat(32)];
      const [first, second, third] = [1, 2, 3].map(importIdAt) as [never, never, never];
      const claim = async (digest: string, ...[by, before]: [never, never?]): Promise<boolean> =>
        imports.claim(digest, by, before, minutesLater(5));
      expect(await imports.firstOf(one)).toBeUndefined();
      expect(await claim(one, first, second)).toBe(false);
      expect((await Promise.all([claim(one, first), claim(one, second)])).sort()).toEqual([false, true]);
      const holder = (await imports.firstOf(one)) as never;
      expect(await claim(one, third, third)).toBe(false);
      expect(await claim(one, third, holder)).toBe(true);
      expect(await imports.firstOf(one)).toBe(third);
      expect(await imports.firstOf(other)).toBeUndefined();
    });
  });
}

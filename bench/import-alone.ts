import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryCompanyEventPublisher } from '../src/adapters/in-memory/profiles/in-memory-company-event-publisher.ts';
import { InMemoryProfiles } from '../src/adapters/in-memory/profiles/in-memory-profiles.ts';
import { InMemoryStatistics } from '../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { FolderObjectStore } from '../src/adapters/local/folder-object-store.ts';
import { ObjectLinks } from '../src/adapters/local/object-links.ts';
import { SystemClock } from '../src/adapters/system/system-clock.ts';
import { uploadKeyOf } from '../src/domain/profiles/import/import-key.ts';
import { composeRegistry } from '../src/entrypoints/composition/compose.ts';
import { profilesInMemory, statisticsInMemory } from '../src/entrypoints/composition/in-memory-adapters.ts';

/** Imports an upload of so many bytes, and tells what this process took for it: `{rows, seconds, peakMb}`. */
const bytes = Number(process.argv[2]);

const COMPANIES = 1_000;
const HEADER = 'name,countryCode,registrationNumber,description\n';
const DESCRIPTION = 'Makes what others need and has done so for a long time. '.repeat(16);

/** Rows of few companies, which change nothing after the first time; every second one is rejected. */
function* rows(): Generator<string, undefined> {
  for (let row = 0; ; row++) {
    const number = String(row % COMPANIES).padStart(8, '0');
    yield row % 2 === 0
      ? `Company ${number},GB,${number},${DESCRIPTION}\n`
      : `Company ${number},Nowhere,,${DESCRIPTION}\n`;
  }
}

/** So many bytes of a CSV, the last of them blank lines. */
async function* content(): AsyncGenerator<Uint8Array> {
  let left = bytes;
  let chunk = HEADER;
  for (const row of rows()) {
    if (chunk.length + row.length > left) break;
    chunk += row;
    if (chunk.length < 64 * 1024) continue;
    yield Buffer.from(chunk);
    left -= chunk.length;
    chunk = '';
  }
  yield Buffer.from(chunk.padEnd(left, '\n'));
}

const folder = await mkdtemp(join(tmpdir(), 'bench-import-'));
try {
  const store = new FolderObjectStore({
    folder,
    links: new ObjectLinks('secret'),
    url: () => 'http://127.0.0.1',
    notify: async () => {},
    nowMs: Date.now,
  });
  await store.open();
  const { importsIn, importRunnerIn } = composeRegistry({
    profiles: profilesInMemory(new InMemoryProfiles(), new SystemClock()),
    statistics: statisticsInMemory(new InMemoryStatistics()),
    publisher: new InMemoryCompanyEventPublisher(),
    epoch: 1,
  });
  const { requestImport, findImport } = importsIn(store);
  const facts = { fileName: 'a.csv', contentType: 'text/csv', size: bytes, map: 'companies' };
  const { importId } = await requestImport.execute(facts, { requestId: 'bench' });
  const uploaded = { objectKey: uploadKeyOf(importId), contentType: 'text/csv', size: bytes };
  await store.create(uploaded, content());

  const begun = performance.now();
  const runImport = importRunnerIn({
    objects: store,
    contents: store,
    queue: { goOnWith: async () => {} },
    isAlone: true,
  });
  await runImport.execute(importId, { ms: () => 15 * 60_000 });
  const seconds = (performance.now() - begun) / 1000;
  const { report } = await findImport.execute(importId);
  if (report.status !== 'done') throw new Error(`The import is ${report.status}.`);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ rows: report.progress.rows, seconds, peakMb }));
} finally {
  await rm(folder, { recursive: true });
}

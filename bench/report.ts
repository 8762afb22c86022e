import { cpus, totalmem } from 'node:os';
import type { Load } from './load.ts';
import type { FiguresLoads } from './measure-figures-import.ts';
import { RENAMES, type Propagation } from './measure-propagation.ts';
import { CONTENTION } from './measure-recording.ts';
import type { Capacity, SizeLoads } from './measure-size.ts';
import { HEAP_MB, type UploadedImport } from './measure-uploaded-import.ts';

export interface Results {
  readonly gateway: Record<'get' | 'bareGet' | 'patch' | 'barePatch', Load>;
  readonly import: Record<'import' | 'bare', Load>;
  readonly uploaded: Record<'small' | 'large', UploadedImport>;
  readonly recording: Record<'http' | 'bare', Load>;
  readonly figures: FiguresLoads;
  readonly contention: Load;
  readonly propagation: Propagation;
  readonly small: AtSize;
  readonly large: AtSize;
}

interface AtSize {
  readonly companies: number;
  readonly loads: SizeLoads;
  readonly capacity: Capacity;
}

/** The results as a page of Markdown. */
export function report(
  { gateway, import: imports, uploaded, recording, figures, contention, propagation, small, large }: Results,
  date: string,
): string {
  const [cpu] = cpus();
  const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);
  const row = (name: string, { perSecond, p50Ms, p99Ms }: Load, bare?: Load): string =>
    `| ${[
      name,
      Math.round(perSecond),
      p50Ms.toFixed(2),
      p99Ms.toFixed(2),
      ...(bare
        ? [ratio(perSecond, bare.perSecond), ratio(p50Ms, bare.p50Ms), ratio(p99Ms, bare.p99Ms)]
        : ['', '', '']),
    ].join(' | ')} |`;
  const size = (name: string, key: keyof SizeLoads): string =>
    `| ${[
      name,
      small.loads[key].p50Ms.toFixed(2),
      large.loads[key].p50Ms.toFixed(2),
      ratio(large.loads[key].p50Ms, small.loads[key].p50Ms),
      Math.round(small.loads[key].perSecond),
      Math.round(large.loads[key].perSecond),
    ].join(' | ')} |`;
  const against = (name: string, ours: Load, raw: Load): string =>
    `| ${name} | ${Math.round(ours.perSecond)} | ${Math.round(raw.perSecond)} | ${ratio(ours.perSecond, raw.perSecond)} | ≥ 0.80 |`;
  const upload = ({ bytes, rows, seconds, peakMb }: UploadedImport, growth = ''): string =>
    `| ${bytes / 1_000_000} | ${rows} | ${Math.round(rows / seconds)} | ${Math.round(peakMb)} | ${growth} |`;
  const consumed = (name: string, key: keyof Capacity): string =>
    `| ${name} | ${small.capacity[key]} | ${large.capacity[key]} |`;
  return `# Results of \`npm run bench\`

One run on one engine, ${date}: ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}-${process.arch}. Medians of the rounds; loads that are compared took turns.

## Requests through the local gateway, against the bare document client

| | requests/s | p50 ms | p99 ms | rate, of bare | p50, of bare | p99, of bare |
| --- | --- | --- | --- | --- | --- | --- |
${row('GET a company', gateway.get, gateway.bareGet)}
${row('bare: GetItem', gateway.bareGet)}
${row('PATCH a company', gateway.patch, gateway.barePatch)}
${row('bare: consistent GetItem, conditional PutItem', gateway.barePatch)}

Client, gateway and engine share the cores.

## Import, against raw transactions of the same items

| | rows/s | of raw | asked |
| --- | --- | --- | --- |
| import of new companies with two identifiers | ${Math.round(imports.import.perSecond)} | ${ratio(imports.import.perSecond, imports.bare.perSecond)} | ≥ 0.80 |
| raw transactions of the same three items | ${Math.round(imports.bare.perSecond)} | | |

## Import by upload, of two sizes

| MB | rows | rows/s | peak resident set, MB | growth, MB (asked ≤ 50) |
| --- | --- | --- | --- | --- |
${upload(uploaded.small)}
${upload(uploaded.large, Math.round(uploaded.large.peakMb - uploaded.small.peakMb).toString())}

Each in a process of its own with a heap of at most ${HEAP_MB} MB, on companies in memory and objects in a folder. Half of the rows are rejected, and the others name 1,000 companies again and again.

## Recording observations, against raw transactions of the same items

| | observations/s | raw, observations/s | of raw | asked |
| --- | --- | --- | --- | --- |
${against('over HTTP, 100 of one series in a request', recording.http, recording.bare)}
${against('import of new companies, 10 figures each, registration included', figures.new, figures.bareNew)}
${against('import of 10 more figures of each of known companies', figures.known, figures.bareKnown)}

The items: series, years and observations, and what registering a company writes; in one transaction what one commit holds.

| ${CONTENTION.observations} observations of one series, one in a request, ${CONTENTION.writers} writers | |
| --- | --- |
| recorded, of which lost | ${CONTENTION.observations}, 0 |
| observations/s | ${Math.round(contention.perSecond)} |
| p50 ms, p99 ms | ${contention.p50Ms.toFixed(0)}, ${contention.p99Ms.toFixed(0)} |

## From the answer to a PATCH to the name in statistics

| renames | p50 ms | p99 ms | asked, p99 |
| --- | --- | --- | --- |
| ${RENAMES} | ${propagation.p50Ms.toFixed(0)} | ${propagation.p99Ms.toFixed(0)} | ≤ 250 on an idle machine |

## The same requests at ${small.companies} and at ${large.companies} companies

| | p50 ms at ${small.companies} | p50 ms at ${large.companies} | ratio (asked ≤ 1.3) | requests/s at ${small.companies} | requests/s at ${large.companies} |
| --- | --- | --- | --- | --- | --- |
${size('GET a company', 'get')}
${size('list by name, 15', 'listByName')}
${size('list by country, 50', 'listByCountry')}
${size('list by nothing, 50', 'listAll')}
${size('ten years of a series by month', 'tenYears')}
${size('ranking, 50', 'ranking')}
${size('aggregate by country with a metric', 'aggregate')}

| read units of | at ${small.companies} companies | at ${large.companies} |
| --- | --- | --- |
${consumed('ten years of a series by month, and the name', 'tenYears')}
${consumed('ranking, 50', 'ranking')}
${consumed('aggregate by country with a metric: companies, and figures', 'aggregate')}
`;
}

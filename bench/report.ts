import { cpus, totalmem } from 'node:os';
import type { Load } from './load.ts';
import { RENAMES, type Propagation } from './measure-propagation.ts';
import type { SizeLoads } from './measure-size.ts';

export interface Results {
  readonly gateway: Record<'get' | 'bareGet' | 'patch' | 'barePatch', Load>;
  readonly import: Record<'import' | 'bare', Load>;
  readonly propagation: Propagation;
  readonly small: { readonly companies: number; readonly loads: SizeLoads };
  readonly large: { readonly companies: number; readonly loads: SizeLoads };
}

/** The results as a page of Markdown. */
export function report(
  { gateway, import: imports, propagation, small, large }: Results,
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
`;
}

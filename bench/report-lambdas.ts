import type { LambdaFigures } from './measure-lambdas.ts';
import type { Spread } from './statistics.ts';

const HEADING = '## Lambdas';

/** The results as a chapter of Markdown. */
export function reportLambdas({ node, cold, warm, bytes, bundles }: LambdaFigures): string {
  const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);
  const spread = ({ median, lower, upper }: Spread, digits: number): string =>
    `${median.toFixed(digits)} (${lower.toFixed(digits)}–${upper.toFixed(digits)})`;
  const kilobytes = (count: number): string => (count / 1000).toFixed(1);
  const coldRow = (name: string, kind: keyof typeof cold, asked: string): string =>
    `| ${[
      name,
      ...(['get', 'post'] as const).flatMap((method) => {
        const { fromLoadMs, fromStartMs } = cold[kind][method];
        const bare = cold.bare[method];
        return [
          spread(fromLoadMs, 0),
          ratio(fromLoadMs.median, bare.fromLoadMs.median),
          ratio(fromStartMs.median, bare.fromStartMs.median),
        ];
      }),
      asked,
    ].join(' | ')} |`;
  const warmRow = (name: string, kind: keyof typeof warm, asked: string): string =>
    `| ${[
      name,
      ...(['get', 'post'] as const).flatMap((method) => [
        spread(warm[kind][method], 0),
        ratio(warm[kind][method].median, warm.bare[method].median),
      ]),
      asked,
    ].join(' | ')} |`;
  return `${HEADING}

In Node ${node}, in processes of their own without packages, each bundled alike; medians of 15 (and their middle halves), in turns. The bare handler makes one call of the SDK; the peer is the same two routes on Powertools' router with zod.

| cold: ms to the first answer | GET | of bare | with Node's own start | POST | of bare | with Node's own start | asked, GET |
| --- | --- | --- | --- | --- | --- | --- | --- |
${coldRow('bare handler', 'bare', '')}
${coldRow('profiles-api', 'ours', '≤ 1.05')}
${coldRow('profiles-api, compiled ahead', 'oursCompiled', '≤ 0.65')}
${coldRow("Powertools' router", 'powertools', '')}

| warm: µs of the processor for a request | GET | of bare | POST | of bare | asked |
| --- | --- | --- | --- | --- | --- |
${warmRow('bare handler', 'bare', '')}
${warmRow('profiles-api', 'ours', '≤ 1.15, ≤ 1.40')}
${warmRow("Powertools' router", 'powertools', '')}

| minified and gzipped | KB | asked |
| --- | --- | --- |
| bare handler | ${kilobytes(bytes.bare)} | |
| Powertools' router | ${kilobytes(bytes.powertools)} | |
${bundles.map((bundle) => `| ${bundle.name} | ${kilobytes(bundle.bytes)} | ≤ 110 |`).join('\n')}
`;
}

/** A page in which the chapter is replaced, or to which it is added. */
export function withLambdas(page: string, chapter: string): string {
  const start = page.indexOf(HEADING);
  if (start < 0) return `${page.trimEnd()}\n\n${chapter}`;
  const next = page.indexOf('\n## ', start);
  return page.slice(0, start) + chapter + (next < 0 ? '' : page.slice(next));
}

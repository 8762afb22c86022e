import type { LambdaFigures } from './measure-lambdas.ts';
import { spreadText } from './statistics.ts';

/** The results as a chapter of Markdown. */
export function reportLambdas({ node, cold, warm, bytes, bundles }: LambdaFigures): string {
  const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);
  const kilobytes = (count: number): string => (count / 1000).toFixed(1);
  const coldRow = (name: string, kind: keyof typeof cold, asked: string): string =>
    `| ${[
      name,
      ...(['get', 'post'] as const).flatMap((method) => {
        const { fromLoadMs, fromStartMs } = cold[kind][method];
        const bare = cold.bare[method];
        return [
          spreadText(fromLoadMs),
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
        spreadText(warm[kind][method]),
        ratio(warm[kind][method].median, warm.bare[method].median),
      ]),
      asked,
    ].join(' | ')} |`;
  return `## Lambdas

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

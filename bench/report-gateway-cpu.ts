import { READS, type GatewayCpu, type Server } from './measure-gateway-cpu.ts';
import { spreadText } from './statistics.ts';

/** The results as a chapter of Markdown. */
export function reportGatewayCpu(cpu: GatewayCpu): string {
  const row = (name: string, server: Server, asked: string): string =>
    `| ${[
      name,
      ...READS.flatMap((read) => [
        spreadText(cpu[server][read]),
        (cpu[server][read].median / cpu.bare[read].median).toFixed(2),
      ]),
      asked,
    ].join(' | ')} |`;
  return `## The processor in the local gateway, against node:http

Microseconds of the processor for a request, in processes of their own; medians of 15 (and their middle halves), in turns. The bare server is node:http with one call of the SDK by the same client; nothing is routed, checked or logged. The log is as it is by default: requests are not told.

| | GET a company | of bare | list by name, 15 | of bare | asked |
| --- | --- | --- | --- | --- | --- |
${row('bare: node:http', 'bare', '')}
${row('local gateway', 'gateway', '≤ 1.7')}
${row('`npm start` as a whole, which looks at streams and queues meanwhile', 'system', '')}
`;
}

import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { jsonLog } from '../../src/adapters/system/json-log.ts';
import { bothApis } from '../../src/entrypoints/composition/apis.ts';
import { proxyEventOf } from '../../src/adapters/local/proxy-event.ts';
import { recordedMetrics } from '../support/recorded-metrics.ts';
import { WholeSystem } from '../support/whole-system.ts';

const REQUEST_ID = 'request-of-a-rename';

type Line = Readonly<Record<string, unknown>>;

function systemWithLog() {
  const stream = new PassThrough();
  const log = jsonLog(stream);
  const metrics = recordedMetrics();
  const system = new WholeSystem(undefined, { log, metrics });
  const { profiles, statistics } = system.registry;
  const api = bothApis(profiles, statistics, { cursorSecret: 'secret', access: 'open', log });
  const send = async (
    method: string,
    resource: string,
    id: string | null,
    headers: Record<string, string>,
    body: object,
  ) => {
    const request = {
      method,
      url: resource.replace('{companyId}', id ?? ''),
      httpVersion: '1.1',
      rawHeaders: Object.entries({ 'content-type': 'application/json', ...headers }).flat(),
      socket: { remoteAddress: '127.0.0.1' },
    };
    const parameters = id === null ? null : { companyId: id };
    const event = proxyEventOf(request, resource, parameters, Buffer.from(JSON.stringify(body)));
    const answer = await api.handler(event);
    return JSON.parse(answer.body) as { companyId: string };
  };
  const linesOf = (): Line[] =>
    String(stream.read() ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  return { system, metrics, send, linesOf };
}

describe('the id of a request that renames a company', () => {
  it('is in the log of every hop, and of nothing else', async () => {
    const { system, metrics, send, linesOf } = systemWithLog();
    const { companyId } = await send(
      'POST',
      '/v1/companies',
      null,
      {},
      { name: 'Before', countryCode: 'GB' },
    );
    await system.settle();
    linesOf();

    const headers = { 'x-request-id': REQUEST_ID, 'if-match': '"1"' };
    await send('PATCH', '/v1/companies/{companyId}', companyId, headers, { name: 'After' });
    system.clock.advance(70);
    // Once more, as it may happen: the same id leads to what came of it.
    system.failNext('after');
    await system.poll('publisher');
    await system.settle();

    const lines = linesOf();
    const bears = ({ requestId, requestIds }: Line): boolean =>
      requestId === REQUEST_ID || (Array.isArray(requestIds) && requestIds.includes(REQUEST_ID));
    expect(lines.filter((line) => !bears(line))).toEqual([]);
    expect(lines.map(({ message, outcome }) => [message, outcome].join(' ').trim()).sort()).toEqual([
      'company changes published',
      'company changes published',
      'company event duplicate',
      'company event followed',
      'request',
      'revisions recorded',
      'statistics projected',
    ]);
    const replica = await system.registry.statistics.readSummary.execute(companyId as never, { limit: 1 });
    expect(replica).toMatchObject({ company: { requestId: REQUEST_ID, facts: { companyName: 'After' } } });
    expect(metrics.figures).toEqual({ RenamePropagation: [70], Duplicate: [1] });
  });

  it('is told where what came is set aside', async () => {
    const { system, linesOf } = systemWithLog();
    const message = { specversion: '1.0', type: 'company.unheard-of.v1', requestid: REQUEST_ID };
    await system.publish('company-events', JSON.stringify(message));
    await system.drain('company-events');
    expect(linesOf()).toMatchObject([
      { level: 'error', message: 'a message was set aside', alarm: 'unintelligible', requestId: REQUEST_ID },
    ]);
  });
});

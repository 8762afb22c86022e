import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvokedObservationSink } from '../../../src/adapters/lambda/profiles/invoked-observation-sink.ts';
import { lambdaClient } from '../../../src/adapters/lambda/invoke-function.ts';
import type { StatedObservation } from '../../../src/domain/profiles/import/stated-observation.ts';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { statisticsInvocations } from '../../../src/entrypoints/composition/invocations.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { WholeSystem } from '../../support/whole-system.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const figure = (value: string, more: Partial<StatedObservation> = {}): StatedObservation => ({
  metric: 'revenues',
  unit: 'USD',
  observedAt: '2024',
  source: 'test',
  value,
  ...more,
});

/** Statistics behind the interface of Lambda, on the wire. */
describe('figures of an import that go to the statistics service by its Lambda', () => {
  const statistics = statisticsInvocations(new WholeSystem().registry.statistics, 'secret', silent);
  let server: Server;
  let client: ReturnType<typeof lambdaClient>;
  let sink: InvokedObservationSink;
  let sizes: number[];
  let failure:
    | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: object }
    | undefined;

  beforeAll(async () => {
    server = createServer((request: IncomingMessage, response) => {
      void (async () => {
        const event = (await json(request)) as { input: { observations: object[] } };
        sizes.push(event.input.observations.length);
        const { status = 200, headers = {}, body } = failure ?? { body: await statistics(event as never) };
        response.writeHead(status, headers).end(JSON.stringify(body));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = lambdaClient({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    sink = new InvokedObservationSink(client, 'statistics-direct');
  });
  beforeEach(() => {
    [sizes, failure] = [[], undefined];
  });
  afterAll(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('have the outcomes that it tells, in their order', async () => {
    const told = await sink.record(companyIdAt(1), [
      figure('1'),
      figure('1.0'),
      figure('2'),
      figure('=1+1', { observedAt: '2023' }),
      figure('3', { observedAt: '2024', source: 'test', reportedAt: '2025-01-01T00:00:00Z' }),
    ]);
    expect(told).toEqual([
      { status: 'recorded' },
      { status: 'unchanged' },
      { status: 'conflict', detail: expect.stringMatching(/Another value is known/) as unknown },
      { status: 'invalid', detail: expect.stringMatching(/decimal/) as unknown },
      { status: 'corrected' },
    ]);
    const earlier = figure('1', { reportedAt: '2024-01-01T00:00:00Z' });
    expect(await sink.record(companyIdAt(1), [earlier])).toEqual([{ status: 'superseded' }]);
  });

  it('go as many at once as it takes', async () => {
    const many = Array.from({ length: 1100 }, (_, index) =>
      figure(String(index), { observedAt: String(1000 + index) }),
    );
    const told = await sink.record(companyIdAt(2), many);
    expect([told.length, sizes]).toEqual([1100, [500, 500, 100]]);
  });

  it.each([
    [
      'its Lambda failed',
      { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'Task timed out' } },
    ],
    [
      'it is throttled',
      { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: {} },
    ],
    ['it is unavailable', { body: { error: { status: 503, detail: 'Later.' } } }],
  ])('may be sent again where %s', async (_what, how) => {
    failure = how;
    await expect(sink.record(companyIdAt(3), [figure('1')])).rejects.toThrow(Unavailable);
  });

  it.each([
    [{ body: { error: { status: 400, detail: 'That is no operation.' } } }, /no operation/],
    [{ body: { result: { results: [{ status: 'odd' }] } } }, /unknown status: odd/],
    [{ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: {} }, /./],
  ])('are an error of the deployment where nothing of the kind can be answered', async (how, message) => {
    failure = how;
    const recorded = sink.record(companyIdAt(3), [figure('1')]);
    await expect(recorded).rejects.toThrow(message);
    await expect(recorded).rejects.not.toBeInstanceOf(Unavailable);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { examples } from '../../../src/adapters/http/profiles/examples.ts';
import { bothServices, type Sent } from './both-services.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { shortOrLong } from '../../support/test-length.ts';

const ID = '01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7';
const RUNS = shortOrLong(150, 5_000);

const text = fc.string({ unit: anyCharacter, maxLength: 20 });
const json = fc.oneof(
  { weight: 1, arbitrary: fc.json() },
  // Near to what is right, so that more than the first check is reached.
  {
    weight: 3,
    arbitrary: fc
      .record(
        Object.fromEntries(
          Object.entries(examples().body).map(([name, value]) => [
            name,
            fc.oneof(
              fc.constant<unknown>(value),
              text,
              fc.jsonValue(),
              fc.array(
                fc.oneof(
                  text,
                  fc.record({
                    scheme: fc.constantFrom('lei', 'cik', 'ticker', '__proto__', 'x'),
                    value: text,
                  }),
                ),
              ),
              fc.record({ scheme: text, code: text, label: text, country: text }, { requiredKeys: [] }),
            ),
          ]),
        ),
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: text },
);

const headers = fc
  .record(
    {
      'content-type': fc.constantFrom('application/json', 'application/merge-patch+json', 'text/plain', ''),
      'if-match': fc.oneof(fc.constant('"1"'), text),
      'if-none-match': text,
      'idempotency-key': fc.oneof(fc.constant('key'), text),
      'x-request-id': text,
      host: text,
      __proto__: text,
    },
    { requiredKeys: ['content-type'] },
  )
  .map((record) => ({ ...record }));

describe('whatever is sent', () => {
  it('as a body never is an error of the service, and what is stored can be read', async () => {
    const api = bothServices();
    const registered = await api.send('POST /v1/companies', { body: examples().body });
    const companyId = String(registered.body['companyId']);
    const path = `/v1/companies/${companyId}`;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('POST', 'PUT', 'PATCH'), json, headers, async (method, body, sent) => {
        const line = method === 'POST' ? 'POST /v1/companies' : `${method} ${path}`;
        const current = await api.send(`GET ${path}`);
        const ifMatch = method === 'POST' ? {} : { 'if-match': current.headers['etag'] ?? '' };
        const answer = await api.send(line, { body, headers: { ...sent, ...ifMatch } });
        expect(answer.status).toBeLessThan(500);
        const written = answer.status < 300 ? String(answer.body['companyId']) : companyId;
        const read = await api.send(`GET /v1/companies/${written}`);
        expect(read.body['companyId']).toBe(written);
      }),
      { numRuns: RUNS },
    );
  });

  it('as observations never is an error of the service, and what is recorded is counted', async () => {
    const path = `/v1/statistics/companies/${ID}`;
    const time = fc.constantFrom('2024', '2024-02', '2024-02-29', '2024-02-29T12:00:00Z');
    const observation = fc.record(
      {
        metric: fc.oneof(fc.constant<unknown>('price'), text, fc.jsonValue()),
        unit: fc.oneof(fc.constant<unknown>('USD'), text, fc.jsonValue()),
        observedAt: fc.oneof({ weight: 4, arbitrary: time }, text, fc.jsonValue()),
        value: fc.oneof(fc.double().map(String), fc.double({ noNaN: true }), fc.maxSafeInteger(), text),
        source: fc.oneof(fc.constant<unknown>('exchange'), text, fc.jsonValue()),
        reportedAt: fc.oneof(time, text),
      },
      { requiredKeys: ['metric', 'unit', 'observedAt', 'value', 'source'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(observation, fc.jsonValue()), { maxLength: 5 }),
        async (observations) => {
          const { send } = bothServices();
          const { status, body } = await send(`POST ${path}/observations`, { body: { observations } });
          expect(status).toBe(observations.length === 0 ? 400 : 200);
          const results = (body['results'] ?? []) as { status: string }[];
          expect(results).toHaveLength(observations.length);
          const summary = await send(`GET ${path}`);
          const series = (summary.body['series'] ?? []) as { count: number; metric: string; unit: string }[];
          const recorded = results.filter((result) => result.status === 'recorded').length;
          expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(recorded);
          for (const { metric, unit, count } of series) {
            const read = await send(`GET ${path}/series/${metric}?unit=${encoded(unit)}&granularity=year`);
            const points = read.body['points'] as { count: number }[];
            expect(points.reduce((sum, point) => sum + point.count, 0)).toBe(count);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('in a path or a query never is an error of the service', async () => {
    const api = bothServices();
    const segment = fc.oneof(
      text.map(encoded),
      fc.constantFrom(ID, 'price', 'country', '%', '%00', '..', ''),
    );
    const companies = ['name', 'country', 'industry', 'status', 'limit', 'cursor', 'x'];
    const statistics = ['unit', 'from', 'to', 'granularity', 'order', 'metric', 'atLeastVersion'];
    const value = fc.oneof(text, fc.constantFrom('USD', '2024', '2024-01', '1', 'month', 'price'));
    const query = fc
      .tuple(fc.constantFrom(companies, statistics), fc.array(fc.tuple(fc.nat(6), value), { maxLength: 4 }))
      .map(([names, pairs]) => pairs.map(([index, one]) => [names[index]!, one] as const));
    await fc.assert(
      fc.asyncProperty(segment, segment, query, headers, async (one, two, pairs, sent) => {
        const search = pairs.map(([name, value]) => `${name}=${encoded(value)}`).join('&');
        for (const path of [
          '/v1/companies',
          `/v1/companies/${one}`,
          `/v1/companies/${one}/revisions/${two}`,
          `/v1/identifiers/${one}/${two}`,
          `/v1/statistics/companies/${one}`,
          `/v1/statistics/companies/${ID}/series/${one}`,
          `/v1/statistics/companies/${ID}/series/${one}/reports`,
          `/v1/statistics/rankings/${one}`,
          `/v1/statistics/aggregates/${two}`,
          `/v1/statistics/metrics/${one}`,
          `/${one}`,
        ]) {
          const asked: Sent = { headers: sent };
          expect((await api.send(`GET ${path}?${search}`, asked)).status).toBeLessThan(500);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** A lone surrogate has no encoding. */
function encoded(value: string): string {
  return /\p{Surrogate}/u.test(value) ? '%ED%A0%80' : encodeURIComponent(value);
}

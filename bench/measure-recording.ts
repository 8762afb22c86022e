import type { DocumentClient } from '../src/adapters/dynamodb/document-client.ts';
import { BareRecording } from './bare-recording.ts';
import { mustSend } from './http-client.ts';
import { inTurns, load, type Load } from './load.ts';
import { PRICE, someCompanyIds, somePrices } from './some-figures.ts';

const BATCH = 100;
const BATCHES = 40;
const CONCURRENCY = 16;
const ROUNDS = 7;
const FIRST_YEAR = 2001;

const CONTENDED = 1_000;
const WRITERS = 16;

/**
 * Observations a second that are recorded over HTTP, a hundred in a request, and the same items as bare transactions. Each
 * request is of one series of one company and, after the first round, of a series that is known.
 */
export async function measureRecording(
  url: string,
  client: DocumentClient,
  rounds = ROUNDS,
): Promise<Record<'http' | 'bare', Load>> {
  const companies = someCompanyIds(BATCHES);
  const bare = someCompanyIds(BATCHES).map((companyId) => new BareRecording(companyId));
  return inTurns(rounds, {
    bare: async (round) => {
      const prices = somePrices(FIRST_YEAR + round, BATCH);
      const transactions = bare.map((recording) => recording.ofSeries(prices));
      return ofObservations(
        await load(BATCHES, CONCURRENCY, async (index) => {
          for (const transaction of transactions[index]!) await client.send(transaction);
        }),
      );
    },
    http: async (round) => {
      const body = JSON.stringify({ observations: somePrices(FIRST_YEAR + round, BATCH) });
      return ofObservations(
        await load(BATCHES, CONCURRENCY, async (index) => {
          const answer = await record(url, companies[index]!, body);
          if (answer.split('"recorded"').length - 1 !== BATCH) throw new Error(`Not recorded: ${answer}`);
        }),
      );
    },
  });
}

/** A thousand observations of one series, recorded one by one by sixteen writers. @throws Error where one is lost */
export async function measureContention(url: string): Promise<Load> {
  const [companyId = ''] = someCompanyIds(1);
  const prices = [0, 1, 2, 3].flatMap((year) => somePrices(FIRST_YEAR + year, CONTENDED / 4));
  const bodies = prices.map((price) => JSON.stringify({ observations: [price] }));
  const result = await load(CONTENDED, WRITERS, async (index) => {
    const answer = await record(url, companyId, bodies[index]!);
    if (!answer.includes('"recorded"')) throw new Error(`Not recorded: ${answer}`);
  });
  const years = await readCounts(`${seriesUrl(url, companyId)}&granularity=year`);
  const raw = await readCounts(`${seriesUrl(url, companyId)}&granularity=raw&limit=1000`);
  const lost = CONTENDED - Math.min(years, raw);
  if (lost !== 0) throw new Error(`${years} observations are counted, and ${raw} kept, of ${CONTENDED}.`);
  return result;
}

export const CONTENTION = { observations: CONTENDED, writers: WRITERS } as const;

function ofObservations(batches: Load): Load {
  return { ...batches, perSecond: batches.perSecond * BATCH };
}

function record(url: string, companyId: string, body: string): Promise<string> {
  const path = `/v1/statistics/companies/${companyId}/observations`;
  return mustSend(200, `${url}${path}`, 'POST', { 'content-type': 'application/json' }, body);
}

function seriesUrl(url: string, companyId: string): string {
  return `${url}/v1/statistics/companies/${companyId}/series/${PRICE.metric}?unit=${PRICE.unit}`;
}

/** How many observations the points of a page stand for. */
async function readCounts(url: string): Promise<number> {
  const { points } = JSON.parse(await mustSend(200, url)) as { points: { count?: number }[] };
  return points.reduce((sum, { count = 1 }) => sum + count, 0);
}

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { recordOfStatisticsChange } from '../../../src/adapters/dynamodb/statistics/touched-record.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import type { Touched } from '../../../src/application/statistics/project-statistics.ts';
import { statisticsContainer } from '../../../src/entrypoints/composition/compose.ts';
import { statisticsInMemory } from '../../../src/entrypoints/composition/in-memory-adapters.ts';
import { statisticsService } from '../../../src/entrypoints/composition/statistics-use-cases.ts';
import { companyObservationsHandler } from '../../../src/entrypoints/lambda/handlers/company-observations-handler.ts';
import { metricChangesHandler } from '../../../src/entrypoints/lambda/handlers/metric-changes-handler.ts';
import { statisticsChangesHandler } from '../../../src/entrypoints/lambda/handlers/statistics-changes-handler.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { recordedMetrics } from '../../support/recorded-metrics.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';

const companyId = companyIdAt(1);
const price = { metric: 'price', unit: 'USD#1', observedAt: '2024', value: '5', source: 'feed' };
const series = { metric: price.metric, unit: price.unit };

const logged: { level: string; message: string; fields: Record<string, unknown> }[] = [];
const logAt =
  (level: string) =>
  (message: string, fields: Record<string, unknown> = {}): void =>
    void logged.push({ level, message, fields });
const log = { info: logAt('info'), warn: logAt('warn'), error: logAt('error') };

const recordOf = (change: Touched | { readonly metric: string }, sequence: number): DynamoDBRecord =>
  recordOfStatisticsChange(change, String(sequence));

describe('the handlers of the statistics service', () => {
  let statistics: InMemoryStatistics;
  let service: ReturnType<typeof statisticsService>;

  beforeEach(async () => {
    logged.splice(0);
    statistics = new InMemoryStatistics();
    service = statisticsService(statisticsContainer(statisticsInMemory(statistics)));
    await statistics.tracked.follow(aTrackedCompany(1));
    await service.recordObservations.execute(companyId, [price]);
  });

  const ranking = async (): Promise<unknown[]> => [
    ...(await service.rankCompanies.execute({ series, order: 'asc' }, { limit: 9 })).items,
  ];

  it('project the summaries and series of which the stream tells', async () => {
    await service.defineMetric.execute({ metric: 'price', ranked: true });
    const handler = statisticsChangesHandler(service.projectStatistics, log);
    const records = [recordOf({ companyId }, 11), recordOf({ companyId, series }, 12)];
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(await ranking()).toMatchObject([{ companyId, companyName: 'Name 1', latest: { value: '5' } }]);
    const { items } = await service.aggregateCompanies.execute('country', undefined, { limit: 9 });
    expect(items).toEqual([{ group: 'US', companies: 1 }]);
  });

  it('project what comes before a record that cannot be read, and report that one', async () => {
    const handler = statisticsChangesHandler(service.projectStatistics, log);
    const strange: DynamoDBRecord = {
      dynamodb: {
        Keys: { pk: { S: `COMPANY#${companyId}` }, sk: { S: 'SUMMARY#OTHER' } },
        SequenceNumber: '12',
      },
    };
    const records = [recordOf({ companyId }, 11), strange];
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: '12' }] });
    expect(logged[0]).toMatchObject({ level: 'error' });
    const { items } = await service.aggregateCompanies.execute('country', undefined, { limit: 9 });
    expect(items).toHaveLength(1);
  });

  it('project what is already there of a metric that becomes ranked', async () => {
    await service.defineMetric.execute({ metric: 'price', ranked: true });
    const handler = metricChangesHandler(service.projectMetric, log);
    const records = [recordOf({ metric: 'price' }, 21), recordOf({ metric: 'price' }, 22)];
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(await ranking()).toHaveLength(1);
  });

  it('record the observations of a topic, log how many, and alarm where one is invalid', async () => {
    const metrics = recordedMetrics();
    const handler = companyObservationsHandler(service.receiveObservations, log, metrics);
    const bodyOf = (...observations: object[]): string => JSON.stringify({ companyId, observations });
    const event = {
      Records: [
        bodyOf({ ...price, observedAt: '2025' }, price),
        bodyOf({ ...price, observedAt: '2026', value: 'x' }),
      ].map((body, index) => ({
        messageId: `m${index}`,
        body,
        attributes: { SentTimestamp: '1767225600000' },
      })),
    } as SQSEvent;
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(logged).toEqual(
      expect.arrayContaining([
        {
          level: 'info',
          message: 'company observations',
          fields: expect.objectContaining({
            outcome: 'received',
            messageId: 'm0',
            recorded: 1,
            unchanged: 1,
          }) as unknown,
        },
        {
          level: 'error',
          message: 'a message was set aside',
          fields: expect.objectContaining({ alarm: 'invalid', messageId: 'm1' }) as unknown,
        },
      ]),
    );
    expect(metrics.figures).toEqual({ ObservationLag: [expect.any(Number)], SetAside: [1] });
    const setAside = [];
    for await (const one of statistics.setAside.list('2026-01-01', '2026-01-02')) setAside.push(one);
    expect(setAside).toMatchObject([{ topic: 'company-observations' }]);
  });
});

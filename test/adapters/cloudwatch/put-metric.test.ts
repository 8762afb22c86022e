import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { cloudWatchClient, putMetric } from '../../../src/adapters/cloudwatch/put-metric.ts';

describe('telling CloudWatch a value', () => {
  const datum = {
    namespace: 'CompanyRegistry',
    name: 'Drift',
    dimensions: { service: 'audit' },
    unit: 'Count',
    value: 0,
  } as const;

  async function told(status: number): Promise<{ target: string; body: string }> {
    let asked = { target: '', body: '' };
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        asked = { target: String(request.headers['x-amz-target']), body };
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = cloudWatchClient({ endpoint: `http://127.0.0.1:${port}` });
    try {
      await putMetric(client, datum);
      return asked;
    } finally {
      client.destroy();
      server.close();
      await once(server, 'close');
    }
  }

  it('sends it with its name, unit and dimension', async () => {
    const { target, body } = await told(200);
    expect(target).toMatch(/\.PutMetricData$/);
    expect(JSON.parse(body)).toEqual({
      Namespace: 'CompanyRegistry',
      MetricData: [
        {
          MetricName: 'Drift',
          Dimensions: [{ Name: 'service', Value: 'audit' }],
          Unit: 'Count',
          Value: 0,
        },
      ],
    });
  });

  it('fails where CloudWatch refuses it', async () => {
    await expect(told(403)).rejects.toThrow();
  });
});

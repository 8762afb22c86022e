import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { embeddedMetrics } from '../../../src/adapters/system/embedded-metrics.ts';

describe('metrics in the embedded metric format', () => {
  const stream = new PassThrough();
  const metrics = embeddedMetrics({
    stream,
    namespace: 'Test',
    dimensions: { service: 'statistics' },
    units: { Lag: 'Milliseconds', Stale: 'Count', Fork: 'Count' },
    nowMs: () => 1_767_225_600_000,
  });
  const told = (): unknown[] =>
    String(stream.read() ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);

  it('are one line a batch that says what each value is of', () => {
    metrics.emit({ Lag: [12, 30.5], Stale: [3], Fork: [] });
    expect(told()).toEqual([
      {
        _aws: {
          Timestamp: 1_767_225_600_000,
          CloudWatchMetrics: [
            {
              Namespace: 'Test',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'Lag', Unit: 'Milliseconds' },
                { Name: 'Stale', Unit: 'Count' },
              ],
            },
          ],
        },
        service: 'statistics',
        Lag: [12, 30.5],
        Stale: [3],
      },
    ]);
  });

  it('are no line where there is nothing to tell', () => {
    metrics.emit({ Lag: [], Stale: [] });
    expect(told()).toEqual([]);
  });

  it('hold at most a hundred values of a metric in a line, and lose none', () => {
    const values = Array.from({ length: 250 }, (_, index) => index);
    metrics.emit({ Lag: values, Stale: [1] });
    const lines = told() as { Lag: number[]; Stale?: number[] }[];
    expect(lines.map(({ Lag }) => Lag.length)).toEqual([100, 100, 50]);
    expect(lines.flatMap(({ Lag }) => Lag)).toEqual(values);
    expect(lines.flatMap(({ Stale = [] }) => Stale)).toEqual([1]);
  });
});

import type { Figures, Metrics } from './metrics.ts';

/** What one line may hold of a metric. */
const MOST_VALUES = 100;

export interface EmbeddedMetricsOptions<Name extends string> {
  readonly stream: NodeJS.WritableStream;
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<Name, string>>;
  readonly nowMs: () => number;
}

/** Metrics as log lines in the embedded metric format, of which CloudWatch makes metrics: nobody waits for a call. */
export function embeddedMetrics<Name extends string>(options: EmbeddedMetricsOptions<Name>): Metrics<Name> {
  const { stream, namespace, dimensions, units, nowMs } = options;
  return {
    emit: (figures) => {
      for (let from = 0; ; from += MOST_VALUES) {
        const told = partOf(figures, from);
        const names = Object.keys(told) as Name[];
        if (names.length === 0) return;
        const directive = {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: names.map((name) => ({ Name: name, Unit: units[name] })),
        };
        const line = {
          _aws: { Timestamp: nowMs(), CloudWatchMetrics: [directive] },
          ...dimensions,
          ...told,
        };
        stream.write(`${JSON.stringify(line)}\n`);
      }
    },
  };
}

/** The values of each metric that stand from a place on, as many as one line may hold. */
function partOf<Name extends string>(figures: Figures<Name>, from: number): Figures<Name> {
  const parts = Object.entries<readonly number[] | undefined>(figures).map(
    ([name, values = []]) => [name, values.slice(from, from + MOST_VALUES)] as const,
  );
  return Object.fromEntries(parts.filter(([, values]) => values.length > 0)) as unknown as Figures<Name>;
}

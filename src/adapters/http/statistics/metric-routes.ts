import type { DefineMetric } from '../../../application/statistics/define-metric.ts';
import type { FindMetric } from '../../../application/statistics/find-metric.ts';
import { LONGEST_METRIC_LABEL, type MetricDefinition } from '../../../domain/statistics/metric-definition.ts';
import { SERIES_BOUNDS } from '../../../domain/statistics/series.ts';
import { dtoOf, Flag, Text } from '../dto.ts';
import { inOrder } from '../in-order.ts';
import type { Route } from '../route.ts';
import { METRIC, metricParameter } from './series-parameters.ts';

export interface MetricUseCases {
  readonly defineMetric: Pick<DefineMetric, 'execute'>;
  readonly findMetric: Pick<FindMetric, 'execute'>;
}

const PATH = '/v1/statistics/metrics/{metric}';
const TAG = 'Metrics';

export class MetricBody {
  static readonly title: string = 'MetricFacts';

  static readonly serverOwned = ['metric', 'updatedAt'];

  @Text('The unit that is meant where none is asked for.', { optional: true, maxLength: SERIES_BOUNDS.unit })
  unit?: string;

  @Text('What the metric is called.', { optional: true, maxLength: LONGEST_METRIC_LABEL })
  label?: string;

  @Flag('Whether there are rankings and aggregates of the metric.', { default: false })
  ranked!: boolean;
}

export class MetricDto {
  static readonly title: string = 'Metric';

  @Text('The metric.')
  metric!: string;

  @Text('The unit that is meant where none is asked for.', { optional: true })
  unit?: string;

  @Text('What the metric is called.', { optional: true })
  label?: string;

  @Flag('Whether there are rankings and aggregates of the metric.')
  ranked!: boolean;

  @Text('When the definition last changed.', { format: 'date-time' })
  updatedAt!: string;
}

export function metricRoutes(service: MetricUseCases): Route[] {
  return [
    {
      method: 'GET',
      path: PATH,
      operationId: 'findMetric',
      tag: TAG,
      summary: 'Read what a metric means',
      parameters: [METRIC],
      responses: { 200: { description: 'The definition.', dto: MetricDto, example: EXAMPLE } },
      problems: [404],
      handle: async (request) => {
        const metric = metricParameter(request);
        return { status: 200, body: metricRepresentation(await service.findMetric.execute(metric)) };
      },
    },
    {
      method: 'PUT',
      path: PATH,
      operationId: 'defineMetric',
      tag: TAG,
      summary: 'Say what a metric means',
      description:
        'In the place of what was said before; what is not given is gone afterwards. A metric needs no definition to be recorded. One that becomes ranked has what was recorded of it already projected on its rankings and aggregates, which takes a moment, or minutes where many companies have it; of one that is ranked no longer, they are withdrawn likewise.',
      parameters: [METRIC],
      body: {
        description: 'What the metric means.',
        mediaTypes: ['application/json'],
        dto: MetricBody,
        example: { unit: EXAMPLE.unit, label: EXAMPLE.label, ranked: EXAMPLE.ranked },
      },
      responses: { 200: { description: 'The definition as it is now.', dto: MetricDto, example: EXAMPLE } },
      problems: [413, 415],
      handle: async (request) => {
        const metric = metricParameter(request);
        const { unit, label, ranked } = dtoOf(MetricBody, request.json());
        const definition = await service.defineMetric.execute({
          metric,
          ...(unit !== undefined && { unit }),
          ...(label !== undefined && { label }),
          ranked,
        });
        return { status: 200, body: metricRepresentation(definition) };
      },
    },
  ];
}

function metricRepresentation(definition: MetricDefinition): object {
  return inOrder(MetricDto, definition);
}

const EXAMPLE = {
  metric: METRIC.example,
  unit: 'USD',
  label: 'Closing price of a share',
  ranked: true,
  updatedAt: '2026-01-09T17:00:00.000Z',
};

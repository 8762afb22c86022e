import type {
  AggregateCompanies,
  AggregatedGroup,
} from '../../../application/statistics/aggregate-companies.ts';
import { DIMENSIONS, type Dimension } from '../../../domain/statistics/group.ts';
import type { Series } from '../../../domain/statistics/series.ts';
import type { ApiRequest } from '../api-request.ts';
import type { Cursors } from '../cursors.ts';
import { ListOf, Text, Whole } from '../dto.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { pageBody, pageRequestOf, PAGING } from '../paging.ts';
import type { Parameter, Route } from '../route.ts';
import { METRIC, metricIn, namedSeries, UNIT, unitIn, type SeriesNaming } from './series-parameters.ts';

export interface AggregateUseCases extends SeriesNaming {
  readonly aggregateCompanies: Pick<AggregateCompanies, 'execute'>;
}

const AGGREGATES = '/v1/statistics/aggregates/{dimension}';

const DIMENSION: Parameter = {
  in: 'path',
  name: 'dimension',
  description: 'What companies are grouped by.',
  required: true,
  schema: { type: 'string', enum: DIMENSIONS },
  example: 'country',
};
const { required: _required, ...OF_METRIC }: Parameter = {
  ...METRIC,
  in: 'query',
  description: 'A ranked metric, of the latest values of which count, sum and mean are told.',
};

class GroupAggregateDto {
  static readonly title: string = 'GroupAggregate';

  @Text('A country code, or an industry as scheme:code.')
  group!: string;

  @Whole('How many companies there are in the group.', { minimum: 1 })
  companies!: number;

  @Whole('How many of them have a value; present where a metric is asked for.', {
    minimum: 0,
    optional: true,
  })
  count?: number;

  @Text('What their latest values come to, exactly; present where a metric is asked for. A decimal.', {
    optional: true,
  })
  sum?: string;

  @Text('sum / count, rounded half-even to 34 digits; absent where no company has a value.', {
    optional: true,
  })
  mean?: string;
}

export class AggregatePageDto {
  static readonly title: string = 'AggregatePage';

  @ListOf(() => GroupAggregateDto, 'The groups that have a company, in ascending order.', 100)
  items!: GroupAggregateDto[];

  @Text('Where the list goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

export function aggregateRoutes(service: AggregateUseCases, cursors: Cursors): Route[] {
  return [
    {
      method: 'GET',
      path: AGGREGATES,
      operationId: 'aggregateCompanies',
      tag: 'Rankings',
      summary: 'Count companies by country or by industry',
      description:
        'With a ranked metric also what the latest values of the companies come to. Aggregates follow what is recorded and moved within moments.',
      parameters: [DIMENSION, OF_METRIC, UNIT, ...PAGING],
      responses: {
        200: { description: 'A page of groups.', dto: AggregatePageDto, example: { items: [EXAMPLE] } },
      },
      problems: [404],
      handle: async (request) => {
        const dimension = dimensionOf(request);
        const series = await seriesOf(service, request);
        const list = [AGGREGATES, dimension, series?.metric ?? null, series?.unit ?? null];
        const asked = await pageRequestOf(request, list, cursors);
        const page = await service.aggregateCompanies.execute(dimension, series, asked);
        return { status: 200, body: await pageBody(page, groupRepresentation, list, cursors) };
      },
    },
  ];
}

function dimensionOf(request: ApiRequest): Dimension {
  const given = request.path('dimension');
  const known = DIMENSIONS.find((each) => each === given);
  if (known === undefined) throw InvalidRequest.at('{dimension}', `must be one of ${DIMENSIONS.join(', ')}`);
  return known;
}

async function seriesOf(naming: SeriesNaming, request: ApiRequest): Promise<Series | undefined> {
  const metric = metricIn(request);
  if (metric !== undefined) return namedSeries(naming, request, metric, 'ranked');
  if (unitIn(request) !== undefined) throw InvalidRequest.at('?unit', 'needs a metric beside it');
  return undefined;
}

function groupRepresentation({ group, companies, figures, mean }: AggregatedGroup): object {
  return { group, companies, ...figures, mean };
}

const EXAMPLE = { group: 'US', companies: 3, count: 2, sum: '740.5', mean: '370.25' };

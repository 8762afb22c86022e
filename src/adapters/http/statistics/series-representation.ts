import type { PeriodPoint } from '../../../application/statistics/read-series.ts';
import type { Observation } from '../../../domain/statistics/observation.ts';
import { PERIOD_LENGTHS } from '../../../domain/statistics/period.ts';
import { inOrder } from '../in-order.ts';
import { ListOf, ListOfEither, Text, Whole } from '../dto.ts';

export const GRANULARITIES = ['raw', ...PERIOD_LENGTHS] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** As many as a page may hold. */
export const SERIES_POINTS = { most: 1000, usual: 500 };

export class ObservationDto {
  static readonly title: string = 'Observation';

  @Text('As precisely as it is known: a year, a month, a date or an instant.')
  observedAt!: string;

  @Text('Who says so.')
  source!: string;

  @Text('A decimal.')
  value!: string;

  @Text('When the source reported it; absent where it did not say.', { optional: true })
  reportedAt?: string;
}

class PeriodPointDto {
  static readonly title: string = 'PeriodPoint';

  @Text('2024-03, 2024-Q1 or 2024.')
  period!: string;

  @Whole('How many observations there are.', { minimum: 1 })
  count!: number;

  @Text('What they come to, exactly. A decimal, as all figures are.')
  sum!: string;

  @Text('The lowest value.')
  min!: string;

  @Text('The highest value.')
  max!: string;

  @Text('sum / count, rounded half-even to 34 digits.')
  mean!: string;

  @Text('The earliest value; of several at one time the lowest.')
  first!: string;

  @Text('The latest value; of several at one time the highest.')
  last!: string;
}

export class SeriesDto {
  static readonly title: string = 'Series';

  @Text('The company.', { format: 'uuid' })
  companyId!: string;

  @Text('Its name, as replicated from the profiles service; null while it has not arrived.', {
    nullable: true,
  })
  companyName!: string | null;

  @Text('What is observed.')
  metric!: string;

  @Text('The unit.')
  unit!: string;

  @Text('What a point stands for.', { enum: GRANULARITIES })
  granularity!: string;

  @ListOfEither(
    () => [ObservationDto, PeriodPointDto],
    'In ascending order: observations where the granularity is raw, else periods. A period without observations has no point; one whose values are 0 has.',
    SERIES_POINTS.most,
  )
  points!: (ObservationDto | PeriodPointDto)[];

  @Whole(
    'How many observations from the beginning of this page to that of the next one are in no point, because they are known too coarsely: those of a year, by month or quarter.',
    { minimum: 0 },
  )
  excluded!: number;

  @Text('Where the list of points goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

export class ReportPageDto {
  static readonly title: string = 'ReportPage';

  @ListOf(() => ObservationDto, 'By time of observation, source and time of the report.', 100)
  items!: ObservationDto[];

  @Text('Where the list goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

export function observationRepresentation(observation: Observation): object {
  return inOrder(ObservationDto, observation);
}

export function pointRepresentation(point: Observation | PeriodPoint): object {
  return 'period' in point ? periodRepresentation(point) : observationRepresentation(point);
}

function periodRepresentation({ period, figures, mean }: PeriodPoint): object {
  const { first, last } = figures;
  return inOrder(PeriodPointDto, { ...figures, period, mean, first: first.value, last: last.value });
}

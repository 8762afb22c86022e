import { LONGEST_SOURCE, type StatedObservation } from '../../../domain/statistics/observation.ts';
import { SERIES_BOUNDS } from '../../../domain/statistics/series.ts';
import { DecimalText, dtoOf, ListApart, Text } from '../dto.ts';

/** How many observations one request may hold. */
const MOST_OBSERVATIONS = 500;

export class StatedObservationDto implements StatedObservation {
  static readonly title: string = 'StatedObservation';

  @Text(
    'What is observed: lower-case letters and digits in parts joined by hyphens. A duration belongs into it.',
    {
      maxLength: SERIES_BOUNDS.metric,
    },
  )
  metric!: string;

  @Text('The unit, which is part of the series: figures in different units never mix.', {
    maxLength: SERIES_BOUNDS.unit,
  })
  unit!: string;

  @Text('When: a year, a month, a date or an instant (2024, 2024-03, 2024-03-31, 2024-03-31T16:00:00Z).')
  observedAt!: string;

  @DecimalText(
    'A decimal of at most 38 significant digits, kept exactly. As a number it may have 15, as written; more are sent as a text.',
  )
  value!: string;

  @Text('Who says so: several sources may observe the same at the same time.', { maxLength: LONGEST_SOURCE })
  source!: string;

  @Text('When the source said so, in the spellings of observedAt. What is reported last counts.', {
    optional: true,
  })
  reportedAt?: string;
}

export class RecordingBody {
  static readonly title: string = 'Recording';

  @ListApart(() => StatedObservationDto, 'Each is taken or refused by itself.', {
    least: 1,
    most: MOST_OBSERVATIONS,
  })
  observations!: unknown[];
}

/** @throws InvalidRequest with pointers into the observation */
export function statedObservationOf(json: unknown): StatedObservation {
  return dtoOf(StatedObservationDto, json);
}

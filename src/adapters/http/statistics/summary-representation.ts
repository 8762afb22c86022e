import type { SeriesFigures, Summary } from '../../../application/statistics/ports/series-readings.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { TrackedCompany } from '../../../domain/statistics/tracked-company.ts';
import { Counts, Flag, ListOf, ObjectOf, Text, Whole } from '../dto.ts';
import { inOrder } from '../in-order.ts';

class TrackedIndustryDto {
  static readonly title: string = 'TrackedIndustry';

  @Text('The classification.')
  scheme!: string;

  @Text('The code within the classification.')
  code!: string;

  @Text('What the code means.')
  label!: string;
}

class ReplicaDto {
  static readonly title: string = 'Replica';
  static readonly nullable = true;

  @Whole('The version of the profile that this service has.', { minimum: 1 })
  profileVersion!: number;

  @Whole('Raised when the profiles were restored from a backup, after which versions went back.', {
    minimum: 1,
  })
  profileEpoch!: number;

  @Text('When the profile changed to it.', { format: 'date-time' })
  changedAt!: string;

  @Text('Since when this service has it.', { format: 'date-time' })
  syncedAt!: string;

  @Whole('syncedAt − changedAt, in milliseconds.')
  lagMs!: number;
}

class DocumentTotalsDto {
  static readonly title: string = 'DocumentTotals';

  @Whole('How many documents there are.', { minimum: 0 })
  count!: number;

  @Whole('What they amount to, in bytes.', { minimum: 0 })
  bytes!: number;

  @Counts(
    'How many there are of each of the usual media types; of the others by family, such as image/*, else as other.',
  )
  types!: Readonly<Record<string, number>>;
}

class LatestDto {
  static readonly title: string = 'Latest';

  @Text('A decimal.')
  value!: string;

  @Text('A year, a month, a date or an instant.')
  observedAt!: string;
}

class SeriesSummaryDto {
  static readonly title: string = 'SeriesSummary';

  @Text('What is observed.')
  metric!: string;

  @Text('The unit: figures in different units never mix.')
  unit!: string;

  @ObjectOf(() => LatestDto, 'The latest observation; of several at one time the highest.')
  latest!: LatestDto;

  @Whole('How many observations there are.', { minimum: 1 })
  count!: number;

  @Text('What they come to, exactly. A decimal, as all figures are.')
  sum!: string;

  @Text('The lowest value.')
  min!: string;

  @Text('The highest value.')
  max!: string;

  @Text('The earliest value.')
  first!: string;

  @Text('The latest value.')
  last!: string;
}

class TrackedFactsDto {
  @Text('The id, the same as in the profiles service.', { format: 'uuid' })
  companyId!: string;

  @Text('The name, as replicated from the profiles service; null while it has not arrived.', {
    nullable: true,
  })
  companyName!: string | null;

  @Text('active, dormant or dissolved; null while no profile has arrived.', { nullable: true })
  status!: string | null;

  @Text('ISO 3166-1 alpha-2; null while no profile has arrived.', { nullable: true })
  countryCode!: string | null;

  @ObjectOf(() => TrackedIndustryDto, 'The industry, where one is known.', { optional: true })
  industry?: TrackedIndustryDto;

  @ObjectOf(
    () => ReplicaDto,
    'Which version of the profile this is, and since when; null while none has arrived.',
  )
  replica!: ReplicaDto | null;

  @ObjectOf(() => DocumentTotalsDto, 'The documents of the company.')
  documents!: DocumentTotalsDto;
}

/** As many as a page may hold. */
export const SUMMARY_SERIES = { most: 100, usual: 100 };

export class SummaryDto extends TrackedFactsDto {
  static readonly title: string = 'Summary';

  @ListOf(() => SeriesSummaryDto, 'A page of its series, by metric and unit.', SUMMARY_SERIES.most)
  series!: SeriesSummaryDto[];

  @Text('Where the list of series goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

/** As many items as the direct route asks for: of a company without one of its own, all are series. */
const MOST_DIRECT_SERIES = 1_000;

export class DirectSummaryDto extends TrackedFactsDto {
  static readonly title: string = 'DirectSummary';

  @ListOf(() => SeriesSummaryDto, 'Its series, by metric and unit.', MOST_DIRECT_SERIES)
  series!: SeriesSummaryDto[];

  @Flag('Present, and true, where there are more series than one Query reads.', { optional: true })
  moreSeries?: boolean;
}

/** What is stored, member by member: nothing in it is computed, so that it can be read without this service too. */
export function summaryRepresentation(companyId: CompanyId, { company, documents, items }: Summary): object {
  return {
    companyId,
    ...profileRepresentation(company),
    documents: inOrder(DocumentTotalsDto, documents),
    series: items.map(seriesSummaryRepresentation),
  };
}

function profileRepresentation(company: TrackedCompany | undefined): object {
  if (company === undefined) return { companyName: null, status: null, countryCode: null, replica: null };
  const { facts, position, changedAt, syncedAt, lagMs } = company;
  const { companyName, status, countryCode, industry } = facts;
  return {
    companyName,
    status,
    countryCode,
    industry: industry && inOrder(TrackedIndustryDto, industry),
    replica: { profileVersion: position.version, profileEpoch: position.epoch, changedAt, syncedAt, lagMs },
  };
}

function seriesSummaryRepresentation({ series, figures }: SeriesFigures): object {
  const { first, last } = figures;
  return inOrder(SeriesSummaryDto, {
    ...series,
    ...figures,
    latest: last,
    first: first.value,
    last: last.value,
  });
}

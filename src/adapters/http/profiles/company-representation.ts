import type { CompanyListing } from '../../../application/profiles/ports/company-directory.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import { BOUNDS } from '../../../domain/profiles/company-facts.ts';
import { inOrder } from '../in-order.ts';
import { ListOf, ObjectOf, Text, Whole } from '../dto.ts';
import { CompanyBody, IndustryDto } from './company-body.ts';

export class PreviousNameDto {
  static readonly title: string = 'PreviousName';

  @Text('A name that the company no longer has.')
  name!: string;

  @Text('Since when it had it here.', { format: 'date-time' })
  from!: string;

  @Text('Until when.', { format: 'date-time' })
  until!: string;
}

export class CompanyDto extends CompanyBody {
  static override readonly title: string = 'Company';

  @Text('The id, for ever.', { format: 'uuid' })
  companyId!: string;

  @ListOf(
    () => PreviousNameDto,
    'The last ones, newest first; the revisions have them all.',
    BOUNDS.previousNames,
  )
  previousNames!: PreviousNameDto[];

  @Whole('1 at registration, one more with each change that has an effect. Its ETag.', { minimum: 1 })
  version!: number;

  @Text('When it was registered.', { format: 'date-time' })
  createdAt!: string;

  @Text('When it last changed.', { format: 'date-time' })
  updatedAt!: string;
}

export class CompanyListingDto {
  static readonly title: string = 'CompanyListing';

  @Text('The id, for ever.', { format: 'uuid' })
  companyId!: string;

  @Text('The current name.')
  name!: string;

  @Text('active, dormant or dissolved.')
  status!: string;

  @Text('ISO 3166-1 alpha-2.')
  countryCode!: string;

  @ObjectOf(() => IndustryDto, 'The industry.', { optional: true })
  industry?: IndustryDto;
}

export class CompanyPageDto {
  static readonly title: string = 'CompanyPage';

  @ListOf(() => CompanyListingDto, 'Narrow entries; GET one for all of it.', 100)
  items!: CompanyListingDto[];

  @Text('Where the list goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

/** A company as the interface shows it, its members in a fixed order. */
export function companyRepresentation(company: Company): object {
  const { companyId, name, previousNames, version, createdAt, updatedAt } = company;
  return {
    companyId,
    name,
    previousNames: previousNames.map((previous) => inOrder(PreviousNameDto, previous)),
    ...inOrder(CompanyBody, company),
    version,
    createdAt,
    updatedAt,
  };
}

export function listingRepresentation(listing: CompanyListing): object {
  return inOrder(CompanyListingDto, listing);
}

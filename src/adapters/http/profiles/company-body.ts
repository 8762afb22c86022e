import { BOUNDS, STATUSES, type Status } from '../../../domain/profiles/company-facts.ts';
import { ListOf, ObjectOf, Text, Texts } from '../dto.ts';

// The shapes alone: what a text may contain, and how long it may be, the domain says.

export class IdentifierDto {
  static readonly title: string = 'Identifier';

  @Text('lei, cik, registration-number, isin, ticker, or another slug.', { maxLength: 40 })
  scheme!: string;

  @Text('In any usual spelling; it is kept in the normal form of its scheme.', { maxLength: 100 })
  value!: string;
}

export class IndustryDto {
  static readonly title: string = 'Industry';

  @Text('The classification, such as gics or sic; kept in lower case.', { maxLength: BOUNDS.industryScheme })
  scheme!: string;

  @Text('The code within the classification.', { maxLength: BOUNDS.industryCode })
  code!: string;

  @Text('What the code means.', { maxLength: BOUNDS.industryLabel })
  label!: string;
}

export class AddressDto {
  static readonly title: string = 'Address';

  @Text('First line.', { optional: true, maxLength: BOUNDS.addressLine })
  addressLine1?: string;

  @Text('Second line.', { optional: true, maxLength: BOUNDS.addressLine })
  addressLine2?: string;

  @Text('City or town.', { optional: true, maxLength: BOUNDS.addressLine })
  locality?: string;

  @Text('State, province or county.', { optional: true, maxLength: BOUNDS.addressLine })
  region?: string;

  @Text('Postal code.', { optional: true, maxLength: BOUNDS.addressLine })
  postalCode?: string;

  @Text('ISO 3166-1 alpha-2.', { optional: true, minLength: 2, maxLength: 2 })
  country?: string;
}

/** The facts of a company, as a client gives them. */
export class CompanyBody {
  static readonly title: string = 'CompanyFacts';

  static readonly serverOwned = ['companyId', 'version', 'previousNames', 'createdAt', 'updatedAt'];

  @Text('The current name, in Unicode code points.', { minLength: 1, maxLength: BOUNDS.name })
  name!: string;

  @Text('Whether the company is alive.', { enum: STATUSES, default: 'active' })
  status!: Status;

  @Text('Where it is incorporated: ISO 3166-1 alpha-2.', { minLength: 2, maxLength: 2 })
  countryCode!: string;

  @Text('Its legal form, as its register names it.', { optional: true, maxLength: BOUNDS.legalForm })
  legalForm?: string;

  @ObjectOf(() => IndustryDto, 'The industry, in a classification of your choice.', { optional: true })
  industry?: IndustryDto;

  @ListOf(
    () => IdentifierDto,
    'lei, cik and registration-number belong to one company alone.',
    BOUNDS.identifiers,
    {
      default: [],
    },
  )
  identifiers!: IdentifierDto[];

  @ObjectOf(() => AddressDto, 'The registered office.', { optional: true })
  registeredOffice?: AddressDto;

  @Text('An absolute http or https URL.', { optional: true, maxLength: BOUNDS.website })
  website?: string;

  @Text('A year, a month or a date: 1888, 1888-07 or 1888-07-01.', { optional: true })
  foundedOn?: string;

  @Text('Free text.', { optional: true, maxLength: BOUNDS.description })
  description?: string;

  @Texts('Free labels.', BOUNDS.tags, { default: [] })
  tags!: string[];
}

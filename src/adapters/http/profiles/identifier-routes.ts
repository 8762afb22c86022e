import type { LookUpIdentifier } from '../../../application/profiles/look-up-identifier.ts';
import { InvalidInput } from '../../../domain/shared/errors.ts';
import { Texts } from '../dto.ts';
import { inPath } from '../invalid-request.ts';
import type { Parameter, Route } from '../route.ts';
import { CompanyDto, companyRepresentation } from './company-representation.ts';
import { examples } from './examples.ts';

export interface IdentifierUseCases {
  readonly lookUpIdentifier: Pick<LookUpIdentifier, 'execute'>;
}

class IdentifiedCompanyDto extends CompanyDto {
  static override readonly title: string = 'IdentifiedCompany';

  @Texts('The ids of the other companies that claim the identifier, the newest claim first.', undefined)
  others!: string[];
}

const SCHEME: Parameter = {
  in: 'path',
  name: 'scheme',
  description: 'lei, cik, registration-number, isin, ticker, or another slug.',
  required: true,
  schema: { type: 'string' },
  example: 'ticker',
};
const VALUE: Parameter = {
  in: 'path',
  name: 'value',
  description: 'In any usual spelling, percent-encoded.',
  required: true,
  schema: { type: 'string' },
  example: 'AAPL',
};

export function identifierRoutes(service: IdentifierUseCases): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/identifiers/{scheme}/{value}',
      operationId: 'lookUpIdentifier',
      tag: 'Identifiers',
      summary: 'Find the company that bears an identifier',
      description: 'Where several companies claim it, the newest claim.',
      parameters: [SCHEME, VALUE],
      responses: {
        200: {
          description: 'The company.',
          dto: IdentifiedCompanyDto,
          get example() {
            return { ...companyRepresentation(examples().renamed), others: [] };
          },
        },
      },
      problems: [404],
      handle: async (request) => {
        const identifier = { scheme: request.path('scheme'), value: request.path('value') };
        try {
          const { company, others } = await service.lookUpIdentifier.execute(identifier);
          return { status: 200, body: { ...companyRepresentation(company), others } };
        } catch (error) {
          throw error instanceof InvalidInput ? inPath(error) : error;
        }
      },
    },
  ];
}

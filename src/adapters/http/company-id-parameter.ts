import { companyIdOf, type CompanyId } from '../../domain/shared/company-id.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import type { ApiRequest } from './api-request.ts';
import { inPath } from './invalid-request.ts';
import type { Parameter } from './route.ts';

export const COMPANY_ID: Parameter = {
  in: 'path',
  name: 'companyId',
  description: 'The id of the company.',
  required: true,
  schema: { type: 'string', format: 'uuid' },
  example: '01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7',
};

/** @throws InvalidRequest */
export function companyIdParameter(request: ApiRequest): CompanyId {
  try {
    return companyIdOf(request.path('companyId'));
  } catch (error) {
    throw error instanceof InvalidInput ? inPath(error) : error;
  }
}

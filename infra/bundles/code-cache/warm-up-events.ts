import type { Entrypoint } from '../entrypoints.ts';

const COMPANY_ID = '01975c6e-8f00-7000-8000-000000000001';
const COMPANIES = '/v1/companies';
const COMPANY = '/v1/companies/{companyId}';

const profilesApi = [
  request('POST', COMPANIES, {}, JSON.stringify({ name: 'Example Ltd', countryCode: 'GB' })),
  request('GET', COMPANY, { companyId: COMPANY_ID }),
];

/** What a bundle does while it is compiled ahead: the first requests of a service, or a batch of nothing. */
export function warmUpEvents(entrypoint: Entrypoint): readonly unknown[] {
  switch (entrypoint) {
    case 'profiles-api':
      return profilesApi;
    case 'statistics-api':
      return [request('GET', '/v1/statistics/companies/{companyId}', { companyId: COMPANY_ID })];
    case 'documents-api':
      return [request('GET', `${COMPANY}/documents`, { companyId: COMPANY_ID })];
    case 'profiles-direct':
      return [{ operation: 'get', input: { companyId: COMPANY_ID } }];
    case 'statistics-direct':
      return [{ operation: 'get', input: { companyId: COMPANY_ID } }];
    case 'authorizer':
      return [];
    default:
      return [{ Records: [] }];
  }
}

function request(
  httpMethod: string,
  resource: string,
  pathParameters: Readonly<Record<string, string>>,
  body: string | null = null,
): object {
  const path = resource.replace('{companyId}', COMPANY_ID);
  return {
    httpMethod,
    resource,
    path,
    pathParameters,
    headers: { 'content-type': 'application/json' },
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    body,
    isBase64Encoded: false,
    requestContext: {
      path,
      requestId: 'warm-up',
      identity: {},
      authorizer: {
        principalId: 'warm-up',
        scope: 'profiles:read profiles:write statistics:read statistics:write',
      },
    },
  };
}

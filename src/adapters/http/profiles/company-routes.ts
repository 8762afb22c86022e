import type { ChangeCompany } from '../../../application/profiles/change-company.ts';
import type { FindCompany } from '../../../application/profiles/find-company.ts';
import type { ListCompanies } from '../../../application/profiles/list-companies.ts';
import type { RegisterCompany } from '../../../application/profiles/register-company.ts';
import type { RemoveCompany } from '../../../application/profiles/remove-company.ts';
import type { RenameCompany } from '../../../application/profiles/rename-company.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import type { ApiRequest } from '../api-request.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import type { Cursors } from '../cursors.ts';
import { dtoOf } from '../dto.ts';
import { entityTagOf, expectedVersion, IF_MATCH, IF_NONE_MATCH, isUnchanged } from '../entity-tag.ts';
import { pageBody, pageRequestOf, PAGING } from '../paging.ts';
import type { ApiResponse, ResponseDescription, Route } from '../route.ts';
import { CompanyBody } from './company-body.ts';
import { companyPatchOf, nameAlone, patched } from './company-patch.ts';
import { COMPANY_QUERY, companyQueryOf } from './company-query.ts';
import {
  CompanyDto,
  CompanyPageDto,
  companyRepresentation,
  listingRepresentation,
} from './company-representation.ts';
import { examples } from './examples.ts';
import { IDEMPOTENCY_KEY, idempotentRequestOf } from './idempotency.ts';

export interface CompanyUseCases {
  readonly registerCompany: Pick<RegisterCompany, 'execute'>;
  readonly listCompanies: Pick<ListCompanies, 'execute'>;
  readonly findCompany: Pick<FindCompany, 'execute'>;
  readonly changeCompany: Pick<ChangeCompany, 'execute'>;
  readonly renameCompany: Pick<RenameCompany, 'execute'>;
  readonly removeCompany: Pick<RemoveCompany, 'execute'>;
}

const COMPANIES = '/v1/companies';
const COMPANY = '/v1/companies/{companyId}';
const TAG = 'Companies';

export function companyRoutes(service: CompanyUseCases, cursors: Cursors): Route[] {
  return [
    {
      method: 'POST',
      path: COMPANIES,
      operationId: 'registerCompany',
      tag: TAG,
      summary: 'Register a company',
      parameters: [IDEMPOTENCY_KEY],
      body: {
        description: 'The facts of the company.',
        mediaTypes: ['application/json'],
        dto: CompanyBody,
        get example() {
          return examples().body;
        },
      },
      responses: {
        201: companyResponse('The company as it was registered.', 'registered', {
          ETag: 'Its version.',
          Location: 'Where it is.',
        }),
      },
      problems: [409, 413, 415, 422],
      handle: async (request) => {
        const json = request.json();
        const facts = dtoOf(CompanyBody, json);
        const idempotent = idempotentRequestOf(request, json);
        const company = await service.registerCompany.execute(facts, {
          requestId: request.requestId,
          ...(idempotent && { request: idempotent }),
        });
        const location = `${collectionOf(request)}/${company.companyId}`;
        return { ...withCompany(201, company), headers: { etag: entityTagOf(company.version), location } };
      },
    },
    {
      method: 'GET',
      path: COMPANIES,
      operationId: 'listCompanies',
      tag: TAG,
      summary: 'List companies',
      description:
        'By name, by country or by industry, in the order of names; or all of them, in no promised order. Lists follow a change within moments.',
      parameters: [...COMPANY_QUERY, ...PAGING],
      responses: {
        200: {
          description: 'A page of companies.',
          dto: CompanyPageDto,
          get example() {
            return { items: [listingRepresentation(examples().renamed)] };
          },
        },
      },
      handle: async (request) => {
        const query = companyQueryOf(request);
        const list = [COMPANIES, query];
        const page = await service.listCompanies.execute(query, await pageRequestOf(request, list, cursors));
        return { status: 200, body: await pageBody(page, listingRepresentation, list, cursors) };
      },
    },
    {
      method: 'GET',
      path: COMPANY,
      operationId: 'findCompany',
      tag: TAG,
      summary: 'Read a company',
      parameters: [COMPANY_ID, IF_NONE_MATCH],
      responses: {
        200: companyResponse('The company.', 'renamed'),
        304: { description: 'The caller has the current version.', headers: { ETag: 'The version.' } },
      },
      problems: [404],
      handle: async (request) => {
        const company = await service.findCompany.execute(companyIdParameter(request));
        if (!isUnchanged(request, company.version)) return withCompany(200, company);
        return { status: 304, headers: { etag: entityTagOf(company.version) } };
      },
    },
    {
      method: 'PUT',
      path: COMPANY,
      operationId: 'replaceCompany',
      tag: TAG,
      summary: 'Replace all facts of a company',
      description: 'Facts that are not given are gone afterwards. Without effect, the version stays.',
      parameters: [COMPANY_ID, IF_MATCH],
      body: {
        description: 'All the facts of the company.',
        mediaTypes: ['application/json'],
        dto: CompanyBody,
        get example() {
          return examples().body;
        },
      },
      responses: { 200: companyResponse('The company as it is now.', 'renamed') },
      problems: [404, 409, 412, 413, 415, 428],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const version = expectedVersion(request);
        const facts = dtoOf(CompanyBody, request.json());
        return withCompany(
          200,
          await service.changeCompany.execute(companyId, version, () => facts, request),
        );
      },
    },
    {
      method: 'PATCH',
      path: COMPANY,
      operationId: 'changeCompany',
      tag: TAG,
      summary: 'Change some facts of a company, such as its name',
      description:
        'A merge patch (RFC 7396): null removes a fact, after which status is active again, identifiers and tags are empty; a list replaces the list. Without effect, the version stays.',
      parameters: [COMPANY_ID, IF_MATCH],
      body: {
        description: 'The facts that change.',
        mediaTypes: ['application/merge-patch+json', 'application/json'],
        dto: CompanyBody,
        patch: true,
        get example() {
          return examples().rename;
        },
      },
      responses: { 200: companyResponse('The company as it is now.', 'renamed') },
      problems: [404, 409, 412, 413, 415, 428],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const version = expectedVersion(request);
        const patch = companyPatchOf(request.json());
        const name = nameAlone(patch);
        const company =
          name === undefined
            ? await service.changeCompany.execute(
                companyId,
                version,
                (facts) => patched(facts, patch),
                request,
              )
            : await service.renameCompany.execute(companyId, version, name, request);
        return withCompany(200, company);
      },
    },
    {
      method: 'DELETE',
      path: COMPANY,
      operationId: 'removeCompany',
      tag: TAG,
      summary: 'Remove a company',
      description: 'Its history stays readable, and its identifiers are free for others.',
      parameters: [COMPANY_ID, IF_MATCH],
      responses: { 204: { description: 'It is removed.' } },
      problems: [404, 412, 428],
      handle: async (request) => {
        await service.removeCompany.execute(companyIdParameter(request), expectedVersion(request), request);
        return { status: 204 };
      },
    },
  ];
}

function withCompany(status: number, company: Company): ApiResponse {
  return { status, headers: { etag: entityTagOf(company.version) }, body: companyRepresentation(company) };
}

function companyResponse(
  description: string,
  example: 'registered' | 'renamed',
  headers: Readonly<Record<string, string>> = { ETag: 'Its version.' },
): ResponseDescription {
  return {
    description,
    dto: CompanyDto,
    get example() {
      return companyRepresentation(examples()[example]);
    },
    headers,
  };
}

/** With the stage of the API, where there is one. */
function collectionOf({ fullPath }: ApiRequest): string {
  const path = fullPath.replace(/\/+$/, '');
  return path.endsWith(COMPANIES) ? path : COMPANIES;
}

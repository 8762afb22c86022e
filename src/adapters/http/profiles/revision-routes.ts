import type { FindCompany } from '../../../application/profiles/find-company.ts';
import type { ReadRevisions } from '../../../application/profiles/read-revisions.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import type { Cursors } from '../cursors.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { pageBody, pageRequestOf, PAGING } from '../paging.ts';
import { positiveInteger } from '../positive-integer.ts';
import type { Parameter, Route } from '../route.ts';
import { examples } from './examples.ts';
import { RevisionDto, RevisionPageDto, revisionRepresentation } from './revision-representation.ts';

export interface RevisionUseCases {
  readonly readRevisions: Pick<ReadRevisions, 'list' | 'get'>;
  readonly findCompany: Pick<FindCompany, 'execute'>;
}

const REVISIONS = '/v1/companies/{companyId}/revisions';
const TAG = 'Revisions';
const VERSION: Parameter = {
  in: 'path',
  name: 'version',
  description: 'The version of the company.',
  required: true,
  schema: { type: 'integer', minimum: 1 },
  example: '2',
};

export function revisionRoutes(service: RevisionUseCases, cursors: Cursors): Route[] {
  return [
    {
      method: 'GET',
      path: REVISIONS,
      operationId: 'listRevisions',
      tag: TAG,
      summary: 'Read the history of a company',
      description:
        'Newest first, also after the company is removed. A revision appears within moments of its change.',
      parameters: [COMPANY_ID, ...PAGING],
      responses: {
        200: {
          description: 'A page of revisions.',
          dto: RevisionPageDto,
          get example() {
            return { items: [example()] };
          },
        },
      },
      problems: [404],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const list = [REVISIONS, companyId];
        const asked = await pageRequestOf(request, list, cursors);
        const page = await service.readRevisions.list(companyId, asked);
        const isEmpty = page.items.length === 0 && page.next === undefined && asked.after === undefined;
        // Revisions are written behind the request: a company may be there before its history is.
        if (isEmpty) await service.findCompany.execute(companyId);
        return { status: 200, body: await pageBody(page, revisionRepresentation, list, cursors) };
      },
    },
    {
      method: 'GET',
      path: `${REVISIONS}/{version}`,
      operationId: 'getRevision',
      tag: TAG,
      summary: 'Read one revision of a company',
      parameters: [COMPANY_ID, VERSION],
      responses: {
        200: {
          description: 'The revision.',
          dto: RevisionDto,
          get example() {
            return example();
          },
        },
      },
      problems: [404],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const version = positiveInteger(request.path('version'));
        if (version === undefined) throw InvalidRequest.at('{version}', 'must be a whole number from 1');
        return {
          status: 200,
          body: revisionRepresentation(await service.readRevisions.get(companyId, version)),
        };
      },
    },
  ];
}

function example(): object {
  return revisionRepresentation(examples().renaming);
}

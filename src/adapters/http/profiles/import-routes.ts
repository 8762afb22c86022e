import type { FindImport } from '../../../application/profiles/imports/find-import.ts';
import type { RequestImport } from '../../../application/profiles/imports/request-import.ts';
import { importIdOf, IMPORT_BOUNDS, type ImportId } from '../../../domain/profiles/import/file-import.ts';
import { InvalidInput } from '../../../domain/shared/errors.ts';
import type { ApiRequest } from '../api-request.ts';
import { dtoOf } from '../dto.ts';
import { guarded } from '../guarded-routes.ts';
import { inPath } from '../invalid-request.ts';
import type { GuardedRoute, Parameter } from '../route.ts';
import {
  ImportBody,
  ImportDto,
  importRepresentation,
  ImportSlotDto,
  requestedImport,
} from './import-representation.ts';

export interface ImportUseCases {
  readonly requestImport: Pick<RequestImport, 'execute'>;
  readonly findImport: Pick<FindImport, 'execute'>;
}

const IMPORTS = '/v1/imports';
const TAG = 'Imports';
const IMPORT_ID: Parameter = {
  in: 'path',
  name: 'importId',
  description: 'The id of the import.',
  required: true,
  schema: { type: 'string', format: 'uuid' },
  example: '019b9f3e-2c41-7a06-9d13-5b8e0f7c6a92',
};

export function importRoutes(service: ImportUseCases): GuardedRoute[] {
  return guarded('profiles', [
    {
      method: 'POST',
      path: IMPORTS,
      operationId: 'requestImport',
      tag: TAG,
      summary: 'Ask for a slot to upload a file of companies or figures into',
      description: `The answer has a link that takes this one file, of this type and size, once: send it by the method and with the headers of the slot. Its arrival starts the import. At most ${IMPORT_BOUNDS.size} bytes. The same file by the same map is imported once: another import of it answers with the report of the first.`,
      body: {
        description: 'What will be uploaded, and the map to read it by.',
        mediaTypes: ['application/json'],
        dto: ImportBody,
        example: EXAMPLE_BODY,
      },
      responses: {
        201: {
          description: 'The slot.',
          dto: ImportSlotDto,
          example: EXAMPLE_SLOT,
          headers: { Location: 'Where the import tells how far it has come.' },
        },
      },
      problems: [413, 415],
      handle: async (request) => {
        const asked = requestedImport(dtoOf(ImportBody, request.json()));
        const slot = await service.requestImport.execute(asked, request);
        const collection = request.fullPath.replace(/\/+$/, '');
        return { status: 201, headers: { location: `${collection}/${slot.importId}` }, body: slot };
      },
    },
    {
      method: 'GET',
      path: `${IMPORTS}/{importId}`,
      operationId: 'findImport',
      tag: TAG,
      summary: 'Read how far an import has come, or what it came to',
      description: 'Progress is kept every few seconds. The report of an import is kept for 30 days.',
      parameters: [IMPORT_ID],
      responses: { 200: { description: 'The import.', dto: ImportDto, example: EXAMPLE_IMPORT } },
      problems: [404],
      handle: async (request) => {
        const found = await service.findImport.execute(importIdParameter(request));
        return { status: 200, body: importRepresentation(found) };
      },
    },
  ]);
}

/** @throws InvalidRequest */
function importIdParameter(request: ApiRequest): ImportId {
  try {
    return importIdOf(request.path('importId'));
  } catch (error) {
    throw error instanceof InvalidInput ? inPath(error) : error;
  }
}

const EXAMPLE_BODY = {
  fileName: '2017-18.csv',
  contentType: 'text/csv',
  size: 5_238_112,
  map: 'uk-pay-gap',
};

const EXAMPLE_LINK = `https://company-documents.s3.eu-central-1.amazonaws.com/imports/${IMPORT_ID.example}`;

const EXAMPLE_SLOT = {
  importId: IMPORT_ID.example,
  upload: {
    method: 'PUT',
    url: `${EXAMPLE_LINK}/file?X-Amz-Signature=59af3c21`,
    headers: { 'content-type': EXAMPLE_BODY.contentType, 'if-none-match': '*' },
    expiresAt: '2026-01-09T17:05:00.000Z',
  },
};

const EXAMPLE_IMPORT = {
  importId: IMPORT_ID.example,
  status: 'done',
  ...EXAMPLE_BODY,
  progress: { rows: 10_563, rowsInFile: 10_563 },
  counts: {
    created: 10_241,
    updated: 0,
    renamed: 0,
    unchanged: 320,
    rejected: 2,
    observations: { recorded: 147_854, unchanged: 0, corrected: 0, superseded: 0, conflict: 0, invalid: 0 },
  },
  rejectedRows: {
    url: `${EXAMPLE_LINK}/rejected.csv?response-content-disposition=attachment&X-Amz-Signature=59af3c21`,
    expiresAt: '2026-01-09T17:21:00.000Z',
  },
  requestedAt: '2026-01-09T17:00:00.000Z',
  startedAt: '2026-01-09T17:00:09.000Z',
  finishedAt: '2026-01-09T17:02:31.000Z',
  expiresAt: '2026-02-08T17:02:31.000Z',
};

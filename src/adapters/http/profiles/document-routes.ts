import type { FindDocument } from '../../../application/profiles/documents/find-document.ts';
import type { ListDocuments } from '../../../application/profiles/documents/list-documents.ts';
import type { RemoveDocument } from '../../../application/profiles/documents/remove-document.ts';
import type { RequestUpload } from '../../../application/profiles/documents/request-upload.ts';
import { DOCUMENT_BOUNDS, documentIdOf, type DocumentId } from '../../../domain/profiles/document.ts';
import { InvalidInput } from '../../../domain/shared/errors.ts';
import type { ApiRequest } from '../api-request.ts';
import { COMPANY_ID, companyIdParameter } from '../company-id-parameter.ts';
import type { Cursors } from '../cursors.ts';
import { dtoOf } from '../dto.ts';
import { inPath } from '../invalid-request.ts';
import { guarded } from '../guarded-routes.ts';
import { pageBody, pageRequestOf, PAGING } from '../paging.ts';
import type { GuardedRoute, Parameter } from '../route.ts';
import {
  DocumentBody,
  DocumentDto,
  DocumentPageDto,
  documentRepresentation,
  DocumentSlotDto,
  listedDocument,
} from './document-representation.ts';

export interface DocumentUseCases {
  readonly requestUpload: Pick<RequestUpload, 'execute'>;
  readonly listDocuments: Pick<ListDocuments, 'execute'>;
  readonly findDocument: Pick<FindDocument, 'execute'>;
  readonly removeDocument: Pick<RemoveDocument, 'execute'>;
}

const DOCUMENTS = '/v1/companies/{companyId}/documents';
const DOCUMENT = `${DOCUMENTS}/{documentId}`;
const TAG = 'Documents';
const DOCUMENT_ID: Parameter = {
  in: 'path',
  name: 'documentId',
  description: 'The id of the document.',
  required: true,
  schema: { type: 'string', format: 'uuid' },
  example: '019b9f3c-7a10-7d52-8a35-2f6c3b9d1e04',
};

export function documentRoutes(service: DocumentUseCases, cursors: Cursors): GuardedRoute[] {
  return guarded('profiles', [
    {
      method: 'POST',
      path: DOCUMENTS,
      operationId: 'requestDocumentUpload',
      tag: TAG,
      summary: 'Ask for a slot to upload a document into',
      description: `The answer has a link that takes this one content, of this type and size, once: send it by the method and with the headers of the slot. The document is listed within moments of its arrival. At most ${DOCUMENT_BOUNDS.size} bytes.`,
      parameters: [COMPANY_ID],
      body: {
        description: 'What will be uploaded.',
        mediaTypes: ['application/json'],
        dto: DocumentBody,
        example: EXAMPLE_BODY,
      },
      responses: {
        201: {
          description: 'The slot.',
          dto: DocumentSlotDto,
          example: EXAMPLE_SLOT,
          headers: { Location: 'Where the document will be.' },
        },
      },
      problems: [404, 413, 415],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const facts = dtoOf(DocumentBody, request.json());
        const slot = await service.requestUpload.execute(companyId, facts, request);
        const collection = request.fullPath.replace(/\/+$/, '');
        return { status: 201, headers: { location: `${collection}/${slot.documentId}` }, body: slot };
      },
    },
    {
      method: 'GET',
      path: DOCUMENTS,
      operationId: 'listDocuments',
      tag: TAG,
      summary: 'List the documents of a company',
      description: 'Those that have arrived, the latest slots first.',
      parameters: [COMPANY_ID, ...PAGING],
      responses: {
        200: {
          description: 'A page of documents.',
          dto: DocumentPageDto,
          example: { items: [EXAMPLE_DOCUMENT] },
        },
      },
      problems: [404],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const list = [DOCUMENTS, companyId];
        const page = await service.listDocuments.execute(
          companyId,
          await pageRequestOf(request, list, cursors),
        );
        return { status: 200, body: await pageBody(page, listedDocument, list, cursors) };
      },
    },
    {
      method: 'GET',
      path: DOCUMENT,
      operationId: 'findDocument',
      tag: TAG,
      summary: 'Read a document',
      description:
        'With a link to its content, which any browser saves and none shows. A problem `document-not-arrived` says that its slot waits, `document-refused` that something else was uploaded.',
      parameters: [COMPANY_ID, DOCUMENT_ID],
      responses: {
        200: {
          description: 'The document.',
          dto: DocumentDto,
          example: { ...EXAMPLE_DOCUMENT, download: EXAMPLE_DOWNLOAD },
        },
      },
      problems: [404],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        const { document, download } = await service.findDocument.execute(
          companyId,
          documentIdParameter(request),
        );
        return { status: 200, body: documentRepresentation(document, download) };
      },
    },
    {
      method: 'DELETE',
      path: DOCUMENT,
      operationId: 'removeDocument',
      tag: TAG,
      summary: 'Remove a document, or a slot',
      description: 'Its content is deleted too. What is uploaded by its link afterwards is refused.',
      parameters: [COMPANY_ID, DOCUMENT_ID],
      responses: { 204: { description: 'It is removed.' } },
      problems: [404],
      handle: async (request) => {
        const companyId = companyIdParameter(request);
        await service.removeDocument.execute(companyId, documentIdParameter(request), request);
        return { status: 204 };
      },
    },
  ]);
}

/** @throws InvalidRequest */
function documentIdParameter(request: ApiRequest): DocumentId {
  try {
    return documentIdOf(request.path('documentId'));
  } catch (error) {
    throw error instanceof InvalidInput ? inPath(error) : error;
  }
}

const EXAMPLE_BODY = { fileName: 'Annual Report 2025.pdf', contentType: 'application/pdf', size: 351_836 };

const EXAMPLE_LINK =
  'https://company-documents.s3.eu-central-1.amazonaws.com/documents/01977a3e-5d2c-7c1a-9b42-6f0d3c8e51a7/019b9f3c-7a10-7d52-8a35-2f6c3b9d1e04';

const EXAMPLE_SLOT = {
  documentId: DOCUMENT_ID.example,
  upload: {
    method: 'PUT',
    url: `${EXAMPLE_LINK}?X-Amz-Signature=59af3c21`,
    headers: { 'content-type': EXAMPLE_BODY.contentType, 'if-none-match': '*' },
    expiresAt: '2026-01-09T17:05:00.000Z',
  },
};

const EXAMPLE_DOCUMENT = {
  documentId: DOCUMENT_ID.example,
  ...EXAMPLE_BODY,
  sniffedType: 'application/pdf',
  sha256: 'a1c6b0a3f4f6c3c7ab4a3c1d8f7c25b0f5a2a0d3c69a0b6f9f8a6e6d5b3c1d20',
  storedAt: '2026-01-09T17:00:21.000Z',
};

const EXAMPLE_DOWNLOAD = {
  url: `${EXAMPLE_LINK}?response-content-disposition=attachment&X-Amz-Signature=59af3c21`,
  expiresAt: '2026-01-09T17:06:00.000Z',
};

import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { ChangeCompany } from '../../../src/application/profiles/change-company.ts';
import { FindDocument } from '../../../src/application/profiles/documents/find-document.ts';
import { ListDocuments } from '../../../src/application/profiles/documents/list-documents.ts';
import { RemoveDocument } from '../../../src/application/profiles/documents/remove-document.ts';
import { RequestUpload } from '../../../src/application/profiles/documents/request-upload.ts';
import { FindImport } from '../../../src/application/profiles/imports/find-import.ts';
import { RequestImport } from '../../../src/application/profiles/imports/request-import.ts';
import { SHIPPED_MAPS } from '../../../src/adapters/files/shipped-maps.ts';
import { StoredImportLinks } from '../../../src/adapters/files/stored-import-links.ts';
import {
  documentRoutes,
  type DocumentUseCases,
} from '../../../src/adapters/http/profiles/document-routes.ts';
import { importRoutes, type ImportUseCases } from '../../../src/adapters/http/profiles/import-routes.ts';
import { UuidImportIds } from '../../../src/adapters/system/uuid-import-ids.ts';
import { ContentsInMemory } from '../../support/contents-in-memory.ts';
import { SequentialDocumentIds } from '../../support/sequential-document-ids.ts';
import { FindCompany } from '../../../src/application/profiles/find-company.ts';
import { ListCompanies } from '../../../src/application/profiles/list-companies.ts';
import { LookUpIdentifier } from '../../../src/application/profiles/look-up-identifier.ts';
import type { CompanyIds } from '../../../src/application/profiles/ports/company-ids.ts';
import { ReadRevisions } from '../../../src/application/profiles/read-revisions.ts';
import { RegisterCompany } from '../../../src/application/profiles/register-company.ts';
import { RemoveCompany } from '../../../src/application/profiles/remove-company.ts';
import { RenameCompany } from '../../../src/application/profiles/rename-company.ts';
import { createApiHandler } from '../../../src/adapters/http/api-handler.ts';
import { Cursors } from '../../../src/adapters/http/cursors.ts';
import type { OpenApiDocument } from '../../../src/adapters/http/open-api.ts';
import { openApiOf } from '../../../src/adapters/http/open-api.ts';
import type { ProfilesUseCases } from '../../../src/adapters/http/profiles/profiles-routes.ts';
import { profilesRoutes } from '../../../src/adapters/http/profiles/profiles-routes.ts';
import { gateOf } from '../../../src/adapters/http/gate.ts';
import type { GuardedRoute } from '../../../src/adapters/http/route.ts';
import { withServiceRoutes } from '../../../src/adapters/http/service-routes.ts';
import {
  statisticsRoutes,
  type StatisticsUseCases,
} from '../../../src/adapters/http/statistics/statistics-routes.ts';
import { InMemoryStatistics } from '../../../src/adapters/in-memory/statistics/in-memory-statistics.ts';
import { proxyEventOf } from '../../../src/adapters/local/proxy-event.ts';
import { routeMatcher } from '../../../src/adapters/local/route-matcher.ts';
import { UuidCompanyIds } from '../../../src/adapters/system/uuid-company-ids.ts';
import { statisticsContainer } from '../../../src/entrypoints/composition/compose.ts';
import { statisticsInMemory } from '../../../src/entrypoints/composition/in-memory-adapters.ts';
import type { StatisticsService } from '../../../src/entrypoints/composition/registry.ts';
import { statisticsService } from '../../../src/entrypoints/composition/statistics-use-cases.ts';
import { profilesInMemory, type ProfilesFixture } from '../../support/profiles-fixture.ts';
import { recordingLog, type RecordingLog } from './recording-log.ts';

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** An object leaves as JSON, with its content type. */
  readonly body?: object | string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The JSON body; `{}` where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface BothServices {
  readonly profiles: ProfilesFixture;
  /** What the statistics service keeps. */
  readonly statistics: InMemoryStatistics;
  readonly statisticsService: StatisticsService;
  /** Where documents and imported files are. */
  readonly objects: ContentsInMemory;
  readonly log: RecordingLog;
  readonly routes: readonly GuardedRoute[];
  /** `send('GET /v1/companies?limit=1')`. An answer that the OpenAPI document does not promise is an error. */
  send(line: string, sent?: Sent): Promise<Answer>;
}

export interface Replacements {
  readonly ids?: CompanyIds;
  readonly profiles?: ProfilesFixture;
  readonly useCases?: Partial<ProfilesUseCases>;
  readonly figures?: Partial<StatisticsUseCases>;
}

/** Both services over stores in memory, or others, asked as API Gateway asks them. */
export function bothServices({
  ids = new UuidCompanyIds(),
  profiles = profilesInMemory(),
  useCases,
  figures,
}: Replacements = {}): BothServices {
  const statistics = new InMemoryStatistics();
  const wired = statisticsService(statisticsContainer(statisticsInMemory(statistics)));
  const { companies, directory, identifiers, revisions, clock } = profiles;
  const service: ProfilesUseCases = {
    registerCompany: new RegisterCompany(companies, ids, clock),
    changeCompany: new ChangeCompany(companies, clock),
    renameCompany: new RenameCompany(companies, clock),
    removeCompany: new RemoveCompany(companies, clock),
    findCompany: new FindCompany(companies),
    listCompanies: new ListCompanies(directory),
    readRevisions: new ReadRevisions(revisions),
    lookUpIdentifier: new LookUpIdentifier(identifiers, companies),
    ...useCases,
  };
  const objects = new ContentsInMemory();
  const cursors = new Cursors('a secret');
  const routes = withServiceRoutes(
    [
      ...profilesRoutes(service, cursors),
      ...documentRoutes(documentsOf(profiles, objects, service.findCompany), cursors),
      ...importRoutes(importsOf(profiles, objects)),
      ...statisticsRoutes({ ...wired, ...figures }, cursors),
    ],
    {
      service: 'company-registry',
      title: 'Company Registry',
      description: 'Both services.',
      version: '1',
      access: 'open',
    },
  );
  const log = recordingLog();
  const handler = createApiHandler({ routes, gate: gateOf('open'), log });
  const match = routeMatcher(new Map(routes.map((route) => [route.path, route])).values());
  promised ??= promiseOf(openApiOf(routes, { title: '', description: '', version: '' }));
  const promise = promised;

  const send = async (line: string, { headers = {}, body }: Sent = {}): Promise<Answer> => {
    const [method = '', url = ''] = line.split(/ (.*)/s);
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    const sentHeaders = isJson ? { 'content-type': 'application/json', ...headers } : headers;
    const { resource, parameters } = match(url) ?? { resource: { path: '/{proxy+}' }, parameters: null };
    const request = {
      method,
      url,
      httpVersion: '1.1',
      rawHeaders: Object.entries(sentHeaders).flat(),
      socket: { remoteAddress: '127.0.0.1' },
    };
    const bytes =
      body === undefined ? undefined : Buffer.from(isJson ? JSON.stringify(body) : (body as string));
    const result = await handler(proxyEventOf(request, resource.path, parameters, bytes));
    const answer: Answer = {
      status: result.statusCode,
      headers: result.headers as Record<string, string>,
      text: result.body,
      body:
        result.body !== '' && isJsonText(result.headers?.['content-type'])
          ? (JSON.parse(result.body) as Answer['body'])
          : {},
    };
    promise(method, resource.path, answer);
    return answer;
  };
  return { profiles, statistics, statisticsService: wired, objects, log, routes, send };
}

function documentsOf(
  { documents, clock }: ProfilesFixture,
  objects: ContentsInMemory,
  findCompany: ProfilesUseCases['findCompany'],
): DocumentUseCases {
  return {
    requestUpload: new RequestUpload(findCompany, documents, objects, new SequentialDocumentIds(), clock),
    listDocuments: new ListDocuments(documents, findCompany),
    findDocument: new FindDocument(documents, objects, clock),
    removeDocument: new RemoveDocument(documents, objects, clock),
  };
}

function importsOf({ imports, clock }: ProfilesFixture, objects: ContentsInMemory): ImportUseCases {
  const links = new StoredImportLinks(objects);
  return {
    requestImport: new RequestImport(imports, links, SHIPPED_MAPS, new UuidImportIds(), clock),
    findImport: new FindImport(imports, links, clock),
  };
}

function isJsonText(contentType: unknown): boolean {
  return typeof contentType === 'string' && /^application\/(problem\+)?json$/.test(contentType);
}

type Promised = (method: string, path: string, answer: Answer) => void;

/** The routes are always the same ones; compiling their schemas takes a while. */
let promised: Promised | undefined;

/** Throws where an answer is not one that the document describes. */
function promiseOf(document: OpenApiDocument): Promised {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'document');

  return (method, path, { status, headers, body, text }) => {
    const contentType = headers['content-type'];
    const broken = (why: string): Error =>
      new Error(`${method} ${path} answered ${status} ${contentType}: ${why}\n${text.slice(0, 1000)}`);
    if (!headers['x-request-id']) throw broken('no x-request-id');
    const operation = document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) {
      if (status >= 400 && contentType !== 'application/problem+json') throw broken('no problem');
      return;
    }
    const described = operation.responses[status];
    if (described === undefined) throw broken('a status that is not described');
    const media = described.content?.[contentType ?? ''];
    if (described.content !== undefined && media === undefined)
      throw broken('a content type that is not described');
    if (described.content === undefined && text !== '') throw broken('a body that is not described');
    if (media === undefined || Object.keys(media.schema).length === 0) return;
    const validate = ajv.getSchema(`document${media.schema.$ref ?? ''}`);
    if (!validate?.(body)) throw broken(ajv.errorsText(validate?.errors));
  };
}

import { HttpStatusCodes, Router } from '@aws-lambda-powertools/event-handler/http';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { z } from 'zod';
import { documentClient } from '../../src/adapters/dynamodb/document-client.ts';
import { DynamoDbCompanyRepository } from '../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { jsonLog } from '../../src/adapters/system/json-log.ts';
import { SystemClock } from '../../src/adapters/system/system-clock.ts';
import { UuidCompanyIds } from '../../src/adapters/system/uuid-company-ids.ts';
import { FindCompany } from '../../src/application/profiles/find-company.ts';
import { RegisterCompany } from '../../src/application/profiles/register-company.ts';
import type { CompanyFacts } from '../../src/domain/profiles/company-facts.ts';
import { companyIdOf } from '../../src/domain/shared/company-id.ts';

// The same two routes as another team would write them: Powertools' router, zod for the body, and by hand what wires them.

const { DYNAMODB_ENDPOINT: endpoint, PROFILES_TABLE: table = '' } = process.env;
const companies = new DynamoDbCompanyRepository(documentClient({ endpoint }), table);
const findCompany = new FindCompany(companies);
const registerCompany = new RegisterCompany(companies, new UuidCompanyIds(), new SystemClock());
const log = jsonLog(process.stdout);

const text = z.string().max(200).optional();
const body = z.strictObject({
  name: z.string().max(200),
  status: z.enum(['active', 'dormant', 'dissolved']).default('active'),
  countryCode: z.string().length(2),
  legalForm: text,
  industry: z.strictObject({ scheme: z.string(), code: z.string(), label: z.string() }).optional(),
  identifiers: z
    .array(z.strictObject({ scheme: z.string(), value: z.string() }))
    .max(20)
    .default([]),
  registeredOffice: z
    .strictObject({
      addressLine1: text,
      addressLine2: text,
      locality: text,
      region: text,
      postalCode: text,
      country: text,
    })
    .optional(),
  website: z.string().max(2_000).optional(),
  foundedOn: text,
  description: z.string().max(2_000).optional(),
  tags: z.array(z.string()).max(20).default([]),
});

const app = new Router();

app.use(async ({ reqCtx, next }) => {
  const started = performance.now();
  await next();
  const ms = performance.now() - started;
  const { requestId } = (reqCtx.event as APIGatewayProxyEvent).requestContext;
  log.info('request', { requestId, method: reqCtx.req.method, status: reqCtx.res.status, ms });
});

app.get('/v1/companies/:companyId', async ({ params }) => {
  const company = await findCompany.execute(companyIdOf(params['companyId'] ?? ''));
  return Response.json(company, { headers: { etag: `"${company.version}"` } });
});

app.post(
  '/v1/companies',
  async ({ valid, event }) => {
    const { requestId } = (event as APIGatewayProxyEvent).requestContext;
    const company = await registerCompany.execute(valid.req.body as CompanyFacts, { requestId });
    return Response.json(company, {
      status: HttpStatusCodes.CREATED,
      headers: { etag: `"${company.version}"`, location: `/v1/companies/${company.companyId}` },
    });
  },
  { validation: { req: { body } } },
);

export const handler = async (
  event: APIGatewayProxyEvent,
  context: Context,
): Promise<APIGatewayProxyResult> => await app.resolve(event, context);

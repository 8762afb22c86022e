import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE } from '../infra/tables.ts';
import { documentClient } from '../src/adapters/dynamodb/document-client.ts';
import { companyKey, foldedNameOf, nameKeyOf } from '../src/adapters/dynamodb/profiles/company-item.ts';
import { readConfig } from '../src/entrypoints/composition/config.ts';

// What two reads cannot do without: node:http and one call of the SDK each. Nothing is routed, checked or told.
const client = documentClient({ endpoint: readConfig().dynamoDbEndpoint });
const TableName = PROFILES_TABLE.name;
const COMPANY = '/v1/companies/';

async function answerTo(url: string): Promise<unknown> {
  if (url.startsWith(COMPANY)) {
    const get = new GetCommand({ TableName, Key: companyKey(url.slice(COMPANY.length)) });
    return (await client.send(get)).Item;
  }
  const asked = new URLSearchParams(url.slice(url.indexOf('?')));
  const prefix = asked.get('name') ?? '';
  const query = new QueryCommand({
    TableName,
    IndexName: 'by-name',
    KeyConditionExpression: 'nameKey = :value AND begins_with(foldedName, :prefix)',
    ExpressionAttributeValues: { ':value': nameKeyOf(prefix), ':prefix': foldedNameOf(prefix) },
    Limit: Number(asked.get('limit')),
  });
  return { items: (await client.send(query)).Items };
}

const server = createServer((request, response) => {
  void answerTo(request.url ?? '').then((answer) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(`running at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => server.close(() => client.destroy()));

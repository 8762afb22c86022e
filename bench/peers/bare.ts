import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { v7 } from 'uuid';
import { companyItem, companyKey } from '../../src/adapters/dynamodb/profiles/company-item.ts';
import { identifierKey } from '../../src/adapters/dynamodb/profiles/identifier-item.ts';
import type { Company } from '../../src/domain/profiles/company.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';

const { DYNAMODB_ENDPOINT: endpoint = '', PROFILES_TABLE: TableName = '' } = process.env;
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }), {
  marshallOptions: { removeUndefinedValues: true },
});

/** What the two routes cannot do without: one call of the SDK each; nothing is checked, and nothing told. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  if (event.httpMethod === 'GET') {
    const companyId = event.pathParameters?.['companyId'] as CompanyId;
    const { Item } = await client.send(new GetCommand({ TableName, Key: companyKey(companyId) }));
    return { statusCode: 200, body: JSON.stringify(Item) };
  }
  const at = new Date().toISOString();
  const company = {
    ...(JSON.parse(event.body ?? '') as Company),
    companyId: v7() as CompanyId,
    previousNames: [],
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const items = [
    companyItem(company, { writeToken: company.companyId, requestId: company.companyId }),
    ...company.identifiers.map((identifier) => ({
      ...identifierKey(identifier, company.companyId),
      companyId: company.companyId,
      claimedAt: at,
    })),
  ];
  await client.send(
    new TransactWriteCommand({
      TransactItems: items.map((Item) => ({
        Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      })),
    }),
  );
  return { statusCode: 201, body: JSON.stringify(company) };
}

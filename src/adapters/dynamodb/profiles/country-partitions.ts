import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { answerOf } from '../errors.ts';

const KEY = { pk: 'COUNTRIES', sk: 'COUNTRIES' };

/**
 * Which partitions the index by country has: never fewer than there are, so that a list of everything can go through
 * them. A country that has lost its last company stays.
 */
export class CountryPartitions {
  readonly #ensured = new Set<string>();

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Must have succeeded before a company of the country is saved. One write a process and country. @throws Unavailable */
  async ensure(countryCode: string): Promise<void> {
    if (this.#ensured.has(countryCode)) return;
    const request = new UpdateCommand({
      TableName: this.tableName,
      Key: KEY,
      UpdateExpression: 'ADD codes :codes',
      ExpressionAttributeValues: { ':codes': new Set([countryCode]) },
    });
    await answerOf(() => this.client.send(request));
    this.#ensured.add(countryCode);
  }

  /** In ascending order. @throws Unavailable */
  async all(): Promise<readonly string[]> {
    const request = new GetCommand({ TableName: this.tableName, Key: KEY });
    const { Item } = await answerOf(() => this.client.send(request));
    return [...((Item?.['codes'] as Set<string> | undefined) ?? [])].sort();
  }
}

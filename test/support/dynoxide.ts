import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PROFILES_TABLE, STATISTICS_TABLE } from '../../infra/tables.ts';
import { createTables } from '../../src/adapters/dynamodb/create-tables.ts';
import { documentClient } from '../../src/adapters/dynamodb/document-client.ts';
import { startEngine } from '../../src/adapters/local/dynoxide.ts';

/** A DynamoDB for one test file: the engine in memory, or whatever answers at DYNAMODB_ENDPOINT. */
export interface TestDynamoDb {
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  /** Names of new, empty tables that no other test has. */
  createTables(): Promise<{ readonly profiles: string; readonly statistics: string }>;
  stop(): Promise<void>;
}

export async function startDynamoDb(): Promise<TestDynamoDb> {
  const { DYNAMODB_ENDPOINT, DYNOXIDE_BIN, PATH } = process.env;
  const engine = await startEngine({ env: { DYNAMODB_ENDPOINT, DYNOXIDE_BIN, PATH } });
  const client = documentClient({ endpoint: engine.endpoint });
  return {
    endpoint: engine.endpoint,
    client,
    createTables: async () => {
      const suffix = randomUUID().slice(0, 8);
      const profiles = { ...PROFILES_TABLE, name: `${PROFILES_TABLE.name}-${suffix}` };
      const statistics = { ...STATISTICS_TABLE, name: `${STATISTICS_TABLE.name}-${suffix}` };
      await createTables(client, [profiles, statistics]);
      return { profiles: profiles.name, statistics: statistics.name };
    },
    stop: async () => {
      client.destroy();
      await engine.stop();
    },
  };
}

import { PROFILES_TABLE } from '../infra/tables.ts';
import { createTables } from '../src/adapters/dynamodb/create-tables.ts';
import { documentClient } from '../src/adapters/dynamodb/document-client.ts';
import { startEngine } from '../src/adapters/local/dynoxide.ts';
import { fill } from './fill.ts';
import { measureLambdas } from './measure-lambdas.ts';
import { reportLambdas } from './report-lambdas.ts';

/** What Lambdas cost, against an engine in memory. @returns the chapter of the results */
export async function benchLambdas(node: string): Promise<string> {
  console.error('Lambdas: cold starts, warm requests and bytes …');
  const engine = await startEngine({ env: process.env });
  const client = documentClient({ endpoint: engine.endpoint });
  try {
    await createTables(client, [PROFILES_TABLE]);
    const [company] = await fill(client, 0, 1);
    return reportLambdas(
      await measureLambdas(engine.endpoint, PROFILES_TABLE.name, company!.companyId, node),
    );
  } finally {
    client.destroy();
    await engine.stop();
  }
}

import type { DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import { TimerPause } from '../../adapters/system/timer-pause.ts';
import { UuidCompanyIds } from '../../adapters/system/uuid-company-ids.ts';
import { awsResource } from './config.ts';
import { bindProfilesSystem, containerOf, type Bindings, type Container } from './containers.ts';
import { clientOf, type LambdaContext } from './lambda.ts';

/** What a Lambda needs of the profiles service, on its table: nothing else gets into its bundle. */
export function lambdaProfiles(
  context: LambdaContext,
  adapters: readonly ((client: DocumentClient, table: string) => Bindings)[],
  ...useCases: readonly Bindings[]
): Container {
  const client = clientOf(context);
  const table = awsResource(context.config, 'profilesTable');
  const system = { clock: new SystemClock(), companyIds: new UuidCompanyIds(), pause: new TimerPause() };
  return containerOf(
    bindProfilesSystem(system),
    ...adapters.map((adapter) => adapter(client, table)),
    ...useCases,
  );
}

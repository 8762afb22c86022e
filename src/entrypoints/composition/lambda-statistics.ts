import type { DocumentClient } from '../../adapters/dynamodb/document-client.ts';
import { fullJitter } from '../../adapters/system/full-jitter.ts';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import { TimerPause } from '../../adapters/system/timer-pause.ts';
import { awsResource } from './config.ts';
import { bindStatisticsSystem, containerOf, type Bindings, type Container } from './containers.ts';
import { clientOf, type LambdaContext } from './lambda.ts';

/** What a Lambda needs of the statistics service, on its table: nothing else gets into its bundle. */
export function lambdaStatistics(
  context: LambdaContext,
  adapters: readonly ((client: DocumentClient, table: string) => Bindings)[],
  ...useCases: readonly Bindings[]
): Container {
  const client = clientOf(context);
  const table = awsResource(context.config, 'statisticsTable');
  const system = { clock: new SystemClock(), pause: new TimerPause(), backoff: fullJitter };
  return containerOf(
    bindStatisticsSystem(system),
    ...adapters.map((adapter) => adapter(client, table)),
    ...useCases,
  );
}

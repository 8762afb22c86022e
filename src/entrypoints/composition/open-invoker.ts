import { invokeFunction, lambdaClient } from '../../adapters/lambda/invoke-function.ts';
import { jsonLog } from '../../adapters/system/json-log.ts';
import { allAwsResources, ConfigError, readConfig, refuseOneFunction } from './config.ts';
import { cursorSecretOf } from '../local/cursor-secret.ts';
import { profilesInvocations, statisticsInvocations } from './invocations.ts';
import { openRegistry } from './open-registry.ts';

export type InvocableService = 'profiles' | 'statistics';

/** A service that takes `{operation, input}`. */
export interface Invoker {
  invoke(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const VARIABLES = { profiles: 'PROFILES_FUNCTION', statistics: 'STATISTICS_FUNCTION' } as const;

/**
 * A service for direct invocation: the Lambda that the environment names, with the caller's credentials, or else the
 * same handler in this process, over the running system of this machine.
 *
 * @throws NotRunning, ConfigError
 */
export async function openInvoker(service: InvocableService): Promise<Invoker> {
  const config = readConfig();
  const functionName = config.functions[service];
  if (functionName !== undefined) {
    const client = lambdaClient();
    return {
      invoke: async (event) => invokeFunction(client, functionName, event),
      close: async () => client.destroy(),
    };
  }
  if (allAwsResources(config)) throw new ConfigError(`Set ${VARIABLES[service]} to the Lambda to invoke.`);
  const registry = await openRegistry();
  const secret = config.cursorSecret ?? (await cursorSecretOf(config.dataFolder));
  const log = jsonLog(process.stderr, 'warn');
  // What is wrong with an event is told by the handler.
  const handler: (event: never) => Promise<unknown> =
    service === 'profiles'
      ? profilesInvocations(registry.profiles, secret, log)
      : statisticsInvocations(registry.statistics, secret, log);
  return {
    invoke: async (event) => handler(event as never),
    close: async () => registry.close(),
  };
}

/**
 * The same for who asks both services: they must be of one system.
 *
 * @throws NotRunning, ConfigError
 */
export async function openInvokerOfBoth(service: InvocableService): Promise<Invoker> {
  refuseOneFunction(readConfig());
  return openInvoker(service);
}

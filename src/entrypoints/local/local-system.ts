import { randomBytes } from 'node:crypto';
import { STATISTICS_TABLE } from '../../../infra/tables.ts';
import { directSummaryRoute } from '../../adapters/http/statistics/direct/direct-summary-route.ts';
import { readSummaryTemplates } from '../../adapters/http/statistics/direct/summary-templates.ts';
import { lockDataFolder } from '../../adapters/local/data-folder-lock.ts';
import { createGateway } from '../../adapters/local/gateway.ts';
import { createIntegrationHandler } from '../../adapters/local/integration-handler.ts';
import { LocalCompanyEventPublisher } from '../../adapters/local/local-company-event-publisher.ts';
import { LocalImportQueue } from '../../adapters/local/local-import-queue.ts';
import { privateDoor } from '../../adapters/local/private-door.ts';
import { removeRuntime, writeRuntime } from '../../adapters/local/runtime-file.ts';
import type { TopicMessage } from '../../adapters/local/topic.ts';
import type { Log } from '../../adapters/system/json-log.ts';
import { TOPICS, type Topic } from '../../domain/statistics/set-aside-event.ts';
import { bothApis } from '../composition/apis.ts';
import { composeRegistry } from '../composition/compose.ts';
import type { Config } from '../composition/config.ts';
import type { ProfilesService } from '../composition/registry.ts';
import { dynamoDbBackend, inMemoryBackend } from './backend.ts';
import { cursorSecretOf, newCursorSecret } from './cursor-secret.ts';
import { keepHighestEpoch } from './highest-epoch.ts';
import { importWorker } from './import-worker.ts';
import { frontDoor } from './front-door.ts';
import { openMessaging } from './messaging.ts';
import { objectQueues } from './object-queues.ts';
import { openObjects } from './objects.ts';
import { createPipeline } from './pipeline.ts';

/** Both services, as this machine serves them. */
export interface LocalSystem {
  readonly url: string;
  readonly profiles: ProfilesService;
  /** Settles when the system cannot go on, with the reason. */
  readonly lost: Promise<Error>;
  /** Finishes what is under way and ends everything that was started. */
  stop(): Promise<void>;
}

/**
 * Starts the system; what was started before a failure is ended again.
 *
 * @throws Error with a message for the person at the terminal
 */
export async function startLocalSystem(config: Config, inMemory: boolean, log: Log): Promise<LocalSystem> {
  const folder = inMemory ? undefined : config.dataFolder;
  const door = frontDoor(config, log);
  const started: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let end = started.pop(); end !== undefined; end = started.pop()) await end();
  };
  try {
    started.push(await lockDataFolder(config.dataFolder));
    const backend = inMemory ? inMemoryBackend() : await dynamoDbBackend(config, log);
    started.push(() => backend.stop());
    if (folder !== undefined) await keepHighestEpoch(folder, config.epoch);

    const messaging = await openMessaging(folder, log);
    started.push(() => messaging.close());
    const publish = (topic: Topic, messages: readonly TopicMessage[]): Promise<void> =>
      messaging.subscriptions[topic].topic.publish(messages);
    const publishEvents = publish.bind(undefined, 'company-events');
    const publisher = new LocalCompanyEventPublisher(publishEvents, config.epoch, (error) =>
      log.warn('company events could not be kept', { error }),
    );
    const cursorSecret =
      config.cursorSecret ?? (folder === undefined ? newCursorSecret() : await cursorSecretOf(folder));
    let publicUrl = '';
    const objects = await openObjects({
      folder,
      secret: cursorSecret,
      url: () => publicUrl,
      queueOf: objectQueues(messaging),
      log,
    });
    started.push(() => objects.close());
    const { profiles, statistics, documentsIn, importsIn, importRunnerIn } = composeRegistry({
      ...backend,
      publisher,
      epoch: config.epoch,
    });
    const documents = documentsIn(objects.store);
    const imports = importsIn(objects.store);
    const { streams } = backend;
    const pipeline = createPipeline({ profiles, statistics, documents, messaging, streams, folder, log });
    const running = pipeline.run();
    started.push(async () => {
      pipeline.stop();
      await running;
    });

    const runImport = importRunnerIn({
      objects: objects.store,
      contents: objects.store,
      queue: new LocalImportQueue(messaging.imports.queue),
      isAlone: true,
    });
    const worker = importWorker(runImport, messaging.imports, log);
    const working = worker.run();
    started.push(async () => {
      worker.stop();
      await working;
    });

    const token = randomBytes(32).toString('hex');
    const direct = [directSummaryRoute(readSummaryTemplates())];
    const integrations = createIntegrationHandler({
      routes: direct,
      action: backend.query,
      stageVariables: { statisticsTable: STATISTICS_TABLE.name },
      log,
    });
    const options = { cursorSecret, access: door.access, log };
    const topics = privateDoor(token, TOPICS, publish);
    const gateway = createGateway({
      apis: [
        bothApis(profiles, statistics, options, direct, documents, imports),
        { routes: direct, handler: integrations },
      ].map(door.guard),
      log,
      internal: (request, response) => topics(request, response) || objects.door(request, response),
    });
    const { port } = await gateway.listen(config.port, config.host);
    started.push(() => gateway.close());
    const url = door.urlAt(port);
    publicUrl = door.publicUrlAt(port);
    await writeRuntime(config.dataFolder, {
      pid: process.pid,
      url,
      ...(backend.engine !== undefined && { engine: backend.engine }),
      epoch: config.epoch,
      token,
    });
    started.push(() => removeRuntime(config.dataFolder));
    return { url, profiles, lost: backend.lost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

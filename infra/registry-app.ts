import type { App } from 'aws-cdk-lib';
import type { ApiDocument } from './api/api-document.ts';
import type { CodeOf } from './constructs/entrypoint-function.ts';
import type { Settings } from './settings.ts';
import { EventsStack } from './stacks/events-stack.ts';
import { ProfilesStack } from './stacks/profiles-stack.ts';
import { StatisticsStack } from './stacks/statistics-stack.ts';

/** The Lambdas that serve an interface. */
export type ApiEntrypoint = 'profiles-api' | 'documents-api' | 'statistics-api';

export interface RegistryAppProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly documents: Readonly<Record<ApiEntrypoint, ApiDocument>>;
}

/** The three stacks. The topics come first; beside that order, none needs another one. */
export function addStacks(app: App, { settings, codeOf, documents }: RegistryAppProps): void {
  const events = new EventsStack(app, 'company-registry-events', { settings });
  const profiles = new ProfilesStack(app, 'company-registry-profiles', { settings, codeOf, documents });
  const statistics = new StatisticsStack(app, 'company-registry-statistics', {
    settings,
    codeOf,
    document: documents['statistics-api'],
  });
  profiles.addStackDependency(events, 'it publishes to a topic');
  statistics.addStackDependency(events, 'it subscribes to topics');
}

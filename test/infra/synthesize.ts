import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addStacks } from '../../infra/registry-app.ts';
import { settingsOf } from '../../infra/settings.ts';
import { apiDocuments } from '../../src/entrypoints/composition/api-documents.ts';
import type { Choices } from './synthesized.ts';

/** What deployments with the settings in the first argument are, as JSON on standard output. Nothing is bundled. */
const choices = JSON.parse(process.argv[2] ?? '[]') as Choices[];
process.stdout.write(JSON.stringify(choices.map(synthesized)));

function synthesized({ planted, ...given }: Choices): object {
  const settings = settingsOf(given);
  const documents = apiDocuments(settings.access);
  const app = new App({ analyticsReporting: false });
  addStacks(app, { settings, documents, codeOf: (entrypoint) => Code.fromInline(`// ${entrypoint}`) });
  if (planted === 'bucket') new Bucket(new Stack(app, 'planted'), 'Bucket');
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  const { stacks } = app.synth();
  return {
    templates: Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template as object])),
    dependencies: Object.fromEntries(
      stacks.map(({ stackName, dependencies }) => [stackName, dependencies.map(({ id }) => id)]),
    ),
    documents,
    findings: violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  };
}

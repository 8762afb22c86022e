import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { apiDocuments } from '../src/entrypoints/composition/api-documents.ts';
import { bundleFolder } from './bundles/entrypoints.ts';
import { addStacks } from './registry-app.ts';
import { settingsOf } from './settings.ts';

const app = new App();
const settings = settingsOf((name) => app.node.tryGetContext(name) as unknown);
addStacks(app, {
  settings,
  codeOf: (entrypoint) => Code.fromAsset(bundleFolder(entrypoint)),
  documents: apiDocuments(settings.access),
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();

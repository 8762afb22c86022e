import { existsSync } from 'node:fs';
import process from 'node:process';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { apiDocuments } from '../src/entrypoints/composition/api-documents.ts';
import { bundleFolder, type Entrypoint } from './bundles/entrypoints.ts';
import { CannotDeploy } from './cannot-deploy.ts';
import { addStacks } from './registry-app.ts';
import { settingsOf } from './settings.ts';

// What is half made when something is wrong is no app.
const app = new App({ autoSynth: false });
try {
  const settings = settingsOf(app.node.getAllContext() as Readonly<Record<string, unknown>>);
  addStacks(app, { settings, codeOf: bundled, documents: apiDocuments(settings.access) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof CannotDeploy)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function bundled(entrypoint: Entrypoint): Code {
  const folder = bundleFolder(entrypoint);
  if (!existsSync(folder)) {
    throw new CannotDeploy(`There is no bundle of ${entrypoint}: run npm run bundle first.`);
  }
  return Code.fromAsset(folder);
}

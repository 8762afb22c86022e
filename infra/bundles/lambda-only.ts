import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** A module that a Lambda does not need as it is, and what stands in its place. */
interface Replacement {
  readonly module: RegExp;
  readonly by: string;
}

/**
 * What packages have for other places than a Lambda. Each replacement has the exports that are imported, so that the build
 * fails where a package has come to need more; whether the rest is enough, the bundles show when they are started alone.
 */
const REPLACEMENTS: readonly Replacement[] = [
  {
    // A Lambda has its role's credentials in its environment, and no profiles, single sign-on or instance metadata.
    module: /^@aws-sdk\/credential-provider-node$/,
    by: `import { fromEnv } from '@aws-sdk/credential-provider-env';
      export const defaultProvider = () => fromEnv();`,
  },
  {
    // Nor has it files ~/.aws/config and ~/.aws/credentials: its settings are in its environment.
    module: /\/shared-ini-file-loader\/loadSharedConfigFiles$/,
    by: `export const CONFIG_PREFIX_SEPARATOR = '.';
      const none = Promise.resolve({ configFile: {}, credentialsFile: {} });
      export const loadSharedConfigFiles = () => none;`,
  },
  {
    // No operation that is called here streams events.
    module: /^@smithy\/core\/event-streams$/,
    by: `export const eventStreamSerdeProvider = () => undefined;
      export const resolveEventStreamSerdeConfig = (config) => config;`,
  },
  {
    // Endpoints of DynamoDB are discovered where somebody switches that on; nobody does.
    module: /^@aws-sdk\/endpoint-cache$/,
    by: 'export class EndpointCache {}',
  },
  {
    // Node has them natively.
    module: /\/Sha256Js$/,
    by: 'export const Sha256Js = undefined;',
  },
  {
    module: /\/Sha1Js$/,
    by: 'export const Sha1Js = undefined;',
  },
  {
    // Decorators are read by a container that makes instances by itself.
    module: /^reflect-metadata\/lite$/,
    by: '',
  },
];

/** Of inversify a Lambda uses so little, and it would be the largest part of most bundles but the SDK. */
const LAMBDA_CONTAINER = fileURLToPath(new URL('lambda-container.ts', import.meta.url));

/** The declaration of a shape, of one line or several. */
const SCHEMA = /^(?<name>export var \w+\$) = (?<shape>\[.*\]|\[[^]*?^\]);$/gm;

/** Leaves out of a bundle what never runs in a Lambda. */
export const lambdaOnly: Plugin = {
  name: 'lambda-only',
  setup: (build) => {
    REPLACEMENTS.forEach(({ module, by }, index) => {
      const namespace = `lambda-only-${index}`;
      build.onResolve({ filter: module }, ({ path, resolveDir }) => ({
        path,
        namespace,
        pluginData: resolveDir,
      }));
      build.onLoad({ filter: /.*/, namespace }, ({ pluginData }) => ({
        contents: by,
        resolveDir: pluginData as string,
      }));
    });
    build.onResolve({ filter: /^inversify$/ }, () => ({ path: LAMBDA_CONTAINER }));
    // Its modules for today's engines; those that it has by default are for engines of 2015.
    build.onResolve({ filter: /^class-validator$/ }, async ({ path, pluginData, ...importing }) => {
      if (pluginData === lambdaOnly) return undefined;
      const { importer, resolveDir, kind } = importing;
      const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: lambdaOnly });
      return { ...found, path: join(dirname(dirname(found.path)), 'esm2015/index.js'), sideEffects: false };
    });
    // Shapes of operations that are not called: a bundler keeps a literal with computed keys, but no pure call that none uses.
    build.onLoad(
      { filter: /\/@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ },
      async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(
          SCHEMA,
          '$<name> = /* @__PURE__ */ (() => $<shape>)();',
        ),
      }),
    );
    // Of the description of a package its version is asked for.
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

import { fileURLToPath } from 'node:url';

/** The Lambdas: each is a file of src/entrypoints/lambda, and a bundle of the same name. */
export const ENTRYPOINTS = [
  'authorizer',
  'company-events',
  'company-observations',
  'document-objects',
  'documents-api',
  'imports',
  'metric-changes',
  'profile-changes',
  'profile-revisions',
  'profiles-api',
  'profiles-direct',
  'statistics-api',
  'statistics-changes',
  'statistics-direct',
] as const;

export type Entrypoint = (typeof ENTRYPOINTS)[number];

/** What a Lambda's `handler` is called, whatever its bundle. */
export const HANDLER = 'index.handler';

/** The release of Node that Lambdas run in. */
export const NODE_MAJOR = 24;

/** The folder that is uploaded for a Lambda, complete once `npm run bundle` has run; source maps are not in it. */
export function bundleFolder(entrypoint: Entrypoint): string {
  return fileURLToPath(new URL(`../../dist/bundles/${entrypoint}`, import.meta.url));
}

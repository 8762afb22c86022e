import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Below node_modules, so that what stays outside of a bundle in it is found. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache');

/** Names by TEST_RUN_FOLDER an empty folder that the test files of one run of jest share, and that goes when it ends. */
export default async function createRunFolder() {
  await mkdir(CACHE, { recursive: true });
  process.env.TEST_RUN_FOLDER = await mkdtemp(join(CACHE, 'test-run-'));
}

export async function removeRunFolder() {
  await rm(process.env.TEST_RUN_FOLDER, { recursive: true });
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SMALL_BYTES = 2_000_000;
const LARGE_BYTES = 200_000_000;

/** Without a limit, V8 lets garbage lie while there is memory: what is needed is told by how little is enough. */
export const HEAP_MB = 64;

/** What a process took that imported an upload. */
export interface UploadedImport {
  readonly bytes: number;
  readonly rows: number;
  readonly seconds: number;
  /** The most memory that it had at once: its resident set. */
  readonly peakMb: number;
}

/** Imports of two sizes, each in a process of its own. */
export async function measureUploadedImports(): Promise<Record<'small' | 'large', UploadedImport>> {
  return { small: await importOf(SMALL_BYTES), large: await importOf(LARGE_BYTES) };
}

async function importOf(bytes: number): Promise<UploadedImport> {
  const options = [`--max-old-space-size=${HEAP_MB}`, '--env-file=node.env', '--import', 'tsx'];
  const program = [...options, 'bench/import-alone.ts', String(bytes)];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT });
  return { bytes, ...(JSON.parse(stdout) as Omit<UploadedImport, 'bytes'>) };
}

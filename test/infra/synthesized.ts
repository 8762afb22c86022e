import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiDocument } from '../../infra/api/api-document.ts';
import { REPOSITORY } from '../architecture/repository.ts';
import type { Template } from './template.ts';

export interface Synthesized {
  readonly templates: Readonly<Record<string, Template>>;
  /** The stacks that are deployed before one. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly documents: Readonly<Record<string, ApiDocument>>;
  /** What cdk-nag finds. */
  readonly findings: readonly string[];
}

export type Choices = Readonly<Record<string, string>>;

const run = promisify(execFile);

/**
 * What deployments with these settings would be. In a process of its own: in jest, what loads on demand in CDK would be
 * loaded as a whole.
 */
export async function synthesized(...choices: readonly Choices[]): Promise<Synthesized[]> {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', join(REPOSITORY, 'test/infra/synthesize.ts'), JSON.stringify(choices)],
    {
      cwd: REPOSITORY,
      maxBuffer: 64 * 1024 * 1024,
      // `npm run synth` has CDK validate the templates; loading what does takes seconds.
      env: { ...process.env, CDK_VALIDATION: 'false' },
    },
  );
  return JSON.parse(stdout) as Synthesized[];
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CannotDeploy } from '../../cannot-deploy.ts';

/**
 * Whether a Node is of the release that Lambdas run in: V8 takes no compiled code of another one.
 *
 * @param path of its binary
 * @param major of the release: 24
 * @throws CannotDeploy
 */
export async function checkNode(path: string, major: number): Promise<void> {
  const version = await versionOf(path);
  if (!version.startsWith(`v${major}.`)) {
    throw new CannotDeploy(
      `${path} is Node ${version}; Lambdas run in Node ${major}, which would take nothing of what it compiles.`,
    );
  }
}

async function versionOf(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--print', 'process.version'], { timeout: 10_000 });
    const version = stdout.trim();
    if (/^v\d+\.\d+\.\d+/.test(version)) return version;
  } catch {
    // What cannot be run is no Node either.
  }
  throw new CannotDeploy(
    `${JSON.stringify(path)} is no Node: give the path of a binary such as /var/lang/bin/node, that of the image of the runtime.`,
  );
}

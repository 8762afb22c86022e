import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { REPOSITORY } from './repository.ts';

/** Applies the repository's own dependency rules to the tree at `root`. */
export async function cruiseTree(root: string, folders: string[]): Promise<ICruiseResult> {
  const options = await extractDepcruiseOptions(join(REPOSITORY, '.dependency-cruiser.js'));
  const tsConfigFile = join(REPOSITORY, 'tsconfig.json');
  const { output } = await cruise(
    folders,
    { ...options, baseDir: root, tsConfig: { fileName: tsConfigFile } },
    {},
    { tsConfig: extractTSConfig(tsConfigFile) },
  );
  if (typeof output === 'string') throw new Error(`dependency-cruiser gave no result: ${output}`);
  return output;
}

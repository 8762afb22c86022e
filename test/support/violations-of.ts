import { InvalidInput } from '../../src/domain/shared/errors.ts';

/** What was wrong with an input, as `path: detail`; empty where nothing was. */
export function violationsOf(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.violations.map(({ path, detail }) => `${path.join('.')}: ${detail}`);
  }
}

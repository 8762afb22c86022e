import { stat } from 'node:fs/promises';

/** Whether two paths lead to one file, however they are spelled and whatever links they go through. */
export async function isSameFile(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([identityOf(left), identityOf(right)]);
  return one !== undefined && one === other;
}

/** Undefined where there is no file. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    // What cannot be asked about is reported by whoever opens it.
    return undefined;
  }
}

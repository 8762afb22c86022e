import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLITE_MS = 3_000;
const STEP_MS = 20;

/**
 * Ends an engine that outlived the process which had started it, and waits until it is gone.
 *
 * @param pid what the pid file says: by now it may be another program's, which is left alone
 * @param database the file that the engine was started with
 */
export async function endOrphan(
  pid: number | undefined,
  database: string,
  log: (line: string) => void,
): Promise<void> {
  if (pid === undefined || !isEngine(pid, database)) return;
  log(`Ending the engine ${pid} that a killed process left behind.`);
  end(pid, 'SIGTERM');
  for (let waitedMs = 0; isEngine(pid, database); waitedMs += STEP_MS) {
    if (waitedMs >= POLITE_MS) end(pid, 'SIGKILL');
    await delay(STEP_MS);
  }
}

/** Whether the process is a dynoxide engine on this file. A zombie has no command line, and is none. */
function isEngine(pid: number, database: string): boolean {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(program).includes('dynoxide') && args[args.indexOf('--db-path') + 1] === database;
  } catch {
    // No such process; or no /proc, as on macOS, where an orphan has to be ended by hand.
    return false;
  }
}

function end(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

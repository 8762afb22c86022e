import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLITE_MS = 3_000;
const STEP_MS = 20;

/**
 * Ends the engines that outlived the process which had started them, and waits until they are gone.
 *
 * @param database the file that they were started with: it tells them from any other process
 */
export async function endOrphans(database: string, log: (line: string) => void): Promise<void> {
  for (const pid of processes().filter((one) => isEngine(one, database))) {
    log(`Ending the engine ${pid} that a killed process left behind.`);
    end(pid, 'SIGTERM');
    for (let waitedMs = 0; isEngine(pid, database); waitedMs += STEP_MS) {
      if (waitedMs >= POLITE_MS) end(pid, 'SIGKILL');
      await delay(STEP_MS);
    }
  }
}

/** None where there is no /proc, as on macOS: there an orphan has to be ended by hand. */
function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Whether the process is a dynoxide engine on this file. A zombie has no command line, and is none. */
function isEngine(pid: number, database: string): boolean {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(program).includes('dynoxide') && args[args.indexOf('--db-path') + 1] === database;
  } catch {
    // It is gone by now.
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

import { setTimeout as delay } from 'node:timers/promises';
import type { InvocableService, Invoker } from '../composition/open-invoker.ts';
import type { Registry } from '../composition/registry.ts';
import type { Command } from './command.ts';
import { auditCommand } from './commands/audit.ts';
import { canaryCommand } from './commands/canary.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { invokeCommand } from './commands/invoke.ts';
import { pendingCommand } from './commands/pending.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { redriveCommand } from './commands/redrive.ts';
import { rewriteCommand } from './commands/rewrite.ts';
import { sendObservationsCommand } from './commands/send-observations.ts';
import { setAsideCommand } from './commands/set-aside.ts';
import { dispatch } from './dispatch.ts';

const COMMANDS: readonly Command[] = [
  importCommand,
  exportCommand,
  auditCommand,
  rebuildCommand,
  rewriteCommand,
  setAsideCommand,
  redriveCommand,
  pendingCommand,
  sendObservationsCommand,
  invokeCommand(openInvoker, process.stdin),
  canaryCommand(openInvokerOfBoth, {
    nowMs: () => performance.now(),
    pause: async (ms) => {
      await delay(ms);
    },
  }),
];

/** Loaded when a command needs it: help and wrong arguments are answered at once. */
async function open(): Promise<Registry> {
  const { openRegistry } = await import('../composition/open-registry.ts');
  return openRegistry();
}

async function openInvoker(service: InvocableService): Promise<Invoker> {
  const composition = await import('../composition/open-invoker.ts');
  return composition.openInvoker(service);
}

async function openInvokerOfBoth(service: InvocableService): Promise<Invoker> {
  const composition = await import('../composition/open-invoker.ts');
  return composition.openInvokerOfBoth(service);
}

const io = { out: process.stdout, err: process.stderr, interactive: process.stderr.isTTY };
process.exitCode = await dispatch(COMMANDS, process.argv.slice(2), io, open);

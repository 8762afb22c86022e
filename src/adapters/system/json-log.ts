export type LogFields = Readonly<Record<string, unknown>>;

/** Where the system tells what it does. Fields are named as in the interface: `requestId`, `companyId`. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export const LOG_LEVELS = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A log of one JSON object a line: `{"time", "level", "message", …fields}`, from a level on. Errors among the fields keep
 * their stacks.
 */
export function jsonLog(stream: NodeJS.WritableStream, least: LogLevel = 'info'): Log {
  const write = (level: LogLevel) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return () => {};
    return (message: string, fields?: LogFields): void => {
      const line = { time: new Date().toISOString(), level, message, ...fields };
      stream.write(`${JSON.stringify(line, isPlain(fields) ? undefined : told)}\n`);
    };
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** Whether JSON has all of it already, as in the line of every request. */
function isPlain(fields: LogFields = {}): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'bigint' || (typeof value === 'object' && value !== null)) return false;
  }
  return true;
}

function told(_name: string, value: unknown): unknown {
  if (value instanceof Error) {
    const stack = value.stack ?? `${value.name}: ${value.message}`;
    return value.cause === undefined ? stack : { error: stack, cause: value.cause };
  }
  return typeof value === 'bigint' ? String(value) : value;
}

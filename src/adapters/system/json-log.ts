import { RegistryError } from '../../domain/shared/errors.ts';

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
 * A log of one JSON object a line: `{"time", "level", "message", …fields}`, from a level on. An error among the fields is
 * `{"name", "message"?, "code"?, "status"?, "awsRequestId"?, "stack", "cause"?}`: what others say in a message may quote
 * what they were given (an engine a value, a parser a body), so that only the messages of our own are told.
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
  if (value instanceof Error) return toldOf(value);
  return typeof value === 'bigint' ? String(value) : value;
}

/** What an error from anywhere may have beside its message. */
interface AnyError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

function toldOf(error: AnyError): LogFields {
  const { code, syscall, $metadata: metadata } = error;
  const isOurs = error instanceof RegistryError && error.kind === 'unavailable';
  return {
    name: error.name,
    ...(isOurs && { message: error.message }),
    ...(isWord(code) && { code }),
    ...(isWord(syscall) && { syscall }),
    ...(metadata?.httpStatusCode !== undefined && { status: metadata.httpStatusCode }),
    ...(metadata?.requestId !== undefined && { awsRequestId: metadata.requestId }),
    stack: framesOf(error),
    ...(error.cause instanceof Error && { cause: error.cause }),
  };
}

/** `ECONNREFUSED`, `connect`: no more than a name. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^\w{1,40}$/.test(value);
}

const FRAME = /^ {4}at .*(?::\d+:\d+\)?|\((?:native|<anonymous>|index \d+)\))$/;

/** Where it happened: a stack without the message that it begins with. */
function framesOf({ message, stack = '' }: Error): readonly string[] {
  const at = stack.indexOf(message);
  const lines = stack.slice(at < 0 ? 0 : at + message.length).split('\n');
  return lines.filter((line) => FRAME.test(line)).map((line) => line.trim());
}

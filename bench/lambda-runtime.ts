import { createRequire } from 'node:module';

/**
 * What Lambda does, and what it costs: `lambda-runtime.cjs BUNDLE` is sent events, and tells of each how many milliseconds had
 * passed since the process began, and since the bundle was asked for; or it is sent `{event, times}`, and tells the processor's
 * microseconds a request.
 */
export interface Told {
  readonly sinceStartMs: number;
  readonly sinceLoadMs: number;
  readonly cpuUs: number;
}

interface Asked {
  readonly event: unknown;
  readonly times: number;
  readonly status: number;
}

type Handler = (event: unknown, context: object) => Promise<{ readonly statusCode: number; body: string }>;

const load = createRequire(__filename);
let loading = 0;
let handler: Handler | undefined;

process.on('message', ({ event, times, status }: Asked) => {
  loading ||= performance.now();
  handler ??= (load(process.argv[2] ?? '') as { readonly handler: Handler }).handler;
  void answer(handler, event, times, status);
});

async function answer(handle: Handler, event: unknown, times: number, status: number): Promise<void> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) {
    const { statusCode, body } = await handle(event, { awsRequestId: 'invocation' });
    if (statusCode !== status) throw new Error(`It answered ${statusCode}: ${body}`);
  }
  const now = performance.now();
  const { user, system } = process.cpuUsage(before);
  const told: Told = {
    sinceStartMs: now,
    sinceLoadMs: now - loading,
    cpuUs: (user + system) / times,
  };
  process.send?.(told);
}

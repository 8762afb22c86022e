import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Entrypoint } from '../../infra/bundles/entrypoints.ts';
import { TABLE_ACCESS, type TableAccess } from '../../infra/permissions.ts';

/** `GetItem`, or `Query of by-name`: an action on the table, or on an index. */
type Use = string;

type Body = Readonly<Record<string, unknown>> & {
  readonly IndexName?: string;
  readonly TransactItems?: readonly Readonly<Record<string, object>>[];
};

/**
 * An engine that lets each Lambda do what `infra/permissions.ts` allows it, as IAM would: it answers an action that is not
 * allowed with AccessDeniedException. Lambdas tell themselves apart by the paths of their endpoints.
 */
export class PermissionCheckingEngine {
  readonly #used = new Map<string, Set<Use>>();
  readonly #server: Server;

  private constructor(engine: string) {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const headers = headersOf(request);
        const action = headers['x-amz-target']?.split('.')[1] ?? '';
        const entrypoint = (request.url ?? '').split('/')[1] as Entrypoint;
        const uses = usesOf(action, JSON.parse(text) as Body);
        for (const use of uses) this.#usedBy(entrypoint).add(use);
        const denied = uses.filter((use) => !allowedTo(entrypoint).includes(use));
        if (denied.length > 0) {
          response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
          const message = `${entrypoint} is not authorized to perform: ${denied.join(', ')}`;
          response.end(JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message }));
          return;
        }
        void fetch(engine, { method: 'POST', headers, body: text }).then(async (answer) => {
          response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
          response.end(await answer.text());
        });
      });
    });
  }

  static async inFrontOf(engine: string): Promise<PermissionCheckingEngine> {
    const checking = new PermissionCheckingEngine(engine);
    await new Promise<void>((resolve) => checking.#server.listen(0, '127.0.0.1', resolve));
    return checking;
  }

  /** What a Lambda has to be given as DYNAMODB_ENDPOINT. */
  endpointOf(entrypoint: Entrypoint): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${entrypoint}`;
  }

  /** What a Lambda is allowed and has not done so far. */
  unusedBy(entrypoint: Entrypoint): Use[] {
    return allowedTo(entrypoint).filter((use) => !this.#usedBy(entrypoint).has(use));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #usedBy(entrypoint: Entrypoint): Set<Use> {
    const used = this.#used.get(entrypoint) ?? new Set();
    this.#used.set(entrypoint, used);
    return used;
  }
}

/** What the engine looks at: it does not check a signature, but wants one. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const names = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];
  return Object.fromEntries(names.map((name) => [name, String(headers[name] ?? '')]));
}

function allowedTo(entrypoint: Entrypoint): Use[] {
  const all: Partial<Record<Entrypoint, TableAccess>> = TABLE_ACCESS;
  const { table, indexes } = all[entrypoint] ?? { table: [], indexes: [] };
  return [...table, ...indexes.map((index) => `Query of ${index}`)];
}

/** A transaction needs the permissions of its parts. */
const PARTS: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

function usesOf(action: string, { IndexName, TransactItems = [] }: Body): Use[] {
  if (action !== 'TransactWriteItems')
    return [IndexName === undefined ? action : `${action} of ${IndexName}`];
  return [...new Set(TransactItems.flatMap((item) => Object.keys(item).map((part) => PARTS[part] ?? part)))];
}

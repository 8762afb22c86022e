import { at, resourcesOf, textOf, within, type Template } from '../template.ts';

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** Where an asterisk may stand, and why. */
const OPEN_ENDED: readonly { readonly resource: RegExp; readonly action: RegExp; readonly reason: string }[] =
  [
    {
      resource: /^<Documents\w+\.Arn>\/(documents|imports)\/\*$/,
      action: /^s3:(AbortMultipartUpload|DeleteObject|GetObject|PutObject)$/,
      reason: 'objects have names only when there are some',
    },
    {
      resource: /^<Failures\w+\.Arn>\/aws\/lambda\/\*$/,
      action: /^s3:PutObject$/,
      reason: 'Lambda names what it puts there',
    },
  ];

/** Of the policy that is part of a key, `*` is the key. */
const OF_A_KEY = 'AWS::KMS::Key';

/** Statements of a template, by what they are part of, which allow something. */
function* allowing(template: Template): Generator<{ id: string; type: string; statement: Statement }> {
  for (const [id, { Type: type, Properties }] of Object.entries(template.Resources)) {
    for (const value of within(Properties)) {
      const statements = at(value, 'Statement');
      if (!Array.isArray(statements)) continue;
      for (const statement of statements as Statement[]) {
        if (statement.Effect === 'Allow') yield { id, type, statement };
      }
    }
  }
}

/** Lambdas that anything of a kind may invoke, rather than the one that is named. */
export function looselyInvoked(template: Template): string[] {
  return resourcesOf(template, 'Lambda::Permission')
    .map(({ id, properties }) => ({ id, source: textOf(properties['SourceArn'] ?? '*') }))
    .filter(({ source }) => /(^|:)\*/.test(source))
    .map(({ id, source }) => `${id} lets ${source} invoke`);
}

/** What roles and resources allow beyond what is named. */
export function openEnded(template: Template): string[] {
  const found: string[] = [];
  for (const { id, type, statement } of allowing(template)) {
    const actions = listOf(statement.Action).map(String);
    const resources = listOf(statement.Resource ?? []).map(textOf);
    // The account's own administration of its key, without which nobody could ever change it.
    const isKeyAdministration = type === OF_A_KEY && actions.join() === 'kms:*';
    if (!isKeyAdministration) {
      found.push(
        ...actions.filter((action) => action.includes('*')).map((action) => `${id} allows ${action}`),
      );
    }
    for (const resource of resources.filter((text) => text.includes('*'))) {
      if (type === OF_A_KEY && resource === '*') continue;
      const known = OPEN_ENDED.filter((open) => open.resource.test(resource));
      const isKnown = actions.every((action) => known.some((open) => open.action.test(action)));
      if (!isKnown) found.push(`${id} allows ${actions.join(', ')} on ${resource}`);
    }
    if (type !== 'AWS::IAM::Role' && statement.Principal !== undefined && isEveryone(statement)) {
      found.push(`${id} allows ${actions.join(', ')} to everyone`);
    }
  }
  return found;
}

/** Roles that several Lambdas share, or that are not made for one. */
export function sharedRoles(template: Template): string[] {
  const roles = resourcesOf(template, 'Lambda::Function').map(({ properties }) => textOf(properties['Role']));
  return roles.filter((role, index) => roles.indexOf(role) !== index);
}

/** What a stack reads of another one, or lets another one read; and what it may do to tables that are not its own. */
export function beyondOwnStack(template: Template): string[] {
  const found: string[] = [];
  for (const [id, { Export }] of Object.entries(template.Outputs ?? {})) {
    if (Export !== undefined) found.push(`${id} is exported`);
  }
  for (const value of within(template)) {
    if (at(value, 'Fn::ImportValue') !== undefined) found.push('something is imported');
  }
  const own = new Set(resourcesOf(template, 'DynamoDB::Table').map(({ id }) => id));
  for (const { id, statement } of allowing(template)) {
    if (!listOf(statement.Action).some((action) => String(action).startsWith('dynamodb:'))) continue;
    for (const resource of listOf(statement.Resource).map(textOf)) {
      const [, table = ''] = /^<(\w+)\.(?:Stream)?Arn>/.exec(resource) ?? [];
      if (!own.has(table)) found.push(`${id} may read or write ${resource}`);
    }
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function isEveryone({ Principal, Condition }: Statement): boolean {
  const principals =
    typeof Principal === 'object' && Principal ? Object.values(Principal).flat() : [Principal];
  return principals.includes('*') && Condition === undefined;
}

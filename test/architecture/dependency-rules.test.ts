import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { contextMeetings } from './context-meetings.ts';
import { cruiseTree } from './cruise-tree.ts';
import { plantTree } from './planted-tree.ts';
import { REPOSITORY } from './repository.ts';

/** The folders of the repository in small: nothing in it breaks a rule. */
const SOUND_TREE = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: {
      inversify: '1.0.0',
      'class-validator': '1.0.0',
      '@aws-sdk/client-sns': '1.0.0',
      '@aws-sdk/client-lambda': '1.0.0',
      jose: '1.0.0',
    },
    devDependencies: { 'fast-check': '1.0.0', 'aws-cdk-lib': '1.0.0' },
  }),
  ...installed('inversify'),
  ...installed('class-validator'),
  ...installed('@aws-sdk/client-sns'),
  ...installed('@aws-sdk/client-lambda'),
  ...installed('jose'),
  ...installed('fast-check'),
  ...installed('aws-cdk-lib'),
  'src/domain/shared/page.ts': 'export const page = 1;',
  'src/domain/profiles/company.ts': `import { page } from '../shared/page.ts'; export const company = page;`,
  'src/domain/statistics/tracked.ts': `import { page } from '../shared/page.ts'; export const tracked = page;`,
  'src/application/profiles/find.ts': `import { company } from '../../domain/profiles/company.ts'; export const find = company;`,
  'src/application/statistics/follow.ts': `import { tracked } from '../../domain/statistics/tracked.ts'; export const follow = tracked;`,
  'src/application/audit/audit.ts': `import { page } from '../../domain/shared/page.ts'; export const audit = page;`,
  'src/adapters/messaging/message.ts': 'export const message = 1;',
  'src/adapters/sns/publisher.ts': `import '@aws-sdk/client-sns'; import '../messaging/message.ts'; import '../../application/profiles/find.ts';`,
  'src/adapters/lambda/invoke.ts': `import '@aws-sdk/client-lambda';`,
  'src/adapters/secrets/secret.ts': `import '@aws-sdk/client-lambda';`,
  'src/adapters/access/token.ts': `import 'jose';`,
  'src/adapters/http/dto.ts': `import 'class-validator';`,
  'src/adapters/dynamodb/companies.ts': `import '../../../infra/tables.ts'; import '../../application/profiles/find.ts';`,
  'src/adapters/dynamodb/statistics/tracked.ts': `import '../../../application/statistics/follow.ts';`,
  'src/adapters/in-memory/followed.ts': `import '../../application/statistics/follow.ts';`,
  'src/entrypoints/composition/container.ts': `import 'inversify'; import '../../application/profiles/find.ts'; import '../../application/statistics/follow.ts';`,
  'src/entrypoints/local/main.ts': `import '../composition/container.ts'; import 'node:http';`,
  'src/entrypoints/composition/api-documents.ts': `import './container.ts';`,
  'infra/tables.ts': 'export const tables = 1;',
  'infra/settings.ts': 'export const settings = 1;',
  'infra/app.ts': `import 'aws-cdk-lib'; import './settings.ts'; import '../src/entrypoints/composition/api-documents.ts';`,
  'test/support/company.ts': `import '../../src/domain/profiles/company.ts';`,
  'bench/main.ts': `import '@aws-sdk/client-sns';`,
};

const PLANTED: [rule: string, file: string, text: string][] = [
  ['domain-imports-only-domain', 'src/domain/profiles/planted.ts', `import 'node:crypto';`],
  [
    'domain-imports-only-domain',
    'src/domain/profiles/planted.ts',
    `import type {} from '../../application/audit/audit.ts';`,
  ],
  [
    'domain-contexts-share-only-shared',
    'src/domain/profiles/planted.ts',
    `import '../statistics/tracked.ts';`,
  ],
  ['domain-contexts-share-only-shared', 'src/domain/audit/planted.ts', `import '../statistics/tracked.ts';`],
  ['domain-contexts-share-only-shared', 'src/domain/shared/planted.ts', `import '../profiles/company.ts';`],
  [
    'application-imports-only-domain-and-application',
    'src/application/profiles/planted.ts',
    `import '../../adapters/in-memory/followed.ts';`,
  ],
  [
    'application-imports-only-domain-and-application',
    'src/application/profiles/planted.ts',
    `import 'node:fs';`,
  ],
  [
    'application-contexts-never-meet',
    'src/application/profiles/planted.ts',
    `import type {} from '../statistics/follow.ts';`,
  ],
  [
    'application-contexts-never-meet',
    'src/application/statistics/planted.ts',
    `import '../profiles/find.ts';`,
  ],
  ['application-contexts-never-meet', 'src/application/audit/planted.ts', `import '../profiles/find.ts';`],
  [
    'application-stays-in-its-own-domain',
    'src/application/audit/planted.ts',
    `import '../../domain/statistics/tracked.ts';`,
  ],
  [
    'application-stays-in-its-own-domain',
    'src/application/statistics/planted.ts',
    `import '../../domain/profiles/company.ts';`,
  ],
  [
    'application-stays-in-its-own-domain',
    'src/application/audit/planted.ts',
    `import type {} from '../../domain/profiles/company.ts';`,
  ],
  [
    'adapter-contexts-never-meet',
    'src/adapters/sns/profiles/planted.ts',
    `import '../../dynamodb/statistics/tracked.ts';`,
  ],
  [
    'adapter-contexts-never-meet',
    'src/adapters/sns/profiles/planted.ts',
    `import type {} from '../../../domain/statistics/tracked.ts';`,
  ],
  [
    'the-event-contract-imports-nothing',
    'src/adapters/messaging/planted.ts',
    `import type {} from '../../domain/shared/page.ts';`,
  ],
  [
    'only-entrypoints-import-entrypoints',
    'src/adapters/sns/planted.ts',
    `import '../../entrypoints/local/main.ts';`,
  ],
  ['inversify-only-in-composition', 'src/entrypoints/local/planted.ts', `import 'inversify';`],
  ['aws-sdk-only-in-its-adapters', 'src/entrypoints/composition/planted.ts', `import '@aws-sdk/client-sns';`],
  [
    'aws-sdk-only-in-its-adapters',
    'src/adapters/http/planted.ts',
    `import type {} from '@aws-sdk/client-sns';`,
  ],
  ['aws-sdk-only-in-its-adapters', 'src/entrypoints/cli/planted.ts', `import '@aws-sdk/client-lambda';`],
  ['aws-sdk-only-in-its-adapters', 'src/adapters/access/planted.ts', `import '@aws-sdk/client-lambda';`],
  ['jose-only-in-access', 'src/adapters/http/planted.ts', `import type {} from 'jose';`],
  ['class-validator-only-in-http', 'src/adapters/dynamodb/planted.ts', `import 'class-validator';`],
  [
    'tables-are-read-by-dynamodb-and-entrypoints',
    'src/adapters/http/planted.ts',
    `import '../../../infra/tables.ts';`,
  ],
  ['infra-imports-no-source', 'infra/planted.ts', `import '../src/domain/shared/page.ts';`],
  [
    'infra-entry-imports-only-documents',
    'infra/app.ts',
    `import './settings.ts'; import '../src/domain/shared/page.ts';`,
  ],
  ['cdk-only-in-infra', 'bench/planted.ts', `import 'aws-cdk-lib';`],
  ['source-reads-no-cdk', 'src/entrypoints/composition/planted.ts', `import '../../../infra/settings.ts';`],
  [
    'no-test-code-in-production',
    'src/adapters/http/planted.ts',
    `import '../../../test/support/company.ts';`,
  ],
  ['no-development-packages-in-production', 'src/adapters/http/planted.ts', `import 'fast-check';`],
  ['no-orphans', 'src/adapters/http/planted.ts', 'export const planted = 1;'],
  ['no-unresolvable-imports', 'src/adapters/http/planted.ts', `import './missing.ts';`],
];

describe('the dependencies of the repository', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseTree(REPOSITORY, ['src', 'infra', 'test', 'bench']);
  });

  it('are read: dependency-cruiser reports success where its TypeScript reads no module', () => {
    const sources = result.modules.filter(({ source }) => source.startsWith('src/'));
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.flatMap(({ dependencies }) => dependencies).length).toBeGreaterThan(100);
  });

  it('break no rule', () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );
  });

  it('let profiles and statistics meet in composition alone', () => {
    expect(contextMeetings(result.modules)).toEqual([]);
  });
});

/** Where profiles and statistics meet though no rule of dependency-cruiser can tell. */
const MEETINGS: [where: string, file: string, text: string][] = [
  [
    'an adapter',
    'src/adapters/dynamodb/meeting.ts',
    `import '../../application/profiles/find.ts'; import '../../application/statistics/follow.ts';`,
  ],
  [
    'an adapter, by another adapter',
    'src/adapters/sns/meeting.ts',
    `import '../../application/profiles/find.ts'; import '../in-memory/followed.ts';`,
  ],
  [
    'an entrypoint',
    'src/entrypoints/local/meeting.ts',
    `import '../../application/profiles/find.ts'; import '../../application/statistics/follow.ts';`,
  ],
];

const CYCLE = {
  'src/adapters/http/one.ts': `import './other.ts';`,
  'src/adapters/http/other.ts': `import './one.ts';`,
};

describe('a dependency rule', () => {
  // A look at a tree takes long, whatever is in it: all that is planted is in one, where no plant disturbs another.
  const planted = PLANTED.map(([rule, file, text], index) => ({
    rule,
    file: file.replace('planted.ts', `planted-${index}.ts`),
    text,
  }));
  const roots: string[] = [];
  const cruisePlanted = async (files: Record<string, string>): Promise<ICruiseResult> => {
    const root = plantTree({ ...SOUND_TREE, ...files });
    roots.push(root);
    return cruiseTree(root, ['src', 'infra', 'test', 'bench']);
  };
  let result: ICruiseResult;
  let violations: { readonly rule: string; readonly file: string }[];
  beforeAll(async () => {
    result = await cruisePlanted({
      ...CYCLE,
      ...Object.fromEntries(planted.map(({ file, text }) => [file, text])),
      ...Object.fromEntries(MEETINGS.map(([, file, text]) => [file, text])),
    });
    violations = result.summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
  });
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true });
  });

  it('leaves a sound tree alone', async () => {
    const { summary, modules } = await cruisePlanted({});
    expect(summary.violations).toEqual([]);
    expect(contextMeetings(modules)).toEqual([]);
  });

  it.each(planted)('$rule catches a violation planted in $file: $text', ({ rule, file }) => {
    expect(violations.filter((violation) => violation.file === file)).toEqual([{ rule, file }]);
  });

  it('no-cycles catches two planted files that import each other', () => {
    expect(violations.filter(({ rule }) => rule === 'no-cycles')).toEqual([
      { rule: 'no-cycles', file: 'src/adapters/http/one.ts' },
    ]);
  });

  it('catches nothing that was not planted', () => {
    const files = new Set([...planted.map(({ file }) => file), ...Object.keys(CYCLE)]);
    expect(violations.filter(({ file }) => !files.has(file))).toEqual([]);
    expect(contextMeetings(result.modules).toSorted()).toEqual(MEETINGS.map(([, file]) => file).toSorted());
  });

  it('has a planted violation', async () => {
    const { forbidden = [] } = await extractDepcruiseConfig(join(REPOSITORY, '.dependency-cruiser.js'));
    expect([...new Set(['no-cycles', ...PLANTED.map(([rule]) => rule)])].toSorted()).toEqual(
      forbidden.map(({ name }) => name).toSorted(),
    );
  });

  it.each(MEETINGS)('sees profiles and statistics meet in %s', (_where, file) => {
    expect(contextMeetings(result.modules)).toContain(file);
  });
});

function installed(name: string): Record<string, string> {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({
      name,
      version: '1.0.0',
      type: 'module',
      main: 'index.js',
    }),
    [`node_modules/${name}/index.js`]: 'export {};',
  };
}

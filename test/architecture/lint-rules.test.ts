import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { plantTree } from './planted-tree.ts';
import { REPOSITORY } from './repository.ts';

const DOMAIN = 'src/domain/profiles/company.ts';
const APPLICATION = 'src/application/profiles/find-company.ts';
const INFRA = 'infra/tables.ts';
const ENTRYPOINT = 'src/entrypoints/composition/registry.ts';
const CONFIG = 'src/entrypoints/composition/config.ts';
const TEST = 'test/architecture/lint-rules.test.ts';

// Most rules look at the text alone: they need not wait for the types of the whole project.
const withoutTypes = new ESLint({ cwd: REPOSITORY, overrideConfig: tseslint.configs.disableTypeChecked });

async function findings(file: string, text: string): Promise<string[]> {
  const [result] = await withoutTypes.lintText(text, { filePath: join(REPOSITORY, file) });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const inTest = (body: string): string => `import { expect, it } from '@jest/globals';\n${body}\n`;

describe('lint', () => {
  it.each([
    ['no-restricted-properties', DOMAIN, 'export const at = Date.now();'],
    ['no-restricted-properties', APPLICATION, 'export const { now } = Date;'],
    ['no-restricted-properties', INFRA, 'export const at = Date.now();'],
    ['no-restricted-syntax', DOMAIN, 'export const at = new Date();'],
    ['no-restricted-syntax', APPLICATION, 'export const at = Date();'],
    ['no-restricted-properties', DOMAIN, 'export const chance = Math.random();'],
    [
      'no-restricted-syntax',
      APPLICATION,
      `import { randomUUID } from 'node:crypto';\nexport const id = randomUUID;`,
    ],
    ['no-restricted-globals', APPLICATION, 'export const id = crypto.getRandomValues(new Uint8Array(1));'],
    ['no-restricted-globals', APPLICATION, 'setTimeout(() => undefined, 1);'],
    ['no-restricted-globals', DOMAIN, 'setInterval(() => undefined, 1);'],
    ['no-restricted-globals', APPLICATION, 'setImmediate(() => undefined);'],
    ['no-restricted-properties', ENTRYPOINT, 'export const port = process.env.PORT;'],
    ['no-restricted-properties', ENTRYPOINT, 'export const { env } = process;'],
    [
      'no-restricted-syntax',
      ENTRYPOINT,
      `import { env } from 'node:process';\nexport const port = env.PORT;`,
    ],
    ['no-restricted-syntax', DOMAIN, `export * from './country.ts';`],
    ['no-console', ENTRYPOINT, 'console.log(1);'],
    ['no-warning-comments', DOMAIN, '// TODO later'],
    ['@typescript-eslint/no-explicit-any', DOMAIN, 'export const anything = (value: any): unknown => value;'],
    ['@typescript-eslint/ban-ts-comment', DOMAIN, '// @ts-ignore\nexport const one = 1;'],
    [
      '@typescript-eslint/consistent-type-imports',
      DOMAIN,
      `import { Instant } from '../shared/time.ts';\nexport const at: Instant = '2026-01-31T23:59:59.999Z';`,
    ],
    ['jest/expect-expect', TEST, `import { it } from '@jest/globals';\nit('says nothing', () => {});`],
    ['jest/no-disabled-tests', TEST, inTest(`it.skip('rests', () => {\n  expect(1).toBe(1);\n});`)],
    ['jest/no-focused-tests', TEST, inTest(`it.only('stands out', () => {\n  expect(1).toBe(1);\n});`)],
  ])('%s catches what is planted in %s: %s', async (rule, file, text) => {
    expect([...new Set(await findings(file, text))]).toEqual([rule]);
  });

  // Rules that know types need a project that has the file: a small one is soon known.
  it.each([
    ['Promise.resolve(1);', ['@typescript-eslint/no-floating-promises']],
    ['await Promise.resolve(1);', []],
  ])('finds in the types of %s what nobody awaits: %j', async (text, rules) => {
    const root = plantTree({
      'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, types: [] }, include: ['src'] }),
      [ENTRYPOINT]: text,
    });
    const linter = new ESLint({
      cwd: root,
      overrideConfigFile: join(REPOSITORY, 'eslint.config.js'),
      overrideConfig: { languageOptions: { parserOptions: { tsconfigRootDir: root } } },
    });
    const found = await linter.lintFiles([ENTRYPOINT]);
    rmSync(root, { recursive: true });
    expect(found.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual(rules);
  });

  it.each([
    [DOMAIN, `export const year = new Date('2026-01-31').getUTCFullYear();`],
    [CONFIG, 'export const port = process.env.PORT;'],
    [TEST, inTest(`it('reads the environment', () => {\n  expect(process.env.PATH).not.toBe('');\n});`)],
    [ENTRYPOINT, 'export const startedAt = Date.now();'],
  ])('leaves alone what is right in %s: %s', async (file, text) => {
    expect(await findings(file, text)).toEqual([]);
  });
});

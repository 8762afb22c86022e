import eslint from '@eslint/js';
import jest from 'eslint-plugin-jest';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Time, ids and randomness are ports: what the domain decides can be replayed from its inputs alone.
const impure = {
  globals: [
    'setTimeout',
    'setInterval',
    'setImmediate',
    'performance',
    'crypto',
    'process',
    'globalThis',
  ].map((name) => ({
    name,
    message: 'The domain and its use cases are given time, ids and chance by ports.',
  })),
  properties: [
    { object: 'Date', property: 'now', message: 'Take the time from a Clock.' },
    { object: 'Math', property: 'random', message: 'Take chance from a port.' },
  ],
  syntax: [
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
      message: 'Take the time from a Clock.',
    },
    { selector: 'CallExpression[callee.name="Date"]', message: 'Take the time from a Clock.' },
    { selector: 'Identifier[name="randomUUID"]', message: 'Take ids from a port.' },
  ],
};

const environment = {
  object: 'process',
  property: 'env',
  message: 'The environment is read in src/entrypoints/composition/config.ts alone.',
};

const environmentImport = {
  selector: 'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
  message: environment.message,
};

const barrels = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that has it.' },
];

export default defineConfig(
  { ignores: ['coverage/', 'dist/', '.registry/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  // Names are cleaned of control characters: expressions that name them are meant.
  { rules: { 'no-control-regex': 'off' } },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // A port's method is a promise even where an adapter has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'infra/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', environment],
      'no-restricted-syntax': ['error', environmentImport, ...barrels],
    },
  },
  {
    // Where a person starts something, and is told what came of it.
    files: ['src/entrypoints/**/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/entrypoints/composition/config.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-syntax': ['error', ...barrels] },
  },
  {
    files: ['src/domain/**/*.ts', 'src/application/**/*.ts', 'infra/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure.globals],
      'no-restricted-properties': ['error', environment, ...impure.properties],
      'no-restricted-syntax': ['error', environmentImport, ...barrels, ...impure.syntax],
    },
  },
  {
    // What builds bundles, and what loads one in a Lambda.
    files: ['infra/bundles/**/*.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', environmentImport, ...barrels],
    },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended'], jest.configs['flat/style']],
    rules: {
      // Suites of assertions are shared by the adapters of a port: what they are called says that they expect.
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'assert*', 'fc.assert'] }],
      'jest/no-commented-out-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/no-duplicate-hooks': 'error',
      'jest/prefer-strict-equal': 'off',
      'jest/prefer-hooks-on-top': 'error',
      // `expect(port.method)` is how ts-mockito and jest name a method.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Contract suites are functions that a test file calls with its adapter.
    files: ['test/contracts/**/*.ts', 'test/support/**/*.ts'],
    rules: {
      'jest/no-export': 'off',
      'jest/no-standalone-expect': 'off',
      'jest/require-top-level-describe': 'off',
    },
  },
);

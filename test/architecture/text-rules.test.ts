import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesBelow, REPOSITORY } from './repository.ts';
import { breachesOf } from './text-rules.ts';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');

describe('the text of the repository', () => {
  const files = filesBelow('.');

  it('is read', () => {
    expect(files).toContain('infra/tables.ts');
    expect(files).toContain('package-lock.json');
    expect(files.filter((path) => path.startsWith('src/')).length).toBeGreaterThan(40);
  });

  it('breaks no rule', () => {
    expect(files.flatMap((path) => breachesOf(path, read(path)))).toEqual([]);
  });

  it.each([
    ['src/adapters/dynamodb/planted.ts', `import { ScanCommand } from '@aws-sdk/lib-dynamodb';`],
    ['src/adapters/dynamodb/planted.ts', 'for await (const page of paginateScan(paging, {})) use(page);'],
    ['src/adapters/dynamodb/planted.ts', 'await client.scan({ TableName });'],
    ['src/adapters/local/planted.ts', `headers['x-amz-target'] = 'DynamoDB_20120810.Scan';`],
    ['README.md', `npm ci --registry https://registry.${'npmjs'}.org/`],
    ['docs/planted.md', 'Open /home/someone/registry/data.'],
    ['test/domain/planted.test.ts', `readFileSync('/mnt/data.csv')`],
    ['package-lock.json', `"resolved": ${JSON.stringify('https://packages.example/uuid.tgz')}`],
  ])('is refused where %s says %s', (path, line) => {
    expect(breachesOf(path, `one\n${line}\n`)).toEqual([expect.stringMatching(`^${path}:2: `)]);
  });

  it.each([
    ['src/domain/profiles/planted.ts', 'export const scanned = scanLine(text);'],
    ['docs/planted.md', 'There is no Scan in src/; open http://localhost:3000/home.'],
    ['.ci/run', '#!/usr/bin/env bash'],
  ])('may say, in %s, %s', (path, line) => {
    expect(breachesOf(path, line)).toEqual([]);
  });
});

describe('package.json', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
  const rangesOf = (versions: Readonly<Record<string, string>>): string[] =>
    Object.entries(versions).flatMap(([name, version]) =>
      /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? [] : [`${name} ${version}`],
    );

  it.each(['dependencies', 'devDependencies', 'optionalDependencies'])('pins its %s', (kind) => {
    expect(Object.keys(manifest[kind] ?? {})).not.toHaveLength(0);
    expect(rangesOf(manifest[kind] ?? {})).toEqual([]);
  });

  it.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1.0.0'])(
    'would be refused with a range such as %s',
    (range) => {
      expect(rangesOf({ planted: range, fine: '1.2.3' })).toEqual([`planted ${range}`]);
    },
  );
});

describe('package-lock.json', () => {
  type Packages = Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>;

  /** Optional packages that are named but not locked: `npm ci` refuses a lock file that has any, on every platform. */
  const missingFrom = (packages: Packages): string[] =>
    Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) =>
        foldersAbove(path).every((folder) => packages[`${folder}node_modules/${name}`] === undefined),
      ),
    );
  const foldersAbove = (path: string): string[] => {
    const parts = path.split(/(?=node_modules\/)/);
    return [
      '',
      ...parts.map(
        (_, index) =>
          `${parts
            .slice(0, index + 1)
            .join('')
            .replace(/\/$/, '')}/`,
      ),
    ];
  };

  it('has the packages of every platform', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Packages };
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(missingFrom(packages)).toEqual([]);
  });

  it('would be refused without those of another platform', () => {
    const engine = { optionalDependencies: { '@engine/linux': '1.0.0', '@engine/mac': '1.0.0' } };
    const packages = { 'node_modules/engine': engine, 'node_modules/@engine/linux': {} };
    expect(missingFrom(packages)).toEqual(['@engine/mac']);
    expect(missingFrom({ ...packages, 'node_modules/engine/node_modules/@engine/mac': {} })).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesBelow, REPOSITORY } from './repository.ts';

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...filesBelow('docs').filter((path) => path.endsWith('.md')),
];

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { scripts: object }).scripts,
);

/** What a document names that does not exist: files and folders of the repository, linked files, npm scripts. */
function brokenNames(path: string, text: string): string[] {
  const named = [...text.matchAll(/`((?:src|test|infra|maps|sample|bench|docs|\.ci)\/[^`\s<>*…]*)`/g)].map(
    ([, file]) => file!,
  );
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, file]) =>
    normalize(join(dirname(path), file!)),
  );
  const run = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script!);
  return [
    ...[...named, ...linked].filter((file) => !existsSync(join(REPOSITORY, file))),
    ...run.filter((script) => !scripts.includes(script)).map((script) => `npm run ${script}`),
  ];
}

describe('the documents', () => {
  it('are found', () => {
    expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/data-model.md']));
  });

  it.each(DOCUMENTS)('%s names only what exists', (path) => {
    expect(brokenNames(path, readFileSync(join(REPOSITORY, path), 'utf8'))).toEqual([]);
  });

  it.each([
    ['`src/domain/planted.ts`', 'src/domain/planted.ts'],
    ['[decision](0000-planted.md)', 'docs/adr/0000-planted.md'],
    ['`npm run planted -- now`', 'npm run planted'],
  ])('would be refused where one says %s', (text, name) => {
    expect(brokenNames('docs/adr/0001-planted.md', `See ${text}, and \`src/domain/\`.`)).toEqual([name]);
  });

  it('begin with the two commands', () => {
    const readme = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
    expect(readme.slice(0, 600)).toMatch(/npm ci && npm start\s[^]*npm ci && npm test\s/);
  });
});

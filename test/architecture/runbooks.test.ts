import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesBelow, REPOSITORY } from './repository.ts';

const RUNBOOKS = filesBelow('docs/runbooks');
const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');

/** What `--help` says of each command, by its name. */
const usages = new Map(
  filesBelow('src/entrypoints/cli/commands').flatMap((path) => {
    const source = read(path);
    const name = /^ {2,4}name: '([\w-]+)',$/m.exec(source)?.[1];
    return name === undefined ? [] : [[name, /const USAGE = `([^]*?)`;/.exec(source)?.[1] ?? '']];
  }),
);

/** Commands and options of `npm run registry` that a text names and that do not exist. */
function brokenCommands(text: string): string[] {
  return [...text.matchAll(/npm\s+run\s+registry\s+(?:-s\s+)?--\s+([\w-]+)([^`]*)/g)].flatMap(
    ([, name = '', rest = '']) => {
      const usage = usages.get(name);
      if (usage === undefined) return [name];
      const options = [...rest.matchAll(/--[a-z]+/g)].map(([option]) => option);
      return options.filter((option) => !usage.includes(option)).map((option) => `${name} ${option}`);
    },
  );
}

describe('the runbooks', () => {
  it('are found, and the commands too', () => {
    expect(RUNBOOKS.length).toBeGreaterThan(5);
    expect([...usages.keys()]).toEqual(expect.arrayContaining(['audit', 'canary', 'redrive', 'set-aside']));
  });

  it.each(RUNBOOKS.map((path) => [basename(path, '.md'), path]))(
    '%s says what it means, what users see, where to look and what to do',
    (_name, path) => {
      const sections = [...read(path).matchAll(/^## (.*)$/gm)].map(([, title]) => title);
      expect(sections).toEqual(['What it means', 'What users see', 'Look at', 'Do']);
    },
  );

  it.each([...RUNBOOKS, 'docs/operations.md'])('%s names commands that exist', (path) => {
    expect(brokenCommands(read(path))).toEqual([]);
  });

  it('would be refused where one names a command or an option that does not', () => {
    const text = 'Run `npm run registry -- planted` or\n`npm run registry -- audit --planted --repair`.';
    expect(brokenCommands(text)).toEqual(['planted', 'audit --planted']);
  });
});

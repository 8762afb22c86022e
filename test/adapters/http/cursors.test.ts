import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Cursors, type CursorSecrets, type Secrets } from '../../../src/adapters/http/cursors.ts';

const LIST = ['/v1/companies', { by: 'country', countryCode: 'US' }];
const cursors = new Cursors('a secret');

describe('a cursor', () => {
  it('says where its list goes on, in characters that a URL may have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (continuation) => {
        const cursor = await cursors.issue(LIST, continuation);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(await cursors.read(LIST, cursor)).toBe(continuation);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with any of its characters changed', async () => {
    const cursor = await cursors.issue(LIST, 'continuation');
    for (const index of cursor.split('').keys()) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const edited = cursor.slice(0, index) + other + cursor.slice(index + 1);
      await expect(cursors.read(LIST, edited)).rejects.toThrow('?cursor');
    }
  });

  it('is refused by another list and under another secret', async () => {
    const cursor = await cursors.issue(LIST, 'continuation');
    await expect(cursors.read(['/v1/companies', { by: 'nothing' }], cursor)).rejects.toThrow('?cursor');
    await expect(new Cursors('another secret').read(LIST, cursor)).rejects.toThrow('?cursor');
  });

  it('is refused in any other spelling of the same bytes', async () => {
    const cursor = await cursors.issue(LIST, 'continuation?>');
    const bytes = Buffer.from(cursor, 'base64url');
    const others = [bytes.toString('base64'), `${cursor}=`, ` ${cursor}`, `${cursor}!`];
    for (const spelling of others.filter((other) => other !== cursor)) {
      await expect(cursors.read(LIST, spelling)).rejects.toThrow('?cursor');
    }
  });
});

describe('the secret of cursors', () => {
  /** What one instance knows of the secrets, and what it would learn if it asked again. */
  const knowing = (known: Secrets, kept = known): CursorSecrets => ({
    current: async () => known,
    renewed: async () => kept,
  });

  it('may be followed by another one: what the one before has signed stays good, what the next one signs is good', async () => {
    const before = new Cursors(knowing(['first'], ['second', 'first']));
    const after = new Cursors(knowing(['second', 'first']));
    expect(await after.read(LIST, await before.issue(LIST, 'x'))).toBe('x');
    expect(await before.read(LIST, await after.issue(LIST, 'y'))).toBe('y');
  });

  it('is good no more when two have followed it', async () => {
    const cursor = await new Cursors('first').issue(LIST, 'x');
    const later = new Cursors(knowing(['third', 'second']));
    await expect(later.read(LIST, cursor)).rejects.toThrow('?cursor');
  });

  it('is not asked for before there is a cursor', async () => {
    let asked = 0;
    const counting: CursorSecrets = {
      current: async () => [`${++asked}`],
      renewed: async () => undefined,
    };
    const lists = new Cursors(counting);
    await expect(lists.read(LIST, 'too short')).rejects.toThrow('?cursor');
    expect(asked).toBe(0);
    await lists.issue(LIST, 'x');
    expect(asked).toBe(1);
  });
});

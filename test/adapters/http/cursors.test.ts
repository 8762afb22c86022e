import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Cursors } from '../../../src/adapters/http/cursors.ts';

const LIST = ['/v1/companies', { by: 'country', countryCode: 'US' }];
const cursors = new Cursors('a secret');

describe('a cursor', () => {
  it('says where its list goes on, in characters that a URL may have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (continuation) => {
        const cursor = cursors.issue(LIST, continuation);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(cursors.read(LIST, cursor)).toBe(continuation);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with any of its characters changed', () => {
    const cursor = cursors.issue(LIST, 'continuation');
    for (const index of cursor.split('').keys()) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const edited = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => cursors.read(LIST, edited)).toThrow('?cursor');
    }
  });

  it('is refused by another list and under another secret', () => {
    const cursor = cursors.issue(LIST, 'continuation');
    expect(() => cursors.read(['/v1/companies', { by: 'nothing' }], cursor)).toThrow('?cursor');
    expect(() => new Cursors('another secret').read(LIST, cursor)).toThrow('?cursor');
  });

  it('is refused in any other spelling of the same bytes', () => {
    const cursor = cursors.issue(LIST, 'continuation?>');
    const bytes = Buffer.from(cursor, 'base64url');
    const others = [bytes.toString('base64'), `${cursor}=`, ` ${cursor}`, `${cursor}!`];
    for (const spelling of others.filter((other) => other !== cursor)) {
      expect(() => cursors.read(LIST, spelling)).toThrow('?cursor');
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { followDocument, type CountedDocument } from '../../../src/domain/statistics/counted-document.ts';
import { kindOf } from '../../../src/domain/statistics/document-kind.ts';
import { NO_DOCUMENTS, recounted, totalsOf } from '../../../src/domain/statistics/document-totals.ts';
import { aCountedDocument, aRemovedDocument } from '../../support/counted-document-mother.ts';

const of = (contentType: string, size: number, number = 1): CountedDocument =>
  aCountedDocument(number, { content: { contentType, size } });

describe('the kind of a document', () => {
  it.each([
    ['application/pdf', 'application/pdf'],
    ['Text/CSV; charset=utf-8; header=present', 'text/csv'],
    ['text/plain;x=y', 'text/plain'],
    ['image/x-anything', 'image/*'],
    ['application/vnd.unheard-of+json', 'application/*'],
    ['chemical/x-pdb', 'other'],
    ['', 'other'],
  ])('of %j is %s', (contentType, kind) => {
    expect(kindOf(contentType)).toBe(kind);
  });

  it('is one of a few, whatever the type, and the same for the kind itself', () => {
    const token = fc.stringMatching(/^[a-z0-9!#$&^_.+'*-]{1,20}$/);
    const family = fc.oneof(token, fc.constantFrom('application', 'audio', 'image', 'text', 'constructor'));
    fc.assert(
      fc.property(family, token, (first, second) => {
        const kind = kindOf(`${first}/${second}`);
        expect([`${first}/*`, `${first}/${second}`, 'other']).toContain(kind);
        expect(kind.length).toBeLessThanOrEqual(80);
        expect(kindOf(kind)).toBe(kind);
      }),
    );
    const kinds = new Set(Array.from({ length: 500 }, (_, index) => kindOf(`application/x-${index}`)));
    expect(kinds).toEqual(new Set(['application/*']));
  });
});

describe('the totals of documents', () => {
  it('count them, their bytes and each kind, in the order of the kinds', () => {
    const documents = [of('text/csv', 5), of('image/x-a', 1), of('image/x-b', 2), aRemovedDocument(4)];
    expect(totalsOf(documents)).toEqual({ count: 3, bytes: 8, types: { 'image/*': 2, 'text/csv': 1 } });
    expect(Object.keys(totalsOf(documents).types)).toEqual(['image/*', 'text/csv']);
    expect(totalsOf([])).toEqual(NO_DOCUMENTS);
  });

  it('come to the same by each change, as when they are counted from the start', () => {
    const change = fc.record({
      number: fc.integer({ min: 1, max: 4 }),
      contentType: fc.constantFrom('text/csv', 'image/x-a', 'image/x-b', undefined),
      size: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const documents = new Map<number, CountedDocument>();
        let totals = NO_DOCUMENTS;
        for (const { number, contentType, size } of changes) {
          const after = contentType === undefined ? aRemovedDocument(number) : of(contentType, size, number);
          totals = recounted(totals, documents.get(number), after);
          documents.set(number, after);
        }
        expect(totals).toEqual(totalsOf(documents.values()));
      }),
    );
  });
});

describe('following a document', () => {
  const at = (version: number, epoch = 1): CountedDocument =>
    aCountedDocument(1, { position: { epoch, version } });

  it.each([
    ['followed', undefined, at(2)],
    ['followed', at(2), at(3)],
    ['followed', at(9), at(1, 2)],
    ['followed', at(2), aRemovedDocument(1, 3)],
    ['followed', aRemovedDocument(1, 3), at(4)],
    ['duplicate', at(2), { ...at(2), requestId: 'another' }],
    ['duplicate', aRemovedDocument(1, 3), aRemovedDocument(1, 3)],
    ['stale', aRemovedDocument(1, 3), at(2)],
    ['stale', at(1, 2), at(9)],
    ['fork', at(2), { ...at(2), content: { contentType: 'application/pdf', size: 1 } }],
    ['fork', at(3), aRemovedDocument(1, 3)],
  ] as const)('is %s where %j is known and %j comes', (outcome, known, change) => {
    expect(followDocument(known, change)).toBe(outcome);
  });
});

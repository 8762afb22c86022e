import { describe, expect, it } from '@jest/globals';
import { objectKeyOf, placeOf } from '../../../src/domain/profiles/document-key.ts';
import { documentFactsOf, documentIdOf } from '../../../src/domain/profiles/document.ts';
import { isEarlier } from '../../../src/domain/profiles/sequencer.ts';
import { contradicts, sniffedTypeOf } from '../../../src/domain/profiles/sniffed-type.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { documentIdAt } from '../../support/document-mother.ts';
import { violationsOf } from '../../support/violations-of.ts';

const facts = { fileName: 'Report.pdf', contentType: 'application/pdf', size: 1 };

describe('what is declared of a document', () => {
  it('is in normal form', () => {
    const sha256 = 'AB'.repeat(32);
    expect(
      documentFactsOf({
        fileName: ' Cafe\u0301.txt ',
        contentType: 'Text/Plain; charset=UTF-8',
        size: 100_000_000,
        sha256,
      }),
    ).toEqual({
      fileName: 'Café.txt',
      contentType: 'text/plain; charset=utf-8',
      size: 100_000_000,
      sha256: 'ab'.repeat(32),
    });
  });

  it.each([
    ['fileName', { fileName: '' }],
    ['fileName', { fileName: '../passwd' }],
    ['fileName', { fileName: 'a\\b' }],
    ['fileName', { fileName: '..' }],
    ['fileName', { fileName: 'a\r\nb' }],
    ['fileName', { fileName: 'x'.repeat(201) }],
    ['contentType', { contentType: 'pdf' }],
    ['contentType', { contentType: 'text/plain\r\nx: y' }],
    ['contentType', { contentType: `text/${'x'.repeat(200)}` }],
    ['size', { size: 0 }],
    ['size', { size: 1.5 }],
    ['size', { size: 100_000_001 }],
    ['sha256', { sha256: 'ab' }],
  ])('is refused for its %s: %j', (path, wrong) => {
    expect(violationsOf(() => documentFactsOf({ ...facts, ...wrong }))).toEqual([
      expect.stringMatching(`^${path}: must `),
    ]);
  });
});

describe('the key of an object', () => {
  it('made for a slot leads back to it', () => {
    expect(placeOf(objectKeyOf(companyIdAt(1), documentIdAt(2)))).toEqual({
      companyId: companyIdAt(1),
      documentId: documentIdAt(2),
      fileName: documentIdAt(2),
    });
  });

  it.each([
    ['red flower+.jpg', 'red flower+.jpg'],
    ['2025/report.pdf', 'report.pdf'],
    ['../../report.pdf', 'report.pdf'],
    ['..', 'document'],
    ['\u202egpj.exe', 'document'],
  ])('of an object without a slot has its company and a name: %s', (rest, fileName) => {
    expect(placeOf(`documents/${companyIdAt(1)}/${rest}`)).toEqual({ companyId: companyIdAt(1), fileName });
  });

  it.each([
    'report.pdf',
    `documents/${companyIdAt(1)}`,
    `documents/${companyIdAt(1)}/`,
    `documents/${companyIdAt(1)}/folder/`,
    'documents/../x/y',
    `Documents/${companyIdAt(1)}/x`,
    `documents/0000000A-0000-7000-8000-000000000001/x`,
  ])('may lead nowhere: %s', (key) => {
    expect(placeOf(key)).toBeUndefined();
  });
});

describe('the id of a document', () => {
  it('is a UUID', () => {
    expect(documentIdOf(documentIdAt(10).toUpperCase())).toBe(documentIdAt(10));
    expect(violationsOf(() => documentIdOf('..'))).toHaveLength(1);
  });
});

describe('first bytes', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

  it.each([
    ['%PDF-1.7', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['PK\x03\x04', 'application/zip'],
    ['PK\x05\x06', 'application/zip'],
    ['\x1f\x8b\x08', 'application/gzip'],
    ['name,country\nAcme,US\n', 'text/plain'],
    ['{"name": "Acme"}', 'text/plain'],
    ['\xff\xfea\0', 'text/plain'],
    ['Soci\xc3\xa9t\xc3\xa9', 'text/plain'],
    ['a\0b', 'application/octet-stream'],
    ['', undefined],
  ])('of %j show %s', (text, type) => {
    expect(sniffedTypeOf(bytes(text))).toBe(type);
  });

  it.each([
    ['application/pdf', 'application/pdf', false],
    ['application/pdf', 'application/zip', true],
    ['application/pdf', 'text/plain', true],
    ['application/pdf', undefined, true],
    ['application/x-zip-compressed', 'application/zip', false],
    ['text/csv; charset=utf-8', 'text/plain', false],
    ['text/csv', 'application/zip', true],
    ['application/json', 'application/pdf', true],
    ['image/svg+xml', 'image/png', true],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/zip', false],
    ['application/octet-stream', 'application/pdf', false],
  ])('may contradict what was declared: %s, %s', (declared, sniffed, expected) => {
    expect(contradicts(declared, sniffed)).toBe(expected);
  });
});

describe('a sequencer', () => {
  it.each([
    ['0A', '0B', true],
    ['0b', '0A', false],
    ['0A', '0a', false],
    ['55AED6DCD90281E5', '0055AED6DCD90281E6', false],
    ['0055AED6DCD90281E4', '0055AED6DCD90281E5', true],
    ['0055AED6DCD90281E5', '0055AED6DCD90281E5FF', true],
    ['0055AED6DCD90281E5FF', '0055AED6DCD90281E5', false],
    ['9', '10', false],
    ['10', '9', false],
    ['1', '10', false],
    ['', '1', false],
    ['zz', 'ff', false],
  ])('%s is earlier than %s for certain: %s', (left, right, expected) => {
    expect(isEarlier(left, right)).toBe(expected);
  });
});

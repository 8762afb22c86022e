import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readObservations } from '../../../src/adapters/sns/statistics/read-observations.ts';
import { Unintelligible } from '../../../src/application/statistics/ports/unintelligible.ts';
import { companyIdAt } from '../../support/company-mother.ts';

const SCHEMA = new URL(
  '../../../src/adapters/messaging/schemas/company-observations.v1.json',
  import.meta.url,
);
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

const price = { metric: 'price', unit: 'USD', observedAt: '2026-01-31', value: '104.20', source: 'feed' };
const byId = { companyId: companyIdAt(1), observations: [price] };
const byIdentifier = { identifier: { scheme: 'cik', value: '320193' }, observations: [price] };

const readFrom = (message: unknown) => readObservations(JSON.stringify(message));

describe('a message of observations', () => {
  it.each([
    ['by id', byId],
    ['by identifier', byIdentifier],
    ['of many', { ...byId, observations: new Array(500).fill(price) }],
    ['with a number', { ...byId, observations: [{ ...price, value: 104.2 }] }],
    ['with a time of report', { ...byId, observations: [{ ...price, reportedAt: '2026-02-01T08:00:00Z' }] }],
  ])('is one to its schema and to its reader: %s', (_, message) => {
    expect(validate(message)).toBe(true);
    expect(() => readFrom(message)).not.toThrow();
  });

  it.each([
    ['an id and an identifier', { ...byId, identifier: byIdentifier.identifier }],
    ['neither', { observations: [price] }],
    ['an id that is none', { ...byId, companyId: 'apple' }],
    ['an identifier without a value', { ...byIdentifier, identifier: { scheme: 'cik' } }],
    ['no observations', { companyId: companyIdAt(1) }],
    ['an empty list', { ...byId, observations: [] }],
    ['too many', { ...byId, observations: new Array(501).fill(price) }],
    ['no list', { ...byId, observations: price }],
    ['a list in the place of the message', [byId]],
  ])('is none with %s', (_, message) => {
    expect(validate(message)).toBe(false);
    expect(() => readFrom(message)).toThrow(Unintelligible);
  });

  it('is none where it is no JSON, or states a member twice', () => {
    expect(() => readObservations('{"companyId":')).toThrow(Unintelligible);
    expect(() => readObservations('{"companyId":"a","companyId":"b","observations":[]}')).toThrow(
      Unintelligible,
    );
  });

  it('names the company by an identifier in its normal form', () => {
    expect(readFrom(byIdentifier).company).toEqual({
      identifier: { scheme: 'cik', value: '0000320193' },
    });
  });

  it('names no company by an identifier whose check digits do not fit', () => {
    const message = { ...byIdentifier, identifier: { scheme: 'lei', value: 'HWUPKR0MPOU8FGXBT395' } };
    expect(() => readFrom(message)).toThrow(/identifier\.value: is no LEI/);
  });

  it('keeps the digits of a number as they were written', () => {
    const { observations } = readObservations(JSON.stringify(byId).replace('"104.20"', '104.200000000000'));
    expect(observations).toEqual([{ ...price, value: '104.200000000000' }]);
  });

  it.each([
    ['a number that may have been rounded', { ...price, value: 9_007_199_254_740_992 }, 'value', /16 digits/],
    ['no unit', { ...price, unit: undefined }, 'unit', /is required/],
    ['what nobody knows', { ...price, currency: 'USD' }, 'currency', /is unknown/],
    ['a value that is none', { ...price, value: true }, 'value', /must be a text or a number/],
    ['a metric that is no text', { ...price, metric: ['price'] }, 'metric', /must be a text/],
  ])('has an observation of its own fault with %s, which spoils no other', (_, wrong, member, detail) => {
    const { observations } = readFrom({ ...byId, observations: [wrong, price] });
    expect(observations).toEqual([
      { violations: [{ path: [member], detail: expect.stringMatching(detail) as unknown as string }] },
      price,
    ]);
  });
});

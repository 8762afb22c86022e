import { describe, expect, it } from '@jest/globals';
import { UuidCompanyIds } from '../../../src/adapters/system/uuid-company-ids.ts';

const ids = new UuidCompanyIds();
const VERSION_AT = 14;

describe('the ids of companies', () => {
  it('are UUIDs of version 7, each later than the one before', () => {
    const made = Array.from({ length: 10_000 }, () => ids.next());
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made.map((id) => id[VERSION_AT]))).toEqual(new Set(['7']));
  });

  it('are UUIDs of version 5 of caller and key, the same ones for ever', () => {
    expect(ids.ofRequest('caller', 'key')).toBe('abdfff12-6d4a-5e51-8b1b-2304d46ed74b');
    expect(new UuidCompanyIds().ofRequest('caller', 'key')).toBe(ids.ofRequest('caller', 'key'));
  });

  it('differ by caller and by key, however the two are put together', () => {
    const requests = [
      ['caller', 'key'],
      ['caller', 'key2'],
      ['caller2', 'key'],
      ['callerkey', ''],
      ['', 'callerkey'],
      ['a","b', 'c'],
      ['a', 'b","c'],
      ['\ud800', 'key'],
      ['\udc00', 'key'],
    ] as const;
    expect(new Set(requests.map(([caller, key]) => ids.ofRequest(caller, key))).size).toBe(requests.length);
  });
});

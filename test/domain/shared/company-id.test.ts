import { describe, expect, it } from '@jest/globals';
import { companyIdOf } from '../../../src/domain/shared/company-id.ts';
import { violationsOf } from '../../support/violations-of.ts';

describe('a companyId', () => {
  it('is a UUID in lower case', () => {
    expect(companyIdOf('019B7C3E-0000-7000-8000-00000000000A')).toBe('019b7c3e-0000-7000-8000-00000000000a');
  });

  it.each([
    '',
    'acme',
    '019b7c3e00007000800000000000000a',
    '{019b7c3e-0000-7000-8000-00000000000a}',
    '019b7c3e-0000-7000-8000-00000000000a\n',
    '019b7c3e-0000-7000-8000-00000000000g',
  ])('is not %j', (text) => {
    expect(violationsOf(() => companyIdOf(text))).toEqual(['companyId: must be a UUID']);
  });
});

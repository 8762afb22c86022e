import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { companyFactsOf, STATUSES, type CompanyFacts } from '../../../src/domain/profiles/company-facts.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import { allFacts, cikOf, someFacts, tickerOf } from '../../support/company-mother.ts';
import { shortOrLong } from '../../support/test-length.ts';
import { violationsOf } from '../../support/violations-of.ts';

const factsWith = (facts: Partial<CompanyFacts>): CompanyFacts => companyFactsOf(someFacts(facts));
const faultsOf = (facts: Partial<CompanyFacts>): string[] => violationsOf(() => factsWith(facts));

describe('the facts of a company', () => {
  it('are kept as they are where they are in normal form', () => {
    expect(companyFactsOf(allFacts())).toEqual(allFacts());
  });

  it('need a name, a status and a country only', () => {
    expect(companyFactsOf(someFacts())).toEqual(someFacts());
  });

  it('are all told to be wrong at once', () => {
    const wrong = { name: ' ', countryCode: 'XX', identifiers: [cikOf(1), { scheme: 'lei', value: 'no' }] };
    expect(faultsOf(wrong)).toEqual([
      'name: must not be blank',
      'countryCode: must be an ISO 3166-1 alpha-2 country code, such as US',
      'identifiers.1.value: is no LEI: 20 letters and digits whose ISO 17442 check digits must fit',
    ]);
  });

  it('never become other ones when they are normalised again', () => {
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        const normal = normalOf(facts);
        fc.pre(normal !== undefined);
        expect(companyFactsOf(normal)).toEqual(normal);
      }),
      { numRuns: shortOrLong(100, 1_000) },
    );
  });
});

describe('a status', () => {
  it('is one of three', () => {
    expect(STATUSES.map((status) => factsWith({ status }).status)).toEqual([
      'active',
      'dormant',
      'dissolved',
    ]);
    expect(faultsOf({ status: 'constructor' as 'active' })).toEqual([
      'status: must be one of active, dormant, dissolved',
    ]);
  });
});

describe('a country', () => {
  it('is written in upper case', () => {
    expect(factsWith({ countryCode: ' de ' }).countryCode).toBe('DE');
  });

  it.each(['', 'D', 'USA', 'ZZ', 'ß', 'ﬁ', 'ıt', '__proto__'])(
    'is an ISO 3166-1 code, not %j',
    (countryCode) => {
      expect(faultsOf({ countryCode })).toEqual([
        'countryCode: must be an ISO 3166-1 alpha-2 country code, such as US',
      ]);
    },
  );
});

describe('an industry’s scheme', () => {
  it('is kept in lower case, the code as it is given', () => {
    const industry = { scheme: ' NACE-Rev2 ', code: 'C26.2', label: 'Computers' };
    expect(factsWith({ industry }).industry).toEqual({ ...industry, scheme: 'nace-rev2' });
  });

  it('is bounded as it is kept', () => {
    // The lower case of this letter has two code points.
    expect(faultsOf({ industry: { scheme: 'İ'.repeat(21), code: '1', label: 'A' } })).toHaveLength(1);
  });
});

describe('identifiers', () => {
  it('are kept once each, in the order of the first', () => {
    const identifiers = [tickerOf('BRK.B'), cikOf(1), tickerOf('brk-b'), { scheme: 'CIK', value: '1' }];
    expect(factsWith({ identifiers }).identifiers).toEqual([tickerOf('BRK-B'), cikOf(1)]);
  });

  it('may be twenty', () => {
    const identifiers = Array.from({ length: 20 }, (_, index) => cikOf(index + 1));
    expect(factsWith({ identifiers }).identifiers).toHaveLength(20);
    expect(faultsOf({ identifiers: [...identifiers, cikOf(21)] })).toEqual([
      'identifiers: must have at most 20 entries',
    ]);
  });
});

describe('tags', () => {
  it('are kept once each', () => {
    expect(factsWith({ tags: ['a', ' a', 'A', 'e\u0301', '\u00e9'] }).tags).toEqual(['a', 'A', '\u00e9']);
  });

  it('are bounded in number and length', () => {
    expect(faultsOf({ tags: Array.from({ length: 21 }, String) })).toEqual([
      'tags: must have at most 20 entries',
    ]);
    expect(faultsOf({ tags: ['a', 'b'.repeat(51)] })).toEqual([
      'tags.1: must have at most 50 characters, has 51',
    ]);
  });
});

describe('a website', () => {
  it.each([
    'https://example.com',
    'HTTP://Example.COM/',
    'http://example.com:8080/a?b=c#d',
    'https://例え.jp/会社',
    'https://example.com?q={a|b}',
    'https://localhost./',
  ])('is an absolute URL: %s', (website) => {
    expect(factsWith({ website }).website).toBe(website);
  });

  it.each([
    'example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    'https://',
    'https:///path',
    'https://a b',
    'https://a\ufeffb',
    'https://user@example.com',
    'https://good.example\\@evil.example',
    'https://..',
    'https://a..b',
    'https://example.com:',
    'https://example.com:65536',
    'https://example.com/"onclick="',
    'https://<b>',
  ])('is not %s', (website) => {
    expect(faultsOf({ website })).toEqual(['website: must be an absolute http or https URL']);
  });

  it('is judged without delay, however long it is', () => {
    expect(faultsOf({ website: `https://${'a.'.repeat(200_000)}"` })).toContain(
      'website: must be an absolute http or https URL',
    );
  });
});

describe('the day of foundation', () => {
  it.each(['1888', '1888-07', '1888-07-31', '2024-02-29', '2000-02-29', ' 0001 '])(
    'may be %s',
    (foundedOn) => {
      expect(factsWith({ foundedOn }).foundedOn).toBe(foundedOn.trim());
    },
  );

  it.each([
    '',
    '0000',
    '88',
    '1888-7',
    '1888-13',
    '1888-00',
    '1888-07-00',
    '2023-02-29',
    '1900-02-29',
    '1888-04-31',
  ])('is a day of the calendar, not %j', (foundedOn) => {
    expect(faultsOf({ foundedOn })).toHaveLength(1);
  });

  it.each(['2013 (1888)', '1888-07-01T00:00:00Z', '+1888', '١٨٨٨'])(
    'is nothing else, like %j',
    (foundedOn) => {
      expect(faultsOf({ foundedOn })).toEqual([
        'foundedOn: must be a year, a month or a date: 1888, 1888-07 or 1888-07-01',
      ]);
    },
  );
});

describe('a description', () => {
  it('may have several lines', () => {
    expect(factsWith({ description: 'one\r\n\ttwo\n' }).description).toBe('one\r\n\ttwo');
  });

  it('is bounded and has no other control characters', () => {
    expect(faultsOf({ description: 'a\u0000' })).toEqual([
      'description: must not contain control characters',
    ]);
    expect(faultsOf({ description: '🏭'.repeat(2001) })).toEqual([
      'description: must have at most 2000 characters, has 2001',
    ]);
  });
});

describe('an address', () => {
  it('without a line is none', () => {
    expect(factsWith({ registeredOffice: {} })).toEqual(someFacts());
  });

  it('has lines and a country that are checked', () => {
    expect(factsWith({ registeredOffice: { locality: ' Paris ', country: 'fr' } }).registeredOffice).toEqual({
      locality: 'Paris',
      country: 'FR',
    });
    expect(faultsOf({ registeredOffice: { locality: '', country: 'France' } })).toEqual([
      'registeredOffice.locality: must not be blank',
      'registeredOffice.country: must be an ISO 3166-1 alpha-2 country code, such as US',
    ]);
  });

  it('keeps no part that an address does not have', () => {
    const registeredOffice = JSON.parse(
      '{"locality":"Paris","planet":"Earth","__proto__":{"region":"x"}}',
    ) as object;
    expect(factsWith({ registeredOffice }).registeredOffice).toEqual({ locality: 'Paris' });
  });
});

describe('an industry', () => {
  it('has a scheme without a colon', () => {
    expect(faultsOf({ industry: { scheme: 'gics:2', code: '1', label: 'x' } })).toEqual([
      'industry.scheme: must not contain a colon',
    ]);
  });
});

function normalOf(facts: CompanyFacts): CompanyFacts | undefined {
  try {
    return companyFactsOf(facts);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** Mostly acceptable facts, in whatever form a caller may write them. */
function anyFacts(): fc.Arbitrary<CompanyFacts> {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const identifier = fc.oneof(
    fc.record({ scheme: fc.constantFrom('registration-number', ' VAT '), value: text }),
    fc.record({ scheme: fc.constantFrom('cik', 'CIK'), value: fc.nat().map(String) }),
    fc.record({ scheme: fc.constant('ticker'), value: fc.stringMatching(/^[a-zA-Z]{1,4}[./ -]?[a-z]$/) }),
  );
  // `fc.webUrl` begins with a table of all characters, which takes a second.
  const path = fc.string({ unit: fc.constantFrom('a', 'B', '/', '?', '#', '=', '&', '.', '%C3%A9', 'é') });
  const website = fc
    .tuple(fc.webAuthority(), path)
    .map(([authority, rest]) => `https://${authority}/${rest}`);
  return fc.record(
    {
      name: text,
      status: fc.constantFrom(...STATUSES),
      countryCode: fc.constantFrom('US', ' fr', 'gb '),
      legalForm: text,
      industry: fc.record({ scheme: fc.constant(' sic'), code: text, label: text }),
      identifiers: fc.array(identifier, { maxLength: 5 }),
      registeredOffice: fc.record({ addressLine1: text, country: fc.constant('de') }, { requiredKeys: [] }),
      website,
      foundedOn: fc.constantFrom('1888', ' 1888-07 ', '1888-07-01'),
      description: text,
      tags: fc.array(text, { maxLength: 5 }),
    },
    { requiredKeys: ['name', 'status', 'countryCode', 'identifiers', 'tags'] },
  );
}

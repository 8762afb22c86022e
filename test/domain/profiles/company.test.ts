import { describe, expect, it } from '@jest/globals';
import {
  change,
  differenceOf,
  factsOf,
  register,
  remove,
  rename,
  type Company,
} from '../../../src/domain/profiles/company.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import {
  aCompany,
  allFacts,
  cikOf,
  companyIdAt,
  minutesLater,
  REGISTERED_AT,
  someFacts,
} from '../../support/company-mother.ts';

describe('registering', () => {
  it('makes version 1 of a company, with normalised facts and no past', () => {
    expect(register(companyIdAt(7), someFacts({ name: ' Acme ', countryCode: 'us' }), REGISTERED_AT)).toEqual(
      {
        ...someFacts(),
        companyId: companyIdAt(7),
        previousNames: [],
        version: 1,
        createdAt: REGISTERED_AT,
        updatedAt: REGISTERED_AT,
      },
    );
  });

  it('refuses what is no company', () => {
    expect(() => register(companyIdAt(7), someFacts({ name: '' }), REGISTERED_AT)).toThrow(InvalidInput);
  });
});

describe('changing', () => {
  it('given other facts, makes the next version and keeps identity and time of registration', () => {
    const company = aCompany(allFacts());
    const facts = allFacts({ status: 'dormant', tags: [] });
    expect(change(company, facts, minutesLater(1))).toEqual({
      ...facts,
      companyId: company.companyId,
      previousNames: [],
      version: 2,
      createdAt: REGISTERED_AT,
      updatedAt: minutesLater(1),
    });
  });

  it('given facts without one that was there, removes it', () => {
    const { description: _, ...facts } = allFacts();
    const changed = change(aCompany(allFacts()), facts, minutesLater(1));
    expect('description' in changed).toBe(false);
    expect(changed.version).toBe(2);
  });

  it.each([
    ['the same facts', allFacts()],
    ['the same facts in other words', allFacts({ name: ' Socie\u0301te\u0301 Générale', countryCode: 'fr' })],
    [
      'an identifier told twice',
      allFacts({ identifiers: [...allFacts().identifiers, ...allFacts().identifiers] }),
    ],
  ])('given %s, answers with the very same company', (_, facts) => {
    const company = aCompany(allFacts());
    expect(change(company, facts, minutesLater(1))).toBe(company);
  });

  it('leaves the company it was given as it was', () => {
    const company = aCompany(allFacts());
    const copy = structuredClone(company);
    change(company, someFacts({ name: 'Other' }), minutesLater(1));
    expect(company).toEqual(copy);
  });

  it('refuses facts that are none', () => {
    expect(() => change(aCompany(), someFacts({ countryCode: 'XX' }), minutesLater(1))).toThrow(InvalidInput);
  });
});

describe('renaming', () => {
  it('keeps the name that was and when it was', () => {
    const first = rename(aCompany({ name: 'A' }), 'B', minutesLater(1));
    const second = rename(first, 'C', minutesLater(3));
    expect(second).toMatchObject({ name: 'C', version: 3 });
    expect(second.previousNames).toEqual([
      { name: 'B', from: minutesLater(1), until: minutesLater(3) },
      { name: 'A', from: REGISTERED_AT, until: minutesLater(1) },
    ]);
  });

  it('back to an earlier name tells it among the previous ones', () => {
    const back = rename(rename(aCompany({ name: 'A' }), 'B', minutesLater(1)), 'A', minutesLater(2));
    expect(back.previousNames.map(({ name }) => name)).toEqual(['B', 'A']);
  });

  it('is not disturbed by changes of other facts in between', () => {
    const changed = change(aCompany({ name: 'A' }), someFacts({ name: 'A', tags: ['x'] }), minutesLater(1));
    expect(changed.previousNames).toEqual([]);
    expect(rename(changed, 'B', minutesLater(2)).previousNames).toEqual([
      { name: 'A', from: REGISTERED_AT, until: minutesLater(2) },
    ]);
  });

  it('keeps the twenty latest previous names', () => {
    let company = aCompany({ name: 'Name 0' });
    for (let i = 1; i <= 25; i++) company = rename(company, `Name ${i}`, minutesLater(i));
    expect(company.version).toBe(26);
    expect(company.previousNames).toHaveLength(20);
    expect(company.previousNames[0]).toEqual({
      name: 'Name 24',
      from: minutesLater(24),
      until: minutesLater(25),
    });
    expect(company.previousNames.at(-1)!.name).toBe('Name 5');
  });

  it('to the name that it has answers with the very same company', () => {
    const company = aCompany({ name: 'Acme' });
    expect(rename(company, ' Acme ', minutesLater(1))).toBe(company);
  });

  it('changes nothing else', () => {
    const company = aCompany(allFacts());
    expect(factsOf(rename(company, 'Other', minutesLater(1)))).toEqual(allFacts({ name: 'Other' }));
  });
});

describe('removing', () => {
  it('leaves a tombstone with the last facts and without identifiers', () => {
    const company = aCompany(allFacts());
    expect(remove(company, minutesLater(1))).toEqual({
      ...company,
      identifiers: [],
      version: 2,
      updatedAt: minutesLater(1),
      removedAt: minutesLater(1),
    });
  });
});

describe('the difference of two states', () => {
  it('names what changed, and what it was before', () => {
    const { website: _, ...after } = allFacts({ name: 'Other', registeredOffice: { locality: 'Lyon' } });
    expect(differenceOf(allFacts(), after)).toEqual({
      changed: ['name', 'registeredOffice', 'website'],
      previous: {
        name: allFacts().name,
        registeredOffice: allFacts().registeredOffice,
        website: allFacts().website,
      },
    });
  });

  it('from nothing names all that is there', () => {
    expect(differenceOf(undefined, someFacts())).toEqual({
      changed: ['name', 'status', 'countryCode', 'identifiers', 'tags'],
      previous: {},
    });
  });

  it('names a fact that is new without a previous one', () => {
    expect(differenceOf(someFacts(), someFacts({ legalForm: 'Inc.' }))).toEqual({
      changed: ['legalForm'],
      previous: {},
    });
  });

  it('sees the order of identifiers', () => {
    const [left, right] = [cikOf(1), cikOf(2)];
    expect(
      differenceOf(someFacts({ identifiers: [left, right] }), someFacts({ identifiers: [right, left] }))
        .changed,
    ).toEqual(['identifiers']);
  });

  it('looks at the facts of a company only', () => {
    const company = aCompany();
    const later: Company = { ...company, version: 9, updatedAt: minutesLater(9) };
    expect(differenceOf(company, later)).toEqual({
      changed: [],
      previous: {},
    });
  });
});

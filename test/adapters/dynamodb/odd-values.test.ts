import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyItem } from '../../../src/adapters/dynamodb/profiles/company-item.ts';
import { DynamoDbCompanyDirectory } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-directory.ts';
import { DynamoDbCompanyRepository } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbIdentifierIndex } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import type { CompanyQuery } from '../../../src/application/profiles/ports/company-directory.ts';
import { fold } from '../../../src/domain/shared/text.ts';
import { aCompany, companyIdAt } from '../../support/company-mother.ts';
import { sharedRows } from '../../support/shared-data.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';

const CONTEXT = { requestId: 'request' };

let dynamoDb: TestDynamoDb;
let companies: DynamoDbCompanyRepository;
let directory: DynamoDbCompanyDirectory;
let identifiers: DynamoDbIdentifierIndex;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  const { profiles } = await dynamoDb.createTables();
  companies = new DynamoDbCompanyRepository(dynamoDb.client, profiles);
  directory = new DynamoDbCompanyDirectory(dynamoDb.client, profiles);
  identifiers = new DynamoDbIdentifierIndex(dynamoDb.client, profiles);
});

afterAll(() => dynamoDb.stop());

// U+FDFA decomposes into 18 letters: folded, this name has more than 6,000 bytes.
const LONG = '\u{FDFA}'.repeat(200);
const NAMES = [
  LONG,
  '株式会社東芝',
  '삼성전자',
  'ΟΔΟΣ ΑΕ',
  'Straße & Söhne',
  '# 1 Nail Salon',
  '100% Pure',
  '😀 Ltd',
  '\u{1F1E9}\u{1F1EA} Flag',
  '"!$%&/()=?`*+~#\'<>|,.-;:_',
  'ﬁnance',
  'é',
  'Å',
];

async function listed(query: CompanyQuery): Promise<string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await directory.list(query, { limit: 100, ...(after !== undefined && { after }) });
    names.push(...page.items.map(({ name }) => name));
    after = page.next;
  } while (after !== undefined);
  return names;
}

describe('a name whose folded form is long', () => {
  it('is cut to what a sort key takes', () => {
    const { foldedName = '' } = companyItem(aCompany({ name: LONG }), { writeToken: '', requestId: '' });

    expect(Buffer.byteLength(fold(LONG))).toBeGreaterThan(1_024);
    expect(Buffer.byteLength(foldedName)).toBeLessThanOrEqual(1_024);
    expect(fold(LONG).startsWith(foldedName)).toBe(true);
  });
});

describe('odd names', () => {
  const gleif = sharedRows('gleif/lei-names.csv') ?? [];
  const foreign = gleif.flatMap(({ legalName = '' }) =>
    /^[^\0-\x7f]{1,200}$/u.test(legalName) ? [legalName] : [],
  );
  const names = [...new Set([...NAMES, ...foreign.slice(0, 60)])].map((name) => aCompany({ name }).name);

  beforeAll(async () => {
    for (const [index, name] of names.entries()) {
      await companies.add(aCompany({ name, countryCode: 'GR' }, { companyId: companyIdAt(index) }), CONTEXT);
    }
  });

  it.each(names)('such as %s are found by their beginnings', async (name) => {
    const [first = ''] = name;

    expect(await listed({ by: 'name', prefix: name })).toContain(name);
    expect(await listed({ by: 'name', prefix: fold(first) })).toContain(name);
  });

  it('are all in a list, in the order of their folded forms', async () => {
    const expected = [...names].sort((left, right) =>
      Buffer.compare(Buffer.from(fold(left)), Buffer.from(fold(right))),
    );

    expect((await listed({ by: 'country', countryCode: 'GR' })).map(fold)).toEqual(expected.map(fold));
  });
});

describe('odd identifiers', () => {
  const values = ['a', 'a#b', 'a%23b', 'a%b', 'a%2523b', '#', '%', '##', 'a/b', 'a b', 'ä', 'a\u{1F600}'];

  it('belong each to its own company', async () => {
    for (const [index, value] of values.entries()) {
      const identifier = { scheme: 'registration-number', value };
      const company = aCompany({ identifiers: [identifier] }, { companyId: companyIdAt(1_000 + index) });
      await companies.add(company, CONTEXT);
    }

    const bearers = await identifiers.bearersOf(
      values.map((value) => ({ scheme: 'registration-number', value: aNormalized(value) })),
    );

    const expected = values.map((_, index) => [companyIdAt(1_000 + index)]);
    expect(bearers).toEqual(expected);
  });
});

function aNormalized(value: string): string {
  return aCompany({ identifiers: [{ scheme: 'registration-number', value }] }).identifiers[0]!.value;
}

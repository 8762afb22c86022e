import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbCompanyRepository } from '../../../src/adapters/dynamodb/profiles/dynamodb-company-repository.ts';
import { DynamoDbIdentifierIndex } from '../../../src/adapters/dynamodb/profiles/dynamodb-identifier-index.ts';
import { identifierKey } from '../../../src/adapters/dynamodb/profiles/identifier-item.ts';
import { change, factsOf, remove, rename } from '../../../src/domain/profiles/company.ts';
import { IdentifierTaken, ProfileVersionConflict } from '../../../src/domain/profiles/errors.ts';
import type { CompanyId } from '../../../src/domain/shared/company-id.ts';
import { aCompany, cikOf, companyIdAt, minutesLater } from '../../support/company-mother.ts';
import { startDynamoDb, type TestDynamoDb } from '../../support/dynoxide.ts';

const CONTEXT = { requestId: 'request' };

let dynamoDb: TestDynamoDb;
let table: string;
let companies: DynamoDbCompanyRepository;
let identifiers: DynamoDbIdentifierIndex;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(() => dynamoDb.stop());

beforeEach(async () => {
  table = (await dynamoDb.createTables()).profiles;
  companies = new DynamoDbCompanyRepository(dynamoDb.client, table);
  identifiers = new DynamoDbIdentifierIndex(dynamoDb.client, table);
});

describe('racing writes', () => {
  it('of 100 callers at one version change a company once', async () => {
    const before = aCompany();
    await companies.add(before, CONTEXT);
    const versions = Array.from({ length: 100 }, (_, n) => rename(before, `Name ${n}`, minutesLater(n + 1)));

    const outcomes = await Promise.allSettled(
      versions.map((after) => companies.replace(before, after, CONTEXT)),
    );

    const won = versions.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const lost = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(99);
    for (const error of lost) expect(error).toBeInstanceOf(ProfileVersionConflict);
    expect(await companies.find(before.companyId, 'strong')).toEqual(won[0]);
  });

  it('of one request sent many times at once answer with one company', async () => {
    const request = { caller: 'caller', key: 'key', digest: 'digest' };
    const attempts = Array.from({ length: 20 }, (_, n) =>
      aCompany({ identifiers: [cikOf(1)] }, { at: minutesLater(n) }),
    );

    const answers = await Promise.all(
      attempts.map((company) => companies.add(company, { ...CONTEXT, request })),
    );

    const stored = await companies.find(companyIdAt(1), 'strong');
    for (const answer of answers) expect(answer).toEqual(stored);
  });
});

describe('an identifier of which a restored backup has the claim alone', () => {
  const claim = async (number: number, companyId: CompanyId): Promise<void> => {
    const Item = { ...identifierKey(cikOf(number), companyId), companyId, claimedAt: minutesLater(1) };
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item }));
  };

  it('is given to the first one that claims it', async () => {
    const [gone, removed, other] = [companyIdAt(2), companyIdAt(3), companyIdAt(4)];
    const last = aCompany({}, { companyId: removed });
    await companies.add(last, CONTEXT);
    await companies.replace(last, remove(last, minutesLater(2)), CONTEXT);
    await companies.add(aCompany({ identifiers: [cikOf(9)] }, { companyId: other }), CONTEXT);
    await claim(1, gone);
    await claim(2, removed);
    await claim(3, other);

    const first = aCompany({ identifiers: [cikOf(1), cikOf(2)] });
    await companies.add(first, CONTEXT);
    const facts = { ...factsOf(first), identifiers: [cikOf(1), cikOf(2), cikOf(3)] };
    await companies.replace(first, change(first, facts, minutesLater(5)), CONTEXT);

    const bearers = await identifiers.bearersOf([cikOf(1), cikOf(2), cikOf(3), cikOf(9)]);
    expect(bearers).toEqual([[companyIdAt(1)], [companyIdAt(1)], [companyIdAt(1)], [other]]);
  });

  it('stays with a company that bears it, and all that was claimed with it as it was', async () => {
    await companies.add(aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(2) }), CONTEXT);
    await claim(2, companyIdAt(3));

    const adding = companies.add(aCompany({ identifiers: [cikOf(2), cikOf(1)] }), CONTEXT);
    await expect(adding).rejects.toThrow(IdentifierTaken);

    expect(await companies.find(companyIdAt(1), 'strong')).toBeUndefined();
    expect(await identifiers.bearersOf([cikOf(1), cikOf(2)])).toEqual([[companyIdAt(2)], [companyIdAt(3)]]);
  });
});

describe('a change of a company whose identifier another one holds, against the rules', () => {
  it('releases what is its own, and leaves the other its identifier', async () => {
    const before = aCompany({ identifiers: [cikOf(1), cikOf(2)] });
    await companies.add(before, CONTEXT);
    const stranger = companyIdAt(2);
    const guard = { ...identifierKey(cikOf(1), stranger), companyId: stranger, claimedAt: minutesLater(1) };
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item: guard }));

    await companies.replace(before, remove(before, minutesLater(2)), CONTEXT);

    expect(await identifiers.bearersOf([cikOf(1), cikOf(2)])).toEqual([[stranger], []]);
  });

  it('succeeds where the identifier has no holder', async () => {
    const before = aCompany({ identifiers: [cikOf(1)] });
    await companies.add(before, CONTEXT);
    await dynamoDb.client.send(
      new DeleteCommand({ TableName: table, Key: identifierKey(cikOf(1), before.companyId) }),
    );
    const after = change(before, { ...factsOf(before), identifiers: [] }, minutesLater(1));

    await companies.replace(before, after, CONTEXT);

    expect(await companies.find(before.companyId, 'strong')).toEqual(after);
  });
});

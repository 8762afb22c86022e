import { describe, expect, it } from '@jest/globals';
import { examples } from '../../../src/adapters/http/profiles/examples.ts';
import { aTrackedCompany } from '../../support/tracked-company-mother.ts';
import { bothServices } from './both-services.ts';

/** The same value, with the members of all its objects in the opposite order, as a map of DynamoDB may have them. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member as unknown)])) as T;
}

const company = examples().renamed;
const { companyId } = company;
const PATH = `/v1/companies/${companyId}`;
const { industry, identifiers, registeredOffice, previousNames } = company;

/** Objects with equal members in another order are equal, their texts are not. */
const textOf = (value: unknown): string => JSON.stringify(value, undefined, 1);

describe('the members of nested objects come in one order', () => {
  const api = bothServices({
    useCases: {
      findCompany: { execute: () => Promise.resolve(reversed(company)) },
      listCompanies: { execute: () => Promise.resolve({ items: [reversed(company)] }) },
      readRevisions: {
        get: () => Promise.resolve(reversed(examples().renaming)),
        list: () => Promise.resolve({ items: [reversed(examples().renaming)] }),
      },
    },
  });

  it('in a company', async () => {
    const { body } = await api.send(`GET ${PATH}`);
    const nested = {
      industry: body['industry'],
      identifiers: body['identifiers'],
      registeredOffice: body['registeredOffice'],
      previousNames: body['previousNames'],
    };
    expect(textOf(nested)).toBe(textOf({ industry, identifiers, registeredOffice, previousNames }));
  });

  it('in a list of companies', async () => {
    const { body } = await api.send('GET /v1/companies');
    const [listed] = body['items'] as { industry: object }[];
    expect(textOf(listed?.industry)).toBe(textOf(industry));
  });

  it.each([`GET ${PATH}/revisions/2`, `GET ${PATH}/revisions`])('in revisions: %s', async (line) => {
    const { body } = await api.send(line);
    const [revision] = (body['items'] ?? [body]) as { facts: object; previous: object }[];
    expect(textOf(revision?.facts)).toBe(textOf(examples().renaming.facts));
  });

  it('in what a revision replaced', async () => {
    const { name, tags } = examples().body;
    const previous = {
      name,
      ...(industry && { industry }),
      ...(registeredOffice && { registeredOffice }),
      tags,
    };
    const changed = ['name', 'industry', 'registeredOffice', 'tags'] as const;
    const revision = { ...examples().renaming, changed, previous: reversed(previous) };
    const { send } = bothServices({
      useCases: {
        readRevisions: {
          get: () => Promise.resolve(revision),
          list: () => Promise.resolve({ items: [revision] }),
        },
      },
    });
    const { body } = await send(`GET ${PATH}/revisions/2`);
    expect(textOf(body['previous'])).toBe(textOf(previous));
  });

  it('in statistics', async () => {
    const tracked = aTrackedCompany(2);
    const facts = { ...tracked.facts, ...(industry && { industry: reversed(industry) }) };
    await api.statistics.tracked.follow({ ...tracked, facts });
    const { body } = await api.send(`GET /v1/statistics/companies/${tracked.companyId}`);
    expect(textOf(body['industry'])).toBe(textOf(industry));
  });
});

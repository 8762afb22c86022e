import { importIdOf, type ImportId } from '../../src/domain/profiles/import/file-import.ts';
import { uploadKeyOf } from '../../src/domain/profiles/import/import-key.ts';
import { companyIdAt } from '../support/company-mother.ts';
import type { SystemWithApi } from './system-with-api.ts';

const KEY = { 'idempotency-key': 'acme-1' };
const COLLECTION = '/v1/companies';

const ACME = {
  name: 'Acmé Works Inc.',
  status: 'active',
  countryCode: 'US',
  legalForm: 'Corporation',
  industry: { scheme: 'gics', code: '20106020', label: 'Industrial Machinery' },
  identifiers: [
    { scheme: 'lei', value: 'HWUPKR0MPOU8FGXBT394' },
    { scheme: 'isin', value: 'US0378331005' },
    { scheme: 'ticker', value: 'ACME' },
  ],
  registeredOffice: { addressLine1: '1 Main St', locality: 'Springfield', region: 'Oregon', country: 'US' },
  website: 'https://acme.example',
  foundedOn: '1976-04',
  description: 'Makes everything.',
  tags: ['anvils'],
};

/** What a client sends to register Acme: sent again, it is answered as the first time. */
export const ACME_AGAIN = [`POST ${COLLECTION}`, { headers: KEY, body: ACME }] as const;

/** For a company that bears it only later. */
export const AWAITED_IDENTIFIER = { scheme: 'cik', value: '0000320193' };

/** What is imported: of whoever makes it, the map is a contract too. */
export const FIRMS = 'Firm;State;VAT;Since;Kurs\nMüller & Söhne GmbH;Germany;129273398;ca. 1920;1.234,50\n';
const FIRMS_MAP = {
  delimiter: ';',
  identifiers: [{ scheme: 'vat-de', column: 'VAT', apply: [{ padDigits: 9 }] }],
  company: {
    name: { column: ['Company', 'Firm'] },
    countryCode: { column: 'State', apply: [{ values: { Germany: 'DE', Austria: 'AT' } }] },
    legalForm: { column: 'Legal form', optional: true },
    foundedOn: { column: 'Since', apply: ['year'] },
  },
  refuse: [{ column: 'Firm', like: ['* (test)'], because: 'is a test entry' }],
};

/**
 * Has the tables hold an item of every kind, and the topics have messages of every type. Answers what to ask of what got
 * an id that nobody foresees.
 */
export async function writeEverything(everything: SystemWithApi): Promise<string[]> {
  const { system, send, objects, documents, imports } = everything;
  const told = async (line: string, sent: Parameters<typeof send>[1] = {}): Promise<unknown> => {
    const { status, body } = await send(line, sent);
    if (status >= 300) throw new Error(`${line} answered ${status}: ${JSON.stringify(body)}`);
    system.clock.advance(60_000);
    return body;
  };
  const record = async (number: number, ...observations: readonly object[]): Promise<void> => {
    await told(`POST /v1/statistics/companies/${companyIdAt(number)}/observations`, {
      body: { observations },
    });
    await system.settle();
  };

  await told('PUT /v1/statistics/metrics/price', {
    body: { unit: 'USD', label: 'Price', ranked: true },
  });
  await told(...ACME_AGAIN);
  await told(`PATCH ${COLLECTION}/${companyIdAt(1)}`, {
    headers: { 'if-match': '"1"' },
    body: { name: 'Acme Works Group' },
  });
  await told(`PATCH ${COLLECTION}/${companyIdAt(1)}`, {
    headers: { 'if-match': '"2"' },
    body: { description: null },
  });
  const { name: _, identifiers: __, ...facts } = ACME;
  const shared = [{ scheme: 'ticker', value: 'ACME' }];
  await told(`POST ${COLLECTION}`, { body: { ...facts, name: 'Zeta #1 %', countryCode: 'GB' } });
  await told(`POST ${COLLECTION}`, {
    body: { name: 'Acme Ltd', status: 'dormant', countryCode: 'GB', identifiers: shared },
  });
  await told(`DELETE ${COLLECTION}/${companyIdAt(2)}`, { headers: { 'if-match': '"1"' } });
  await system.settle();

  const price = (observedAt: string, value: string, reportedAt?: string): object => ({
    metric: 'price',
    unit: 'USD',
    observedAt,
    value,
    source: 'exchange',
    ...(reportedAt !== undefined && { reportedAt }),
  });
  await record(1, price('2024', '7.5'), price('2025-01-31', '10', '2025-02'), price('2025-03', '-0.25'));
  await record(1, price('2025-01-31', '10.5', '2025-03'), { ...price('2025-02-28', '11'), source: 'a#b%c' });
  await record(1, { ...price('2025-12-31T16:00:00Z', '12345678901234567890.5'), metric: 'market-cap' });
  await record(3, price('2025-02-28', '99'));
  // Nobody has told of this company.
  await record(9, price('2025-02-28', '3'));

  const observations = [price('2025-06-30', '42')];
  await system.publish('company-observations', JSON.stringify({ companyId: companyIdAt(1), observations }));
  await system.publish(
    'company-observations',
    JSON.stringify({ identifier: AWAITED_IDENTIFIER, observations }),
  );
  await system.publish('company-observations', 'no JSON');
  await system.settle();
  await system.registry.profiles.publishSnapshots.execute('rebuild-1');
  await system.settle();

  const document = { fileName: 'Report 2025.pdf', contentType: 'application/pdf', size: 9 };
  const slots: string[] = [];
  for (let number = 0; number < 3; number++) {
    const slot = await told(`POST ${COLLECTION}/${companyIdAt(1)}/documents`, { body: document });
    slots.push((slot as { documentId: string }).documentId);
  }
  const notifiedAt = system.clock.now();
  for (const documentId of slots.slice(0, 2)) {
    const objectKey = `documents/${companyIdAt(1)}/${documentId}`;
    objects.put(objectKey, '%PDF-1.7\n', document.contentType);
    await documents.followObject.execute({ objectKey, sequencer: '0A', notifiedAt });
  }
  await system.settle();
  await told(`DELETE ${COLLECTION}/${companyIdAt(1)}/documents/${slots[1]}`);
  await documents.followObject.execute({ objectKey: 'elsewhere/1', notifiedAt });
  await system.settle();

  const importIds: ImportId[] = [];
  for (const [index, row] of ['', '', 'Zweite (test);Germany;1;1999;1\n'].entries()) {
    const file = FIRMS + row;
    const facts = { fileName: 'firms.csv', contentType: 'text/csv', size: Buffer.byteLength(file) };
    const slot = await told('POST /v1/imports', { body: { ...facts, map: FIRMS_MAP } });
    const importId = importIdOf((slot as { importId: string }).importId);
    importIds.push(importId);
    if (index === 2) break;
    objects.put(uploadKeyOf(importId), file);
    await imports.execute(importId, { ms: () => 60_000 });
  }
  await system.settle();
  return [
    ...slots.map((documentId) => `/v1/companies/${companyIdAt(1)}/documents/${documentId}`),
    ...importIds.map((importId) => `/v1/imports/${importId}`),
  ];
}

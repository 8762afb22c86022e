import { describe, expect, it } from '@jest/globals';
import type { Company } from '../../../../src/domain/profiles/company.ts';
import type { CompanyRow, RowFacts } from '../../../../src/domain/profiles/import/company-row.ts';
import { keyOf, planImport, type ImportPlan } from '../../../../src/domain/profiles/import/import-plan.ts';
import type { Identifier } from '../../../../src/domain/shared/identifier.ts';
import type { CompanyId } from '../../../../src/domain/shared/company-id.ts';
import { aCompany, cikOf, companyIdAt, minutesLater, tickerOf } from '../../../support/company-mother.ts';

const isin = { scheme: 'isin', value: 'FR0000130809' };

function row(identifiers: (Identifier & { onlySameName?: boolean })[], facts: RowFacts = {}): CompanyRow {
  return {
    identifiers: identifiers.map((identifier) => ({ onlySameName: false, ...identifier })),
    facts: { name: 'Acme', ...facts },
    defaults: { countryCode: 'US' },
    keepsKnown: false,
    observations: [],
  };
}

/** Plans rows against companies that are stored, the last one with the newest claims. */
function plan(rows: CompanyRow[], stored: Company[] = [], named: CompanyId[] = []): ImportPlan<CompanyRow> {
  const bearers = new Map<string, CompanyId[]>();
  for (const { companyId, identifiers } of stored) {
    for (const key of identifiers.map(keyOf)) bearers.set(key, [companyId, ...(bearers.get(key) ?? [])]);
  }
  const known = { bearers, companies: new Map(stored.map((company) => [company.companyId, company])) };
  let next = 100;
  return planImport(
    rows,
    known,
    (id) => named.includes(id),
    () => companyIdAt(next++),
    minutesLater(1),
  );
}

const outcomes = ({ companies }: ImportPlan<CompanyRow>): string[][] =>
  companies.map(({ rows }) => rows.map(({ outcome }) => outcome));

describe('planning an import', () => {
  it('registers what nobody bears, with the defaults', () => {
    const [planned] = plan([row([tickerOf('X')])]).companies;
    expect(planned).toMatchObject({
      after: { name: 'Acme', countryCode: 'US', version: 1 },
      rows: [{ outcome: 'created' }],
    });
    expect(planned?.before).toBeUndefined();
  });

  it('keeps what a row leaves blank, and never overwrites by a default', () => {
    const stored = aCompany({
      countryCode: 'IE',
      website: 'https://acme.example',
      identifiers: [tickerOf('X')],
    });
    const [planned] = plan([row([tickerOf('X')])], [stored]).companies;
    expect(planned).toMatchObject({ after: stored, rows: [{ outcome: 'unchanged' }] });
    expect(planned?.after).toBe(planned?.before);
  });

  it('clears a part of the address that its cell no longer has, and keeps one whose cell is blank', () => {
    const registeredOffice = { locality: 'Chicago', region: 'Illinois', postalCode: '60601' };
    const stored = aCompany({ registeredOffice, identifiers: [tickerOf('X')] });
    const moved = row([tickerOf('X')], { registeredOffice: { locality: 'Dublin', region: null } });
    expect(plan([moved], [stored]).companies[0]?.after.registeredOffice).toEqual({
      locality: 'Dublin',
      postalCode: '60601',
    });
  });

  it('is decided by an exclusive identifier, whatever the shared ones say', () => {
    const byCik = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(1) });
    const byTicker = aCompany({ identifiers: [tickerOf('X')] }, { companyId: companyIdAt(2) });
    const { companies } = plan([row([tickerOf('X'), cikOf(1)])], [byCik, byTicker]);
    expect(companies.map(({ after }) => after.companyId)).toEqual([companyIdAt(1)]);
    expect(companies[0]?.after.identifiers).toEqual([cikOf(1), tickerOf('X')]);
  });

  it('follows a shared identifier to its newest bearer', () => {
    const older = aCompany({ identifiers: [tickerOf('X')] }, { companyId: companyIdAt(1) });
    const newer = aCompany({ identifiers: [tickerOf('X')] }, { companyId: companyIdAt(2) });
    expect(plan([row([tickerOf('X')])], [older, newer]).companies[0]?.after.companyId).toBe(companyIdAt(2));
  });

  it('has of its own claims that of the greater id first, as it will be stored, and before those that are known', () => {
    const older = aCompany({ identifiers: [tickerOf('X')] }, { companyId: companyIdAt(900) });
    const stored = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(1) });
    const rows = [row([cikOf(2), tickerOf('X')]), row([cikOf(1), tickerOf('X')]), row([tickerOf('X')])];
    const rival = { ...older, identifiers: [cikOf(3), tickerOf('X')] };
    const { companies } = plan(rows, [rival, stored]);
    expect(companies.map(({ after, rows: own }) => [after.companyId, own.length])).toEqual([
      [companyIdAt(100), 2],
      [companyIdAt(1), 1],
    ]);
  });

  it('takes no company that bears another value of an exclusive scheme: a ticker has moved', () => {
    const former = aCompany({ identifiers: [cikOf(1), tickerOf('X')] });
    const { companies } = plan([row([cikOf(2), tickerOf('X')])], [former]);
    expect(companies).toMatchObject([{ rows: [{ outcome: 'created' }] }]);
  });

  it('finds only the same name by an identifier that is known to be mixed up', () => {
    const stored = aCompany({ name: 'ACMÉ', identifiers: [isin] });
    const same = row([tickerOf('A'), { ...isin, onlySameName: true }], { name: 'Acme' });
    const other = row([tickerOf('H'), { ...isin, onlySameName: true }], { name: 'Hess' });
    expect(outcomes(plan([same, other], [stored]))).toEqual([['renamed'], ['created']]);
  });

  it('lets the first of several rows name a company, the others add identifiers, in one write', () => {
    const rows = [
      row([cikOf(1), tickerOf('GOOGL')], { name: 'Alphabet (Class A)' }),
      row([cikOf(1), tickerOf('GOOG')], { name: 'Alphabet (Class C)', foundedOn: '1998' }),
    ];
    const first = plan(rows);
    expect(outcomes(first)).toEqual([['created', 'updated']]);
    expect(first.companies[0]?.after).toMatchObject({
      name: 'Alphabet (Class A)',
      version: 1,
      identifiers: [cikOf(1), tickerOf('GOOGL'), tickerOf('GOOG')],
    });
    expect(first.companies[0]?.after.foundedOn).toBeUndefined();
    expect(outcomes(plan(rows, [first.companies[0]!.after]))).toEqual([['unchanged', 'unchanged']]);
  });

  it('sets no facts of a company that an earlier part of the file has named', () => {
    const stored = aCompany({ identifiers: [cikOf(1)] });
    const late = row([cikOf(1), tickerOf('X')], { name: 'Late' });
    expect(plan([late], [stored], [stored.companyId]).companies[0]).toMatchObject({
      after: { name: 'Acme', identifiers: [cikOf(1), tickerOf('X')] },
      rows: [{ outcome: 'updated' }],
    });
  });

  it('counts a rename as a rename alone', () => {
    const stored = aCompany({ identifiers: [tickerOf('X')] });
    const renamed = row([tickerOf('X')], { name: 'New', website: 'https://new.example' });
    expect(outcomes(plan([renamed], [stored]))).toEqual([['renamed']]);
  });

  it.each([
    [
      'a name that is too long',
      [row([tickerOf('X')], { name: 'x'.repeat(201) })],
      'name: must have at most 200',
    ],
    [
      'a new company without a name',
      [{ ...row([tickerOf('X')]), facts: {} }],
      'name: is blank, and the company is new',
    ],
    [
      'a website that is none',
      [row([tickerOf('X')], { website: 'nowhere' })],
      'website: must be an absolute',
    ],
  ])('rejects %s', (_case, rows, reason) => {
    const { companies, rejected } = plan(rows);
    expect(companies).toEqual([]);
    expect(rejected[0]?.error.message).toContain(reason);
  });

  it('lets a later row name a company whose first row was rejected', () => {
    const stored = aCompany({ identifiers: [tickerOf('X')] });
    const rows = [row([tickerOf('X')], { website: 'nowhere' }), row([tickerOf('X')], { name: 'New' })];
    expect(plan(rows, [stored]).companies[0]?.after.name).toBe('New');
  });

  it('rejects an identifier beyond the twentieth, and keeps those before it', () => {
    const rows = Array.from({ length: 21 }, (_, index) => row([cikOf(1), tickerOf(`T${index}`)]));
    const { companies, rejected } = plan(rows);
    expect(companies[0]?.after.identifiers).toHaveLength(20);
    expect(rejected.map(({ error }) => error.message)).toEqual([
      'identifiers: the company would have 21; at most 20 are kept',
      'identifiers: the company would have 21; at most 20 are kept',
    ]);
  });

  it('rejects a row whose exclusive identifiers belong to different companies', () => {
    const lei = { scheme: 'lei', value: 'O2RNE8IBXP4R0TD8PU41' };
    const one = aCompany({ identifiers: [cikOf(1)] }, { companyId: companyIdAt(1) });
    const two = aCompany({ identifiers: [lei] }, { companyId: companyIdAt(2) });
    const { rejected } = plan([row([cikOf(1), lei])], [one, two]);
    expect(rejected[0]?.error.message).toContain(`lei: ${lei.value} belongs to company ${companyIdAt(2)}`);
  });

  it('leaves a known company as it is where the row only registers, but for identifiers', () => {
    const known = aCompany({ name: 'Known', identifiers: [cikOf(1)] });
    const stating = { ...row([cikOf(1), tickerOf('NEW')], { name: 'Other' }), keepsKnown: true };
    const planned = plan([stating], [known]);
    expect(outcomes(planned)).toEqual([['updated']]);
    expect(planned.companies[0]!.after).toMatchObject({
      name: 'Known',
      identifiers: [cikOf(1), tickerOf('NEW')],
    });
    expect(outcomes(plan([{ ...row([cikOf(1)], { name: 'Other' }), keepsKnown: true }], [known]))).toEqual([
      ['unchanged'],
    ]);
    expect(plan([stating]).companies[0]!.after.name).toBe('Other');
  });
});

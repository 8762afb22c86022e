import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCompanyFile } from '../../../src/adapters/files/company-file.ts';
import { loadColumnMap } from '../../../src/adapters/files/load-column-map.ts';
import type { ImportCounts } from '../../../src/application/profiles/import-counts.ts';
import { columnMapOf } from '../../../src/domain/profiles/import/column-map.ts';
import { ObservationsInMemory } from '../../support/observations-in-memory.ts';
import { RegistryInMemory } from '../../support/registry-in-memory.ts';
import { sharedRows } from '../../support/shared-data.ts';
import { shortOrLong } from '../../support/test-length.ts';

const MAPS = fileURLToPath(new URL('../../../maps/', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../../sample/companies.csv', import.meta.url));
const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

const realData = existsSync(DATA) ? describe : describe.skip;

const PAY_GAPS = [
  ...['DiffMeanHourlyPercent', 'DiffMedianHourlyPercent', 'DiffMeanBonusPercent', 'DiffMedianBonusPercent'],
  ...['MaleBonusPercent', 'FemaleBonusPercent', 'MaleLowerQuartile', 'FemaleLowerQuartile'],
  ...['MaleLowerMiddleQuartile', 'FemaleLowerMiddleQuartile', 'MaleUpperMiddleQuartile'],
  ...['FemaleUpperMiddleQuartile', 'MaleTopQuartile', 'FemaleTopQuartile'],
];
const NO_PAY_GAPS = PAY_GAPS.map(() => '').join(',');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipped-maps-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

async function load(
  registry: RegistryInMemory,
  map: string,
  path: string,
  { rows = Number.POSITIVE_INFINITY, observations = new ObservationsInMemory() } = {},
): Promise<ImportCounts> {
  const columnMap = await loadColumnMap(map, MAPS);
  const file = await openCompanyFile(path, columnMap);
  return registry.importCompanies.execute(
    first(rows, file.rows),
    { requestId: 'test' },
    {},
    columnMap.observations.length > 0 ? observations : undefined,
  );
}

async function* first<Item>(count: number, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let taken = 0;
  for await (const item of items) {
    if (taken++ === count) return;
    yield item;
  }
}

async function loadText(registry: RegistryInMemory, map: string, text: string): Promise<ImportCounts> {
  const path = join(folder, 'file');
  await writeFile(path, text);
  return load(registry, map, path);
}

/** How many rows there were. */
const total = ({ observations: _observations, ...rows }: ImportCounts): number =>
  Object.values(rows).reduce((sum, count) => sum + count, 0);

describe('the maps', () => {
  it('are all readable', async () => {
    const names = (await readdir(MAPS)).filter((name) => name.endsWith('.json'));
    for (const name of names) await loadColumnMap(name.slice(0, -5), MAPS);
    expect(names.length).toBeGreaterThanOrEqual(8);
  });

  it('are named where one is asked for that is not there', async () => {
    await expect(loadColumnMap('none', MAPS)).rejects.toThrow(
      'There is no map none. Name one of companies, companyfacts, equities',
    );
  });

  it('load the sample, and load it again without effect', async () => {
    const registry = new RegistryInMemory();
    const first = await load(registry, 'companies', SAMPLE);
    expect(first).toMatchObject({ created: total(first), rejected: 0 });
    expect(total(first)).toBeGreaterThanOrEqual(30);
    expect(await load(registry, 'companies', SAMPLE)).toMatchObject({ unchanged: total(first) });
    expect(registry.bearerOf('ticker', '7203-T')?.name).toBe('トヨタ自動車株式会社');
  });

  it('serve every edition of the S&P 500 constituents', async () => {
    const registry = new RegistryInMemory();
    await loadText(
      registry,
      'sp500-constituents',
      'Symbol,Name,Sector\nPKI,PerkinElmer,Health Care\nACN,Accenture,Information Technology\n',
    );
    const later =
      'Symbol,Security,GICS Sector,GICS Sub-Industry,Headquarters Location,Date added,CIK,Founded\n' +
      'ACN,Accenture plc,Information Technology,IT,"Dublin, Ireland",2011-07-06,1467373,1989\n' +
      'RVTY (Previously PKI),Revvity,Health Care,Life,"Waltham, Massachusetts",1985-05-31,31791,1937 (1931)\n';
    expect(await loadText(registry, 'sp500-constituents', later)).toMatchObject({
      renamed: 1,
      created: 1,
      rejected: 0,
    });
    expect(registry.bearerOf('ticker', 'ACN')).toMatchObject({
      name: 'Accenture plc',
      countryCode: 'US',
      industry: { scheme: 'gics', code: 'Information Technology', label: 'Information Technology' },
      registeredOffice: { locality: 'Dublin', country: 'IE' },
    });
    expect(registry.bearerOf('cik', '0000031791')).toMatchObject({
      registeredOffice: { locality: 'Waltham', region: 'Massachusetts' },
      foundedOn: '1937',
      identifiers: [{}, { scheme: 'ticker', value: 'RVTY' }],
    });
  });

  it('serve UK employers with and without a company number', async () => {
    const registry = new RegistryInMemory();
    const text =
      `EmployerName,Address,CompanyNumber,SicCodes,CurrentName,DueDate,${PAY_GAPS.join(',')}\n` +
      `OLD LIMITED,"1 High Street,\r\nLeeds,\r\nUnited Kingdom,\r\nLS1 1AA",226143,"1,\r\n1470",NEW LIMITED,,${NO_PAY_GAPS}\n` +
      `A Council,"Town Hall, York, YO1 1AA",,1,A Council,,${NO_PAY_GAPS}\n`;
    expect(await loadText(registry, 'uk-pay-gap', text)).toMatchObject({ created: 2 });
    expect(registry.bearerOf('registration-number', '00226143')).toMatchObject({
      name: 'NEW LIMITED',
      countryCode: 'GB',
      industry: { scheme: 'uk-sic-2007', code: '01470' },
      registeredOffice: {
        addressLine1: '1 High Street',
        addressLine2: 'Leeds',
        postalCode: 'LS1 1AA',
        country: 'GB',
      },
    });
    expect(registry.bearerOf('uk-employer-name', 'a council')?.industry).toBeUndefined();
  });

  it('refuse listings that are no companies, and keep apart companies with one ISIN', async () => {
    const registry = new RegistryInMemory();
    const text =
      'symbol,name,sector,country,isin\n' +
      'ERIC-A.ST,Ericsson,IT,Sweden,SE0000108656\nERIC-B.ST,Ericsson,IT,Sweden,SE0000108656\n' +
      'AHC,Belo,Media,United States,US42809H1077\nHES,Hess,Energy,United States,US42809H1077\n' +
      'X-WT,Warrant,,United States,\nX.PA,CASA2.85%27APR26,,France,\nY,Nowhere,,Atlantis,\nZ,No country,,,\n';
    const counts = await loadText(registry, 'equities', text);
    expect(counts).toEqual({ created: 3, updated: 1, renamed: 0, unchanged: 0, rejected: 4 });
    expect(await loadText(registry, 'equities', text)).toMatchObject({ unchanged: 4, rejected: 4 });
  });
});

describe('the documentation of maps', () => {
  const blocks = async (heading: string, language: string): Promise<string[]> => {
    const [, section = ''] = (await readFile(`${MAPS}README.md`, 'utf8')).split(`${heading}\n`);
    return [...section.matchAll(new RegExp('```' + language + '\\n(.*?)```', 'gs'))].map(
      ([, block]) => block!,
    );
  };

  it('has an example of observations that does what it says', async () => {
    const [csv] = await blocks('## Observations', 'csv');
    const [map] = await blocks('## Observations', 'json');
    const path = join(folder, '2024-06-30.csv');
    await writeFile(path, csv!);
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    const { rows } = await openCompanyFile(path, columnMapOf(JSON.parse(map!)));
    await registry.importCompanies.execute(rows, { requestId: 'test' }, {}, observations);
    expect([...observations.all.values()]).toEqual([
      { metric: 'price', unit: 'EUR', observedAt: '2024-06-30', value: '1234.50', source: 'our-list' },
      {
        metric: 'market-cap',
        unit: 'EUR',
        observedAt: '2024-06-30',
        value: '63802000000',
        source: 'our-list',
      },
    ]);
    expect(registry.companies.map(({ name }) => name)).toEqual(['Müller & Söhne GmbH']);
  });

  it('has an example of nested JSON that has the columns that it says', async () => {
    const [json] = await blocks('### Nested JSON', 'json');
    const path = join(folder, 'nested.json');
    await writeFile(path, json!);
    const { rows } = await openCompanyFile(path, {
      ...(await loadColumnMap('companyfacts', MAPS)),
      company: { name: [] },
      observations: [],
    });
    for await (const { position } of rows) {
      expect(position.columns).toEqual(['end', 'val', 'unit', 'tag', 'label', 'taxonomy', 'cik']);
    }
    expect.assertions(1);
  });
});

const NONE = { recorded: 0, unchanged: 0, corrected: 0, superseded: 0, conflict: 0, invalid: 0 };

/** The files of a folder, by name. */
const filesIn = (path: string): string[] =>
  readdirSync(`${DATA}${path}`)
    .sort()
    .map((name) => `${path}/${name}`);

realData('the maps on real files', () => {
  it('leave every company of the S&P 500 with its name in the last edition that has it, also the second time', async () => {
    const registry = new RegistryInMemory();
    const editions = ['2018-04-02', '2022-12-24', '2023-06-20', '2023-12-31'].map(
      (date) => `sp500/constituents-${date}.csv`,
    );
    const rows = shortOrLong(250, 1000);
    for (const edition of [...editions, ...editions]) {
      const counts = await load(registry, 'sp500-constituents', `${DATA}${edition}`, { rows });
      expect(counts).toMatchObject({ rejected: 0 });
    }
    const again = await load(registry, 'sp500-constituents', `${DATA}${editions.at(-1)}`, { rows });
    expect(again).toMatchObject({ unchanged: total(again) });
    // By company, and not by row: two share classes are one company once an edition has told their CIK.
    const expected = new Map<string, string>();
    for (const edition of editions) {
      const namedHere = new Set<string>();
      for (const row of sharedRows(edition, rows)!) {
        const cik = row['CIK'] && registry.bearerOf('cik', row['CIK'].padStart(10, '0'));
        const company = cik || registry.bearerOf('ticker', row['Symbol']!.split(' ')[0]!.replace('.', '-'))!;
        if (!namedHere.has(company.companyId))
          expected.set(company.companyId, row['Security'] ?? row['Name']!);
        namedHere.add(company.companyId);
      }
    }
    const names = registry.companies.filter(({ companyId }) => expected.has(companyId));
    expect(names.map(({ companyId, name }) => [companyId, name])).toEqual(
      names.map(({ companyId }) => [companyId, expected.get(companyId)]),
    );
  });

  it.each([
    ['sec-tickers', 'sec/company-tickers-2023-02-08.json', shortOrLong(300, 1000), 0],
    ['gleif-names', 'gleif/lei-names.csv', shortOrLong(300, 1000), 0],
    ['uk-pay-gap', 'uk-gender-pay-gap/2017-18.csv', shortOrLong(200, 1000), 0],
    ['uk-pay-gap', 'uk-gender-pay-gap/rolling-2023-24/export-2023-09-25.csv', shortOrLong(200, 1000), 0],
    ['equities', 'equities/STO.csv', 1000, 46],
    ['equities', 'equities/TAI.csv', 1000, 42],
  ])('%s loads the beginning of %s, and again without effect', async (map, file, rows, rejected) => {
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    const begun = await load(registry, map, `${DATA}${file}`, { rows, observations });
    expect(begun).toMatchObject({ renamed: 0, rejected });
    const again = await load(registry, map, `${DATA}${file}`, { rows, observations });
    expect(again).toEqual({
      created: 0,
      updated: 0,
      renamed: 0,
      unchanged: total(begun) - rejected,
      rejected,
      ...(begun.observations && { observations: { ...NONE, unchanged: begun.observations.recorded } }),
    });
  });
});

realData('the maps of figures on real files', () => {
  it('record every figure of the S&P 500 that is filled, whatever the order of the files', async () => {
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    const all = filesIn('sp500/financials');
    expect(all).toHaveLength(16);
    const editions = all.slice(0, shortOrLong(8, all.length));
    for (const edition of editions) {
      const counts = await load(registry, 'sp500-financials', `${DATA}${edition}`, { observations });
      expect([edition, counts]).toMatchObject([edition, { updated: 0, renamed: 0, rejected: 0 }]);
      const filled = sharedRows(edition)!.flatMap((row) =>
        Object.entries(row).flatMap(([column, text]) =>
          ['Symbol', 'Name', 'Sector', 'SEC Filings', ''].includes(column) || text === '' ? [] : text,
        ),
      );
      const zeroPrices = edition.includes('2013') ? 7 : 0;
      const infinite = filled.filter((text) => text === 'Infinity').length;
      expect([edition, counts.observations]).toEqual([
        edition,
        { ...NONE, recorded: filled.length - zeroPrices - infinite, invalid: infinite },
      ]);
    }
    const other = new RegistryInMemory();
    const others = new ObservationsInMemory();
    for (const edition of editions.toReversed())
      await load(other, 'sp500-financials', `${DATA}${edition}`, { observations: others });
    const texts = ({ all }: ObservationsInMemory): string =>
      [...all.values()]
        .map((observation) => JSON.stringify(observation))
        .sort()
        .join('\n');
    // As one text: a comparison of each would take long.
    expect(texts(others) === texts(observations)).toBe(true);

    // Over what is there nothing changes, and nobody is renamed.
    const names = other.companies.map(({ companyId, name }) => [companyId, name]);
    for (const edition of editions.slice(0, shortOrLong(1, 3))) {
      const counts = await load(other, 'sp500-financials', `${DATA}${edition}`, { observations: others });
      expect(counts).toMatchObject({ created: 0, updated: 0, renamed: 0, rejected: 0 });
      expect(counts.observations).toEqual({ ...NONE, unchanged: counts.observations?.unchanged });
    }
    expect(other.companies.map(({ companyId, name }) => [companyId, name])).toEqual(names);

    const series = (ticker: string, metric: string): Record<string, string> =>
      observations.seriesOf(registry.bearerOf('ticker', ticker)!.companyId, metric);
    const [in2013, in2018, in2024] = ['2013-02-10T12:35Z', '2018-02-09T04:55Z', '2024-10-10T13:22Z'] as const;
    expect(series('MMM', 'market-cap')).toMatchObject({
      [in2013]: '70537000000',
      [in2018]: '138721055226',
      [in2024]: '74168279040',
    });
    expect(series('MMM', 'ebitda')).toMatchObject({ [in2013]: '7758000000', [in2018]: '9048000000' });
    expect(series('MMM', 'dividend-yield')).toMatchObject({
      [in2013]: '2.31',
      [in2018]: '2.3328617',
      [in2024]: '2.07',
      '2024-11-01T01:37Z': '2.2',
    });
    expect(series('MMM', '52-week-low')).toMatchObject({
      [in2013]: '81.99',
      [in2018]: '175.49',
      [in2024]: '71.36288',
    });
    expect(series('MMM', '52-week-high')).toMatchObject({
      [in2013]: '103.33',
      [in2018]: '259.77',
      [in2024]: '140.72',
    });
    expect(series('MMM', 'book-value-per-share')).not.toHaveProperty([in2018]);
    // No quote of 0.00 in 2013, and two spellings of one ticker.
    expect(series('BRK-B', 'price')).toEqual({
      '2014-05-01T19:14Z': '128.77',
      '2015-09-22T14:54Z': '129.02',
      '2016-06-23T20:49Z': '145.98',
      [in2018]: '191.42',
    });
    expect(registry.bearerOf('ticker', 'MMM')).toMatchObject({
      name: '3M Co.',
      countryCode: 'US',
      industry: { scheme: 'gics', code: 'Industrials' },
    });
  });

  it('keep share classes of one company apart, and the name that others have given it', async () => {
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    await load(registry, 'sp500-constituents', `${DATA}sp500/constituents-2023-12-31.csv`);
    const before = registry.bearerOf('ticker', 'GOOG')!;
    const counts = await load(registry, 'sp500-financials', `${DATA}sp500/financials/2024-10-10T1322Z.csv`, {
      observations,
    });
    expect(counts.observations).toEqual({ ...NONE, recorded: 4820 });
    expect(registry.bearerOf('ticker', 'GOOGL')).toEqual(before);
    const prices = [...observations.all].filter(
      ([key, { metric }]) => key.startsWith(before.companyId) && metric === 'price',
    );
    expect(prices.map(([, { source }]) => source).sort()).toEqual([
      'sp500-financials:GOOG',
      'sp500-financials:GOOGL',
    ]);
  });

  it('record what a company reported last, with its periods told apart', async () => {
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    const path = `${DATA}companyfacts/facebook-cik1326801-2021.json`;
    expect(await load(registry, 'companyfacts', path, { observations })).toEqual({
      created: 1,
      updated: 0,
      renamed: 0,
      unchanged: 9892,
      rejected: 0,
      observations: { ...NONE, recorded: 5540, unchanged: 4141, corrected: 182, superseded: 30 },
    });
    const company = registry.bearerOf('cik', '0001326801')!;
    expect(company).toMatchObject({ name: 'Facebook, Inc.', countryCode: 'US' });
    // A fold of the raw file that knows nothing of maps.
    const raw = JSON.parse(await readFile(path, 'utf8')) as {
      facts: Record<
        string,
        Record<
          string,
          { units: Record<string, { start?: string; end: string; val: number; filed: string }[]> }
        >
      >;
    };
    const last = new Map<string, { val: number; filed: string }>();
    for (const tags of Object.values(raw.facts)) {
      for (const [tag, { units }] of Object.entries(tags)) {
        for (const [unit, facts] of Object.entries(units)) {
          for (const { start, end, val, filed } of facts) {
            const days = start === undefined ? 0 : (Date.parse(end) - Date.parse(start)) / 86_400_000;
            const months = [0, 3, 6, 9, 12].find((count) => Math.abs(days - count * 30.5) < 10);
            const key = `${tag.replaceAll(/[A-Z]/g, '-$&').slice(1).toLowerCase()}${months ? `-${months}m` : ''} ${unit} ${end}`;
            if (filed >= (last.get(key)?.filed ?? '')) last.set(key, { val, filed });
          }
        }
      }
    }
    const kept = [...observations.all.values()].map(({ metric, unit, observedAt, value, reportedAt }) => [
      `${metric} ${unit} ${observedAt}`,
      { val: Number(value), filed: reportedAt },
    ]);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(last));
  });

  it('find only true corrections in successive exports of one year', async () => {
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    const exports = filesIn('uk-gender-pay-gap/rolling-2023-24');
    expect(exports).toHaveLength(15);
    const told = [];
    for (const file of exports) {
      const counts = await load(registry, 'uk-pay-gap', `${DATA}${file}`, { observations });
      told.push(counts.observations);
      expect([file, counts.observations]).toMatchObject([file, { superseded: 0, conflict: 0, invalid: 0 }]);
    }
    expect(told[0]).toEqual({ ...NONE, recorded: 930 });
    expect(told.map((counts) => counts?.corrected)).toEqual([...Array<number>(13).fill(0), 2, 0]);
    expect(told.at(-1)).toEqual({ ...NONE, recorded: 514, unchanged: 4024 });
    const corrected = registry.companies.find(({ name }) => name === 'LOCAL CARE DIRECT LIMITED')!;
    expect(observations.seriesOf(corrected.companyId, 'male-top-quartile', 'percent')).toEqual({
      '2023': '36',
    });
  });

  it.each([
    ['2017-18.csv', '2017', '00226143', '18.00'],
    ['2020-21.csv', '2020', '05306504', '16.6'],
  ])('know which year %s is of, and what is blank in it', async (file, year, number, gap) => {
    const registry = new RegistryInMemory();
    const observations = new ObservationsInMemory();
    const path = `uk-gender-pay-gap/${file}`;
    const { observations: counts } = await load(registry, 'uk-pay-gap', `${DATA}${path}`, {
      rows: 1000,
      observations,
    });
    const filled = sharedRows(path, 1000)!.flatMap((row) => PAY_GAPS.filter((column) => row[column] !== ''));
    expect(counts).toEqual({ ...NONE, recorded: filled.length });
    const employer = registry.bearerOf('registration-number', number)!;
    expect(observations.seriesOf(employer.companyId, 'mean-hourly-pay-gap', 'percent')).toEqual({
      [year]: gap,
    });
  });
});

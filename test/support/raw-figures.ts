import { compareDecimals, meanOf, plainDecimal, sumOf, timesTenTo } from './raw-decimals.ts';
import { rowsOf, type RawFile } from './raw-files.ts';

// What real files come to, from their cells by plain loops: a second opinion, which uses nothing of the system.

export interface At {
  readonly observedAt: string;
  readonly value: string;
}

/** `2013-02-10T1235Z.csv` */
const timeOf = ({ name }: RawFile): string =>
  `${name.slice(0, 10)}T${name.slice(11, 13)}:${name.slice(13, 15)}:00.000Z`;
const yearOf = ({ name }: RawFile): number => Number(name.slice(0, 4));

/** The cells of a company in one column, blank ones left out; the name of a column in either case. */
function cellsOf(
  files: readonly RawFile[],
  symbol: string,
  column: string,
): { file: RawFile; cell: string }[] {
  return files.flatMap((file) =>
    rowsOf(file)
      .filter((row) => tickerOf(row) === symbol)
      .map((row) => ({ file, cell: cellIn(row, column) }))
      .filter(({ cell }) => cell !== '' && cell !== 'Infinity'),
  );
}

function cellIn(row: Readonly<Record<string, string>>, column: string): string {
  const found = Object.keys(row).find((name) => name.toLowerCase() === column.toLowerCase());
  return found === undefined ? '' : row[found]!;
}

export function pricesOf(files: readonly RawFile[], symbol: string): At[] {
  return cellsOf(files, symbol, 'Price')
    .filter(({ cell }) => Number(cell) > 0)
    .map(({ file, cell }) => ({ observedAt: timeOf(file), value: plainDecimal(cell) }));
}

export function meanPricesByYear(files: readonly RawFile[], symbol: string): [year: string, mean: string][] {
  const prices = pricesOf(files, symbol);
  const years = [...new Set(prices.map(({ observedAt }) => observedAt.slice(0, 4)))];
  return years.map((year) => {
    const ofYear = prices.filter(({ observedAt }) => observedAt.startsWith(year));
    return [year, meanOf(ofYear.map(({ value }) => value))];
  });
}

/** In dollars: until 2017 the files have billions. */
export function marketCapsOf(files: readonly RawFile[], symbol: string): At[] {
  return cellsOf(files, symbol, 'Market Cap').map(({ file, cell }) => ({
    observedAt: timeOf(file),
    value: timesTenTo(cell, yearOf(file) < 2018 ? 9 : 0),
  }));
}

/** In percent: since 2024 the files have fractions. */
export function dividendYieldsOf(files: readonly RawFile[], symbol: string): At[] {
  return cellsOf(files, symbol, 'Dividend Yield').map(({ file, cell }) => ({
    observedAt: timeOf(file),
    value: timesTenTo(cell, yearOf(file) < 2024 ? 0 : 2),
  }));
}

/** The lowest and the highest price of 52 weeks, whichever column has which. */
export function rangesOf(files: readonly RawFile[], symbol: string): { low: At[]; high: At[] } {
  const columns = ['52 week low', '52 week high'].map((column) => cellsOf(files, symbol, column));
  const sorted = columns[0]!.map(({ file, cell }, index) => ({
    observedAt: timeOf(file),
    values: [plainDecimal(cell), plainDecimal(columns[1]![index]!.cell)].sort(compareDecimals),
  }));
  return {
    low: sorted.map(({ observedAt, values }) => ({ observedAt, value: values[0]! })),
    high: sorted.map(({ observedAt, values }) => ({ observedAt, value: values[1]! })),
  };
}

export function earningsRatioCountOf(files: readonly RawFile[], symbol: string): number {
  return cellsOf(files, symbol, 'Price/Earnings').length;
}

/** How many cells of the files state a figure. */
export function filledIn(files: readonly RawFile[]): number {
  return files
    .flatMap((file) => rowsOf(file).map((row) => ({ file, row })))
    .flatMap(({ file, row }) => Object.entries(row).map(([column, cell]) => ({ file, column, cell })))
    .filter(({ column }) => !['Symbol', 'Name', 'Sector', 'SEC Filings'].includes(column))
    .filter(({ cell }) => cell !== '' && cell !== 'Infinity')
    .filter(({ file, column, cell }) => !(yearOf(file) === 2013 && column === 'Price' && cell === '0.00'))
    .length;
}

/** How many cells state what is no number. */
export function infiniteIn(file: RawFile): number {
  return rowsOf(file).flatMap((row) => Object.values(row).filter((cell) => cell === 'Infinity')).length;
}

interface PricedCompany {
  readonly sector: string;
  readonly prices: At[];
}

/** The companies of the list and of the files after it, in their order: a share class is one of a company of the list. */
function pricedCompanies(constituents: RawFile, files: readonly RawFile[]): PricedCompany[] {
  const byTicker = new Map<string, PricedCompany>();
  const byCik = new Map<string, PricedCompany>();
  for (const row of rowsOf(constituents)) {
    const company = byCik.get(row['CIK']!) ?? { sector: row['GICS Sector']!, prices: [] };
    byCik.set(row['CIK']!, company);
    byTicker.set(tickerOf(row), company);
  }
  for (const file of files) {
    const scheme = yearOf(file) < 2024 ? '' : 'sub-industry ';
    for (const row of rowsOf(file)) {
      const ticker = tickerOf(row);
      const company = byTicker.get(ticker) ?? { sector: scheme + row['Sector']!, prices: [] };
      byTicker.set(ticker, company);
      const isTold = row['Price'] !== '' && Number(row['Price']) > 0;
      if (isTold) company.prices.push({ observedAt: timeOf(file), value: plainDecimal(row['Price']!) });
    }
  }
  return [...new Set(byTicker.values())];
}

const tickerOf = (row: Readonly<Record<string, string>>): string => row['Symbol']!.replace('.', '-');

/** The last price of each company; of two share classes the higher one. */
function latestPrices(companies: readonly PricedCompany[]): At[] {
  return companies
    .filter(({ prices }) => prices.length > 0)
    .map(({ prices }) => {
      const last = prices
        .map(({ observedAt }) => observedAt)
        .sort()
        .at(-1)!;
      const values = prices.filter(({ observedAt }) => observedAt === last).map(({ value }) => value);
      return { observedAt: last, value: values.sort(compareDecimals).at(-1)! };
    });
}

export function sectorPrices(
  constituents: RawFile,
  files: readonly RawFile[],
  sector: string,
): { companies: number; count: number; sum: string; mean: string } {
  const companies = pricedCompanies(constituents, files).filter((company) => company.sector === sector);
  const latest = latestPrices(companies).map(({ value }) => value);
  return {
    companies: companies.length,
    count: latest.length,
    sum: sumOf(latest),
    mean: meanOf(latest),
  };
}

/** The latest prices of all companies, the highest first. */
export function highestPrices(constituents: RawFile, files: readonly RawFile[]): At[] {
  const latest = latestPrices(pricedCompanies(constituents, files));
  return latest.sort((left, right) => compareDecimals(right.value, left.value));
}

/** An employer by the number that the register of companies has of it, `03141592`; its year is the first of `2017-18`. */
export function meanPayGapsOf(files: readonly RawFile[], number: string): At[] {
  return files.flatMap((file) =>
    rowsOf(file)
      .filter((row) => employerOf(row) === number && row['DiffMeanHourlyPercent'] !== '')
      .map((row) => ({
        observedAt: file.name.slice(0, 4),
        value: plainDecimal(row['DiffMeanHourlyPercent']!),
      }))
      .slice(-1),
  );
}

/** The first number that is in every one of the files. */
export function employerInAll(files: readonly RawFile[]): string {
  const [first = [], ...others] = files.map((file) =>
    rowsOf(file)
      .filter((row) => row['CompanyNumber'] !== '')
      .map(employerOf),
  );
  return first.find((number) => others.every((numbers) => numbers.includes(number)))!;
}

const employerOf = (row: Readonly<Record<string, string>>): string =>
  /^\d+$/.test(row['CompanyNumber']!) ? row['CompanyNumber']!.padStart(8, '0') : row['CompanyNumber']!;

export interface PayGapCounts {
  readonly recorded: number;
  readonly unchanged: number;
  readonly corrected: number;
}

/** How many figures of each export are new, as they were, and other than in the exports before it. */
export function payGapCounts(exports: readonly RawFile[]): PayGapCounts[] {
  const known = new Map<string, string>();
  return exports.map((file) => {
    const counts = { recorded: 0, unchanged: 0, corrected: 0 };
    for (const row of rowsOf(file)) {
      for (const column of PAY_GAP_COLUMNS.filter((name) => row[name] !== '')) {
        const figure = `${row['EmployerId']} ${column}`;
        const value = plainDecimal(row[column]!);
        const before = known.get(figure);
        counts[before === undefined ? 'recorded' : before === value ? 'unchanged' : 'corrected']++;
        known.set(figure, value);
      }
    }
    return counts;
  });
}

export function payGapsIn(files: readonly RawFile[]): number {
  const rows = files.flatMap(rowsOf);
  return rows.flatMap((row) => PAY_GAP_COLUMNS.filter((column) => row[column] !== '')).length;
}

const PAY_GAP_COLUMNS = [
  ...['DiffMeanHourlyPercent', 'DiffMedianHourlyPercent', 'DiffMeanBonusPercent', 'DiffMedianBonusPercent'],
  ...['MaleBonusPercent', 'FemaleBonusPercent', 'MaleLowerQuartile', 'FemaleLowerQuartile'],
  ...['MaleLowerMiddleQuartile', 'FemaleLowerMiddleQuartile', 'MaleUpperMiddleQuartile'],
  ...['FemaleUpperMiddleQuartile', 'MaleTopQuartile', 'FemaleTopQuartile'],
];

interface Fact {
  readonly start?: string;
  readonly end: string;
  readonly val: number;
  readonly filed: string;
}

interface CompanyFacts {
  readonly facts: Record<string, Record<string, { readonly units: Record<string, readonly Fact[]> }>>;
}

export interface FactReport {
  readonly observedAt: string;
  readonly value: string;
  readonly reportedAt: string;
}

/** What was reported of one metric in one unit. */
export interface FactSeries {
  /** The value that was reported last of each time. */
  readonly current: FactReport[];
  /** The other values, each with its last report. */
  readonly earlier: FactReport[];
}

/** By metric and unit, `revenues-12m USD`. */
export function factSeries({ text }: RawFile): Map<string, FactSeries> {
  const reports = new Map<string, Fact[]>();
  for (const tags of Object.values((JSON.parse(text) as CompanyFacts).facts)) {
    for (const [tag, { units }] of Object.entries(tags)) {
      for (const [unit, facts] of Object.entries(units)) {
        for (const fact of facts) {
          const series = `${slugOf(tag)}${durationOf(fact)} ${unit}`;
          reports.set(series, [...(reports.get(series) ?? []), fact]);
        }
      }
    }
  }
  return new Map([...reports].map(([series, facts]) => [series, seriesOf(facts)]));
}

function seriesOf(facts: readonly Fact[]): FactSeries {
  const current: FactReport[] = [];
  const earlier: FactReport[] = [];
  for (const end of [...new Set(facts.map((fact) => fact.end))].sort()) {
    const latest = new Map<number, string>();
    for (const { val, filed } of facts.filter((fact) => fact.end === end)) {
      if (filed > (latest.get(val) ?? '')) latest.set(val, filed);
    }
    const byReport = [...latest]
      .map(([val, reportedAt]) => ({ observedAt: end, value: plainDecimal(String(val)), reportedAt }))
      .sort((left, right) => (left.reportedAt < right.reportedAt ? -1 : 1));
    current.push(byReport.at(-1)!);
    earlier.push(...byReport.slice(0, -1));
  }
  return { current, earlier };
}

/** `AccountsPayableCurrent` → `accounts-payable-current` */
function slugOf(tag: string): string {
  return tag.replaceAll(/(?!^)[A-Z]/g, (capital) => `-${capital}`).toLowerCase();
}

/** `-12m` of a whole year. Every period of these files is one of whole months. */
function durationOf({ start, end }: Fact): string {
  if (start === undefined) return '';
  const after = new Date(`${end}T00:00:00Z`);
  after.setUTCDate(after.getUTCDate() + 1);
  const [year = 0, month = 0] = start.split('-').map(Number);
  return `-${(after.getUTCFullYear() - year) * 12 + after.getUTCMonth() + 1 - month}m`;
}

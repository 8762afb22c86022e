import type { FileSet, Taken } from './raw-files.ts';
import { shortOrLong } from './test-length.ts';

/** Of the S&P 500: who changed the ticker, has two share classes, a dot, an infinite ratio; all of it in a long test. */
const SOME = /^(?:AAP|BRK|CBE$|FB$|GOOG|KEY$|META$|MMM$)/;
const someSymbols = shortOrLong<Taken>({ where: (row) => SOME.test(row['Symbol']!) }, {});

const EDITIONS = [
  ...['2013-02-10T1235Z', '2014-05-01T1914Z', '2015-09-22T1454Z', '2016-06-23T2049Z', '2017-03-08T0608Z'],
  ...['2018-02-09T0455Z', '2024-10-10T1322Z', '2024-11-01T0137Z', '2024-12-01T0148Z', '2025-01-01T0137Z'],
  ...['2025-02-01T0134Z', '2026-06-02T0218Z', '2026-06-09T0157Z', '2026-06-16T0237Z', '2026-06-23T0202Z'],
  '2026-06-30T0205Z',
];
const ROLLING = [
  ...['04-29', '05-08', '05-15', '05-22', '05-29', '06-05', '06-18', '06-26', '07-03', '07-10', '07-17'],
  ...['07-31', '08-21', '09-04', '09-25'],
];

export const CONSTITUENTS: FileSet = {
  folder: 'sp500',
  names: ['constituents-2023-12-31.csv'],
  samples: {
    'constituents-2023-12-31.csv': lines(
      'Symbol,Security,GICS Sector,GICS Sub-Industry,Headquarters Location,Date added,CIK,Founded',
      'MMM,3M,Industrials,Industrial Conglomerates,"Saint Paul, Minnesota",1957-03-04,66740,1902',
      'AAPL,Apple Inc.,Information Technology,Hardware,"Cupertino, California",1982-11-30,320193,1977',
      'BRK.B,Berkshire Hathaway,Financials,Multi-Sector Holdings,"Omaha, Nebraska",2010-02-16,1067983,1839',
      'GOOGL,Alphabet Inc. (Class A),Communication Services,Media,"Mountain View, California",2014-04-03,1652044,1998',
      'GOOG,Alphabet Inc. (Class C),Communication Services,Media,"Mountain View, California",2006-04-03,1652044,1998',
      'KEY,KeyCorp,Financials,Regional Banks,"Cleveland, Ohio",1994-03-01,91576,1825',
    ),
  },
  taken: someSymbols,
};

const OLD_COLUMNS =
  'Symbol,Name,Sector,Price,Dividend Yield,Price/Earnings,Earnings/Share,Book Value,52 week low,52 week high,Market Cap,EBITDA,Price/Sales,Price/Book,SEC Filings';
const NEW_COLUMNS =
  'Symbol,Name,Sector,Price,Price/Earnings,Dividend Yield,Earnings/Share,52 Week Low,52 Week High,Market Cap,EBITDA,Price/Sales,Price/Book,SEC Filings';

export const FINANCIALS: FileSet = {
  folder: 'sp500/financials',
  names: EDITIONS.map((time) => `${time}.csv`),
  samples: {
    '2013-02-10T1235Z.csv': lines(
      OLD_COLUMNS,
      'MMM,3M Co.,Industrials,102.66,2.31,16.17,6.32,26.256,81.99,103.33,70.537,7.758,2.35,3.89,',
      'AAPL,Apple Inc.,Information Technology,474.98,1.70,10.62,44.107,135.623,435.00,705.07,446.0,59.255,2.67,3.45,',
      'BRK.B,Berkshire Hathaway,Financials,0.00,,,,,,,,,,,',
      'XYZ,Former Technologies,Information Technology,10.10,,,,,9.50,12.25,1.25,0.5,1,2,',
    ),
    '2018-02-09T0455Z.csv': lines(
      NEW_COLUMNS,
      'MMM,3M Company,Industrials,222.89,24.31,2.3328617,7.92,259.77,175.49,138721055226,9048000000,4.3902707,11.34,',
      'AAPL,Apple Inc.,Information Technology,155.15,16.86,1.5795412,9.2,180.1,131.12,809508034020,79386000000,3.4586093,5.66,',
    ),
    '2024-11-01T0137Z.csv': lines(
      NEW_COLUMNS,
      'AAPL,Apple Inc.,Hardware,225.91,34.33283,0.0043,6.58,164.08,237.49,3434758275072,131781001216,8.907498,51.554085,',
      'GOOGL,Alphabet Inc. (Class A),Media,171.11,22.7,0.0046,7.54,125,191.75,2113000000000,,6.2,6.7,',
      'GOOG,Alphabet Inc. (Class C),Media,172.69,22.9,0.0046,7.54,127,193.31,2114000000000,,6.2,6.7,',
      'KEY,KeyCorp,Regional Banks,17.25,Infinity,0.0475,0.0,9.99,17.59,17000000000,,4,1.2,',
      'BRK.B,Berkshire Hathaway,Multi-Sector Holdings,450.92,9.5,,47.2,330.58,484.82,970000000000,,2.6,1.6,',
    ),
  },
  taken: someSymbols,
};

const PAY_GAP_COLUMNS =
  'EmployerName,EmployerId,Address,PostCode,CompanyNumber,SicCodes,DiffMeanHourlyPercent,DiffMedianHourlyPercent,DiffMeanBonusPercent,DiffMedianBonusPercent,MaleBonusPercent,FemaleBonusPercent,MaleLowerQuartile,FemaleLowerQuartile,MaleLowerMiddleQuartile,FemaleLowerMiddleQuartile,MaleUpperMiddleQuartile,FemaleUpperMiddleQuartile,MaleTopQuartile,FemaleTopQuartile,CompanyLinkToGPGInfo,EmployerSize,CurrentName,SubmittedAfterTheDeadline,DueDate,DateSubmitted';

function employer(
  id: number,
  number: string,
  mean: string,
  top: string,
  due: string,
  submitted: string,
): string {
  const rest = `0,1.5,,,0.0,0.0,48,52,41,59,45,55,${top},${100 - Number(top)}`.replace(/^0/, mean);
  return `Employer ${id},${id},"1 High Street, Leeds",LS1 1AA,${number},1470,${rest},,250 to 499,Employer ${id},False,${due},${submitted}`;
}

export const PAY_GAPS: FileSet = {
  folder: 'uk-gender-pay-gap',
  names: ['2017-18.csv', '2020-21.csv'],
  samples: {
    '2017-18.csv': lines(
      PAY_GAP_COLUMNS,
      employer(1, '226143', '18', '58', '', ''),
      employer(2, '', '-3.5', '40.5', '', ''),
    ),
    '2020-21.csv': lines(
      PAY_GAP_COLUMNS,
      employer(1, '00226143', '16.6', '57', '2021/10/06 00:00:00', '2021/04/15 09:57:16'),
      employer(3, 'SC161193', '27.1', '61', '2021/10/06 00:00:00', '2021/04/22 17:05:57'),
    ),
  },
  taken: shortOrLong<Taken>({ most: 30 }, {}),
};

const DUE = '2024/04/05 00:00:00';

/** The employer of which figures were corrected is in the twentieth that is taken. */
export const ROLLING_PAY_GAPS: FileSet = {
  folder: 'uk-gender-pay-gap/rolling-2023-24',
  names: ROLLING.map((day) => `export-2023-${day}.csv`),
  samples: {
    'export-2023-04-29.csv': lines(
      PAY_GAP_COLUMNS,
      employer(1, '226143', '18', '58', DUE, '2023/04/19 12:38:40'),
    ),
    'export-2023-05-08.csv': lines(
      PAY_GAP_COLUMNS,
      employer(1, '226143', '18', '57', DUE, '2023/05/02 08:30:05'),
      employer(2, 'IP29766R', '3', '50', DUE, '2023/05/03 08:30:05'),
    ),
  },
  taken: shortOrLong<Taken>({ where: (row) => Number(row['EmployerId']) % 20 === 14447 % 20 }, {}),
};

const CASH = 'NetCashProvidedByUsedInOperatingActivities';

export const COMPANY_FACTS: FileSet = {
  folder: 'companyfacts',
  names: ['facebook-cik1326801-2021.json'],
  samples: {
    'facebook-cik1326801-2021.json': JSON.stringify({
      cik: 1326801,
      entityName: 'Facebook, Inc.',
      facts: {
        'us-gaap': {
          Revenues: { units: { USD: [fact('2015-01-01', 17928, '2018'), fact('2015-10-01', 5841, '2016')] } },
          [CASH]: { units: { USD: [fact('2015-01-01', 8599, '2016'), fact('2015-01-01', 10320, '2017')] } },
        },
      },
    }),
  },
};

function fact(start: string, millions: number, year: string): object {
  return { start, end: '2015-12-31', val: millions * 1_000_000, filed: `${year}-02-01` };
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

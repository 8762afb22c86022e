import { exportCommand } from '../../src/entrypoints/cli/commands/export.ts';
import { pendingCommand } from '../../src/entrypoints/cli/commands/pending.ts';
import { setAsideCommand } from '../../src/entrypoints/cli/commands/set-aside.ts';
import { companyIdAt } from '../support/company-mother.ts';

const COMPANY = (number: number): string => `/v1/companies/${companyIdAt(number)}`;
const FIGURES = (number: number): string => `/v1/statistics/companies/${companyIdAt(number)}`;

/** What is asked of everything that was written; every list has more than its first page. */
export const QUESTIONS: readonly string[] = [
  ...[1, 2, 3].map(COMPANY),
  '/v1/companies?name=acme',
  '/v1/companies?country=GB',
  '/v1/companies?industry=gics:20106020',
  '/v1/companies?limit=1',
  ...[1, 2].map((number) => `${COMPANY(number)}/revisions`),
  `${COMPANY(1)}/revisions?limit=1`,
  `${COMPANY(1)}/revisions/2`,
  `${COMPANY(1)}/documents`,
  '/v1/identifiers/lei/HWUPKR0MPOU8FGXBT394',
  '/v1/identifiers/ticker/ACME',
  ...[1, 2, 3, 9].map(FIGURES),
  `${FIGURES(1)}?limit=1`,
  `${FIGURES(1)}?atLeastVersion=3`,
  ...['raw', 'month', 'quarter', 'year'].map(
    (granularity) => `${FIGURES(1)}/series/price?unit=USD&granularity=${granularity}`,
  ),
  `${FIGURES(1)}/series/price?unit=USD&granularity=raw&limit=1`,
  `${FIGURES(1)}/series/price/reports?unit=USD`,
  '/v1/statistics/rankings/price',
  '/v1/statistics/rankings/price?limit=1&order=asc',
  '/v1/statistics/rankings/price?country=GB',
  '/v1/statistics/rankings/price?industry=gics:20106020',
  ...['country', 'industry'].flatMap((dimension) => [
    `/v1/statistics/aggregates/${dimension}`,
    `/v1/statistics/aggregates/${dimension}?metric=price&unit=USD`,
  ]),
  '/v1/statistics/metrics/price',
];

/** What an operator asks. */
export const COMMANDS = [
  { command: exportCommand, args: ['companies'] },
  { command: exportCommand, args: ['observations'] },
  { command: setAsideCommand, args: ['--since', '2026-01-01', '--json'] },
  { command: pendingCommand, args: ['--json'] },
] as const;

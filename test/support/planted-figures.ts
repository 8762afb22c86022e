import type { DriftKind } from '../../src/domain/audit/drift.ts';
import type { CompanyFacts } from '../../src/domain/profiles/company-facts.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import type { Decimal } from '../../src/domain/shared/decimal.ts';
import type { Figures } from '../../src/domain/statistics/figures.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import type { CompanySeries } from '../../src/domain/statistics/standing.ts';
import type { AuditedServices } from './audited-services.ts';
import type { FigureFaults } from './figure-faults.ts';

export const PRICE = { metric: 'price', unit: 'USD' };
export const STAFF = { metric: 'staff', unit: 'people' };
const BANKS = { scheme: 'gics', code: '4010', label: 'Banks' };
export const FRANCE = { dimension: 'country', group: 'FR' } as const;
export const UNITED_STATES = { dimension: 'country', group: 'US' } as const;
export const BANKING = { dimension: 'industry', group: 'gics:4010' } as const;
export const TICKER = { scheme: 'ticker', value: 'ACME' };

/** What `inStep` leaves of the company that a fault concerns. */
export interface Victim {
  readonly companyId: CompanyId;
  readonly price: CompanySeries;
  readonly figures: Figures;
}

export interface PlantedFigures {
  readonly title: string;
  /** The kinds that the audit must find. */
  readonly finds: readonly DriftKind[];
  plant(faults: FigureFaults, victim: Victim, services: AuditedServices): Promise<void>;
}

/** Three companies in two countries with prices, which are ranked, and staff, which is not; all in step. */
export async function inStep(services: AuditedServices): Promise<Victim> {
  await services.rank(PRICE.metric);
  await withFigures(services, { name: 'Autre', countryCode: 'FR' });
  await withFigures(services, { name: 'Other', countryCode: 'US', industry: BANKS });
  return aVictim(services);
}

export async function aVictim(services: AuditedServices): Promise<Victim> {
  const facts = { name: 'Acme', countryCode: 'US', industry: BANKS, identifiers: [TICKER] };
  const companyId = await withFigures(services, facts);
  const at = (observedAt: string, value: string) => ({
    observedAt: observedAt as ObservedAt,
    value: value as Decimal,
  });
  return {
    companyId,
    price: { companyId, series: PRICE },
    figures: {
      count: 3,
      sum: '20.5' as Decimal,
      min: '1.5' as Decimal,
      max: '12' as Decimal,
      first: at('2023-05', '1.5'),
      last: at('2024-03-31', '12'),
    },
  };
}

async function withFigures(services: AuditedServices, facts: Partial<CompanyFacts>): Promise<CompanyId> {
  const { companyId } = await services.register(facts);
  await services.observe(companyId, PRICE, { '2023-05': '1.5', '2024-03-01': '7', '2024-03-31': '12' });
  await services.observe(companyId, STAFF, { '2024': '3' });
  await services.project({ companyId, series: PRICE }, { companyId, series: STAFF });
  services.statistics.settle();
  return companyId;
}

const wrong = (figures: Figures): Figures => ({ ...figures, sum: '99' as Decimal });

/** Each way in which figures of a company may be wrong, planted by hand. */
export const PLANTED_FIGURES: readonly PlantedFigures[] = [
  {
    title: "a series' sum",
    finds: ['rollup-differs'],
    plant: async (faults, { price, figures }) => faults.series(price, wrong(figures)),
  },
  {
    title: "a series' latest value",
    // What boards show of it is no longer what it says.
    finds: ['rollup-differs', 'entry-differs'],
    plant: async (faults, { price, figures }) =>
      faults.series(price, { ...figures, last: { ...figures.last, value: '11' as Decimal } }),
  },
  {
    title: 'a series that is gone',
    finds: ['rollup-differs'],
    plant: async (faults, { companyId }) => faults.series({ companyId, series: STAFF }, undefined),
  },
  {
    title: 'a ranked series that is gone',
    finds: ['rollup-differs', 'entry-differs'],
    plant: async (faults, { price }) => faults.series(price, undefined),
  },
  {
    title: "a year's bucket",
    finds: ['rollup-differs'],
    plant: async (faults, { price, figures: { first } }) =>
      faults.year(price, '2023', {
        '05': { count: 1, sum: '2' as Decimal, min: first.value, max: first.value, first, last: first },
      }),
  },
  {
    title: 'a year that is missing',
    finds: ['rollup-differs'],
    plant: async (faults, { price }) => faults.year(price, '2023', undefined),
  },
  {
    title: 'a year without observations',
    finds: ['rollup-differs'],
    plant: async (faults, { price, figures: { first } }) =>
      faults.year(price, '2019', {
        year: { count: 1, sum: first.value, min: first.value, max: first.value, first, last: first },
      }),
  },
  {
    title: 'the name on the board of a group',
    finds: ['entry-differs'],
    plant: async (faults, { price, figures }) =>
      faults.entry(price, UNITED_STATES, { companyName: 'False', latest: figures.last }),
  },
  {
    title: 'the value on the board of a group',
    finds: ['entry-differs'],
    plant: async (faults, { price, figures: { last } }) =>
      faults.entry(price, BANKING, { companyName: 'Acme', latest: { ...last, value: '1' as Decimal } }),
  },
  {
    title: 'a company that the board of its country does not show',
    finds: ['entry-differs'],
    plant: async (faults, { price }) => faults.entry(price, UNITED_STATES, undefined),
  },
  {
    title: 'a company that the board of another country shows',
    finds: ['entry-differs'],
    plant: async (faults, { price, figures }) =>
      faults.entry(price, FRANCE, { companyName: 'Acme', latest: figures.last }),
  },
  {
    title: "a group's number of companies in a series",
    finds: ['aggregate-differs'],
    plant: async (faults, { companyId }) =>
      faults.aggregate(companyId, UNITED_STATES, PRICE, { count: 9, sum: '23' as Decimal }),
  },
  {
    title: "a group's sum of a series",
    finds: ['aggregate-differs'],
    plant: async (faults, { companyId }) =>
      faults.aggregate(companyId, BANKING, PRICE, { count: 2, sum: '23.1' as Decimal }),
  },
  {
    title: 'an aggregate that is gone',
    finds: ['aggregate-differs'],
    plant: async (faults, { companyId }) => faults.aggregate(companyId, BANKING, PRICE, undefined),
  },
  {
    title: "a group's number of companies",
    finds: ['aggregate-differs'],
    plant: async (faults, { companyId }) =>
      faults.aggregate(companyId, UNITED_STATES, undefined, { count: 9, sum: '0' as Decimal }),
  },
  {
    title: 'an identifier that does not lead to its company',
    finds: ['membership-differs'],
    plant: async (faults, { companyId }) => faults.bearer(companyId, TICKER, false),
  },
  {
    title: 'a name that never reached the boards',
    finds: ['entry-differs', 'membership-differs'],
    plant: async (_faults, { companyId }, services) => {
      const company = await services.profiles.companies.find(companyId, 'strong');
      const renamed = await services.rename(company!, 'Renamed', { replica: true });
      await services.follow(renamed);
      services.statistics.settle();
    },
  },
  {
    title: 'a value that never reached the boards',
    finds: ['entry-differs'],
    plant: async (_faults, { companyId }, services) => services.observe(companyId, PRICE, { '2025': '5' }),
  },
];

/** It concerns every company. */
export const NEVER_WITHDRAWN: PlantedFigures = {
  title: 'a metric that was never withdrawn',
  finds: ['entry-differs'],
  plant: async (_faults, _victim, services) => {
    await services.rank(STAFF.metric);
    await services.define(STAFF.metric, false);
  },
};

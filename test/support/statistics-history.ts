import { expect } from '@jest/globals';
import fc from 'fast-check';
import { isRemoved, remove, type Company } from '../../src/domain/profiles/company.ts';
import type { Page, PageRequest } from '../../src/domain/shared/page.ts';
import { RegistryError } from '../../src/domain/shared/errors.ts';
import type { ObservedAt } from '../../src/domain/statistics/observed-at.ts';
import { someFacts } from './company-mother.ts';
import { currentReports, earlierReports, modelFigures, type ModelReport } from './observation-model.ts';
import { CONSUMERS, WholeSystem, type StatisticsBackend } from './whole-system.ts';

const context = { requestId: 'history' };
const METRICS = ['price', 'staff'];
const UNITS = ['EUR', 'USD'];
const SERIES = METRICS.flatMap((metric) => UNITS.map((unit) => ({ metric, unit })));
const INDUSTRIES = ['A', 'B'].map((code) => ({ scheme: 'test', code, label: code }));
const COUNTRIES = ['FR', 'US'];
const MOST_COMPANIES = 5;
/** A small page, so that histories of a few companies have several. */
const PAGE = 3;

const report: fc.Arbitrary<ModelReport> = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    unit: fc.constantFrom(...UNITS),
    observedAt: fc.constantFrom(
      '2023',
      '2023-12',
      '2024',
      '2024-01',
      '2024-01-05',
      '2024-01-05T10:00:00.000Z',
      '2024-02-29',
    ),
    source: fc.constantFrom('feed', 'press'),
    value: fc.integer({ min: -3, max: 3 }),
    reportedAt: fc.option(fc.constantFrom('2024', '2024-03', '2024-03-02', '2025'), { nil: undefined }),
  })
  .map(({ reportedAt, ...rest }) => ({ ...rest, ...(reportedAt !== undefined && { reportedAt }) }));

const which = fc.nat({ max: MOST_COMPANIES - 1 });
/** Few, so that much becomes of each. */
const documented = { which: fc.nat({ max: 1 }), name: fc.constantFrom('a', 'b') };

type Step =
  | { readonly do: 'register' | 'reorder' | 'snapshots' }
  | { readonly do: 'rename' | 'move' | 'remove' | 'duplicate' | 'lag'; readonly which: number }
  | { readonly do: 'observe'; readonly which: number; readonly how: Door; readonly reports: ModelReport[] }
  | {
      readonly do: 'upload';
      readonly which: number;
      readonly name: string;
      readonly contentType: string;
      readonly size: number;
    }
  | {
      readonly do: 'erase';
      readonly which: number;
      readonly name: string;
      readonly how: 'by request' | 'in the store';
    }
  | { readonly do: 'define'; readonly metric: string; readonly ranked: boolean }
  | { readonly do: 'poll'; readonly consumer: (typeof CONSUMERS)[number] }
  | { readonly do: 'drain'; readonly topic: 'company-events' | 'company-observations' }
  | { readonly do: 'fail'; readonly fault: 'before' | 'after' };

/** By a call, by the topic, or by the topic and an identifier, perhaps before the company has come. */
type Door = 'call' | 'topic' | 'identifier';

const upload: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('upload'),
  ...documented,
  contentType: fc.constantFrom('application/pdf', 'text/csv; header=present', 'image/x-1', 'image/x-2'),
  size: fc.nat({ max: 9 }),
});

const erase: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('erase'),
  ...documented,
  how: fc.constantFrom('by request', 'in the store'),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('register', 'reorder', 'snapshots') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('rename', 'move', 'remove', 'duplicate', 'lag'), which }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('observe'),
      which,
      how: fc.constantFrom('call', 'topic', 'identifier'),
      reports: fc.array(report, { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.oneof(upload, erase) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('define'),
      metric: fc.constantFrom(...METRICS),
      ranked: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('poll'), consumer: fc.constantFrom(...CONSUMERS) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('drain'),
      topic: fc.constantFrom('company-events', 'company-observations'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail'), fault: fc.constantFrom('before', 'after') }) },
);

/** A history, what was done in it, and what should have come of it. */
class History {
  readonly companies: Company[] = [];
  /** By the number of the company. */
  readonly reports = Array.from({ length: MOST_COMPANIES }, (): ModelReport[] => []);
  /** What was told by an identifier: it waits where no company came to bear it. */
  readonly byIdentifier = Array.from({ length: MOST_COMPANIES }, (): ModelReport[] => []);
  readonly ranked = new Set<string>();
  readonly system: WholeSystem;
  #steps = 0;

  constructor(backend: StatisticsBackend) {
    this.system = new WholeSystem(backend);
  }

  async take(one: Step): Promise<void> {
    this.system.clock.advance(1);
    this.#steps++;
    try {
      await this.#take(one);
    } catch (error) {
      // What a caller may be told, such as that a company is removed, is part of a history.
      if (!(error instanceof RegistryError)) throw error;
    }
  }

  async #take(one: Step): Promise<void> {
    const { system } = this;
    const { profiles, statistics } = system.registry;
    switch (one.do) {
      case 'register':
        return this.#register();
      case 'rename':
        return this.#change(one.which, async ({ companyId, version }) =>
          profiles.renameCompany.execute(companyId, version, `Name ${this.#steps}`, context),
        );
      case 'move':
        return this.#change(one.which, async ({ companyId, version, ...facts }) =>
          profiles.changeCompany.execute(
            companyId,
            version,
            () => ({ ...someFacts(), name: facts.name, identifiers: facts.identifiers, ...this.#place() }),
            context,
          ),
        );
      case 'remove':
        // Of the others, what is told by an identifier is recorded whenever it arrives.
        if (one.which % 2 === 1)
          await this.#change(one.which, async (company) => {
            await profiles.removeCompany.execute(company.companyId, company.version, context);
            return remove(company, system.clock.now());
          });
        return;
      case 'observe':
        return this.#observe(one);
      case 'upload':
        return this.#upload(one);
      case 'erase':
        return this.#erase(one);
      case 'define':
        if (one.ranked) this.ranked.add(one.metric);
        else this.ranked.delete(one.metric);
        await statistics.defineMetric.execute({ metric: one.metric, ranked: one.ranked });
        return;
      case 'poll':
        await system.poll(one.consumer);
        return;
      case 'drain':
        return system.drain(one.topic);
      case 'reorder':
        return system.reorder();
      case 'snapshots':
        await profiles.publishSnapshots.execute('snapshots');
        return;
      case 'duplicate':
        return system.duplicate(one.which);
      case 'lag':
        return system.lag(one.which);
      case 'fail':
        return system.failNext(one.fault);
    }
  }

  async #register(): Promise<void> {
    const number = this.companies.length;
    if (number === MOST_COMPANIES) return;
    const facts = someFacts({
      name: `Company ${number}`,
      identifiers: [identifierOf(number)],
      ...this.#place(),
    });
    this.companies.push(await this.system.registry.profiles.registerCompany.execute(facts, context));
  }

  async #change(number: number, change: (company: Company) => Promise<Company>): Promise<void> {
    const company = this.companies[number];
    if (company !== undefined) this.companies[number] = await change(company);
  }

  async #observe({ which: number, how, reports }: Step & { do: 'observe' }): Promise<void> {
    const company = this.companies[number];
    const observations = reports.map((one) => ({ ...one, value: String(one.value) }));
    if (how === 'identifier') {
      if (number % 2 === 1) return;
      this.byIdentifier[number]!.push(...reports);
      const message = JSON.stringify({ identifier: identifierOf(number), observations });
      return this.system.publish('company-observations', message);
    }
    if (company === undefined) return;
    this.reports[number]!.push(...reports);
    if (how === 'call') {
      await this.system.registry.statistics.recordObservations.execute(company.companyId, observations);
    } else {
      const message = JSON.stringify({ companyId: company.companyId, observations });
      await this.system.publish('company-observations', message);
    }
  }

  /** In the place of what there was under that name: what is in the store is what is there. */
  async #upload({ which: number, name, contentType, size }: Step & { do: 'upload' }): Promise<void> {
    const company = this.companies[number];
    if (company === undefined) return;
    const { objects, documents } = this.system;
    const objectKey = `documents/${company.companyId}/${name}`;
    objects.put(objectKey, { contentType, size });
    await documents.followObject.execute({ objectKey, notifiedAt: this.system.clock.now() });
  }

  async #erase({ which: number, name, how }: Step & { do: 'erase' }): Promise<void> {
    const company = this.companies[number];
    if (company === undefined) return;
    const { companyId } = company;
    const { objects, documents, clock } = this.system;
    const objectKey = `documents/${companyId}/${name}`;
    if (how === 'in the store') {
      await objects.delete(objectKey);
      await documents.followObject.execute({ objectKey, notifiedAt: clock.now() });
      return;
    }
    const { items } = await documents.listDocuments.execute(companyId, { limit: PAGE });
    const document = items.find(({ fileName }) => fileName === name);
    if (document) await documents.removeDocument.execute(companyId, document.documentId, context);
  }

  /** Somewhere else, and in another industry, or in none, at each step. */
  #place(): Partial<Company> {
    const industry = [...INDUSTRIES, undefined][this.#steps % 3];
    return { countryCode: COUNTRIES[this.#steps % 2]!, ...(industry && { industry }) };
  }

  async check(): Promise<void> {
    await this.system.settle();
    expect(this.system.undelivered).toBe(0);
    for (const [number, company] of this.companies.entries()) {
      const reports = [...this.reports[number]!, ...this.byIdentifier[number]!];
      await this.#checkCompany(company, reports);
    }
    for (const series of SERIES) await this.#checkBoards(series);
    await this.#checkAggregates(undefined);
    await this.#checkPending();
    expect(await this.system.registry.audit.auditCompanies.execute()).toMatchObject({ drift: 0 });
  }

  async #checkCompany(company: Company, reports: readonly ModelReport[]): Promise<void> {
    const { readSummary, readSeries, listEarlierReports } = this.system.registry.statistics;
    const { companyId } = company;
    if (isRemoved(company)) {
      // Its documents stay: the audit compares them.
      await expect(readSummary.execute(companyId, { limit: 9 })).rejects.toThrow(RegistryError);
      return;
    }
    const { documents } = await readSummary.execute(companyId, { limit: 1 });
    expect(documents).toEqual(this.#documentTotals(companyId));
    const summary = await all((page) => readSummary.execute(companyId, page));
    expect(summary.map(({ series, figures }) => [series, modelOf(figures)])).toEqual(
      SERIES.map((series) => ({ series, figures: modelFigures(reports, series) }))
        .filter(({ figures }) => figures !== undefined)
        .map(({ series, figures }) => [series, figures]),
    );
    for (const series of SERIES) {
      const query = { companyId, series, range: {} };
      const raw = await all((page) => readSeries.raw(query, page));
      expect(raw.map(plain).sort()).toEqual(currentReports(ofSeries(reports, series)).map(plain).sort());
      const earlier = await all((page) => listEarlierReports.execute(query, page));
      expect(earlier.map(plain).sort()).toEqual(earlierReports(ofSeries(reports, series)).map(plain).sort());
      const years = await all((page) => readSeries.byPeriod(query, 'year', page));
      expect(years.map(({ period, figures }) => [period, modelOf(figures)])).toEqual(
        ['2023', '2024']
          .map((year) => [year, modelFigures(reports, series, year)])
          .filter(([, figures]) => figures !== undefined),
      );
      const from2024 = { ...query, range: { from: '2024' as ObservedAt } };
      const months = await all((page) => readSeries.byPeriod(from2024, 'month', page));
      expect(months.map(({ period, figures }) => [period, modelOf(figures)])).toEqual(
        ['2024-01', '2024-02']
          .map((month) => [month, modelFigures(reports, series, month)])
          .filter(([, figures]) => figures !== undefined),
      );
    }
  }

  /** Of a company that is there, everything in the store is a document. */
  #documentTotals(companyId: string) {
    const types: Record<string, number> = {};
    let [count, bytes] = [0, 0];
    for (const [key, { contentType = '', size }] of this.system.objects.objects) {
      if (!key.startsWith(`documents/${companyId}/`)) continue;
      count++;
      bytes += size;
      const type = contentType.startsWith('image/') ? 'image/*' : contentType.replace(/;.*/, '');
      types[type] = (types[type] ?? 0) + 1;
    }
    return { count, bytes, types };
  }

  async #checkBoards(series: (typeof SERIES)[number]): Promise<void> {
    const { rankCompanies } = this.system.registry.statistics;
    if (!this.ranked.has(series.metric)) {
      await expect(rankCompanies.execute({ series, order: 'asc' }, { limit: 1 })).rejects.toThrow(
        /not ranked/,
      );
      return;
    }
    const standing = this.#standing(series);
    const groups = [
      undefined,
      ...COUNTRIES.map((group) => ({ dimension: 'country' as const, group })),
      ...INDUSTRIES.map(({ code }) => ({ dimension: 'industry' as const, group: `test:${code}` })),
    ];
    for (const group of groups) {
      const expected = standing.filter(({ company }) => group === undefined || isIn(company, group));
      for (const order of ['asc', 'desc'] as const) {
        const ranking = { series, order, ...(group && { group }) };
        const ranked = await all((page) => rankCompanies.execute(ranking, page));
        const sorted = [...expected].sort(byValueAndId);
        if (order === 'desc') sorted.reverse();
        expect(ranked).toEqual(
          sorted.map(({ company, figures }, index) => ({
            rank: index + 1,
            companyId: company.companyId,
            companyName: company.name,
            latest: { value: String(figures.last), observedAt: figures.lastAt },
          })),
        );
      }
    }
    await this.#checkAggregates(series);
  }

  async #checkAggregates(series: (typeof SERIES)[number] | undefined): Promise<void> {
    const { aggregateCompanies } = this.system.registry.statistics;
    const standing = series ? this.#standing(series) : [];
    for (const dimension of ['country', 'industry'] as const) {
      const groups = dimension === 'country' ? COUNTRIES : INDUSTRIES.map(({ code }) => `test:${code}`);
      const found = await all((page) => aggregateCompanies.execute(dimension, series, page));
      const expected = groups.flatMap((group) => {
        const companies = this.#present().filter(({ company }) => isIn(company, { dimension, group })).length;
        const values = standing
          .filter(({ company }) => isIn(company, { dimension, group }))
          .map(({ figures }) => figures.last);
        const sum = values.reduce((total, value) => total + value, 0);
        const figures = series && { count: values.length, sum: String(sum) };
        return companies === 0 ? [] : [{ group, companies, ...(figures && { figures }) }];
      });
      expect(found).toMatchObject(expected);
      expect(found).toHaveLength(expected.length);
    }
  }

  /** What was told by an identifier of a company that never came waits, each once. */
  async #checkPending(): Promise<void> {
    const waiting = new Map<string, number>();
    for await (const { identifier, observations } of this.system.registry.statistics.listPending.execute()) {
      waiting.set(identifier.value, observations);
    }
    const expected = new Map(
      this.byIdentifier
        .map((reports, number) => [identifierOf(number).value, new Set(reports.map(keyOf)).size] as const)
        .filter(([, count], number) => count > 0 && number >= this.companies.length),
    );
    expect(waiting).toEqual(expected);
  }

  #present() {
    return this.companies
      .map((company, number) => ({ company, number }))
      .filter(({ company }) => !isRemoved(company));
  }

  #standing(series: (typeof SERIES)[number]) {
    return this.#present().flatMap(({ company, number }) => {
      const figures = modelFigures([...this.reports[number]!, ...this.byIdentifier[number]!], series);
      return figures === undefined ? [] : [{ company, figures }];
    });
  }
}

function identifierOf(number: number) {
  return { scheme: 'registration-number', value: `NUMBER-${number}` };
}

function isIn({ countryCode, industry }: Company, group: { dimension: string; group: string }): boolean {
  if (group.dimension === 'country') return countryCode === group.group;
  return industry !== undefined && `${industry.scheme}:${industry.code}` === group.group;
}

type Standing = { readonly company: Company; readonly figures: { readonly last: number } };

function byValueAndId(a: Standing, b: Standing): number {
  return a.figures.last - b.figures.last || (a.company.companyId < b.company.companyId ? -1 : 1);
}

function ofSeries(reports: readonly ModelReport[], { metric, unit }: { metric: string; unit: string }) {
  return reports.filter((one) => one.metric === metric && one.unit === unit);
}

function keyOf({ metric, unit, ...rest }: ModelReport): string {
  return `${metric} ${unit} ${plain(rest)}`;
}

function plain(one: { observedAt: string; source: string; value: unknown; reportedAt?: string }): string {
  return JSON.stringify([one.observedAt, one.source, String(one.value), one.reportedAt ?? null]);
}

function modelOf({
  count,
  sum,
  min,
  max,
  first,
  last,
}: {
  count: number;
  sum: string;
  min: string;
  max: string;
  first: { value: string };
  last: { value: string; observedAt: string };
}) {
  return {
    count,
    sum: Number(sum),
    min: Number(min),
    max: Number(max),
    first: Number(first.value),
    last: Number(last.value),
    lastAt: last.observedAt,
  };
}

async function all<Item>(read: (page: PageRequest) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  for (let after: string | undefined; ;) {
    const page = await read({ limit: PAGE, ...(after !== undefined && { after }) });
    items.push(...page.items);
    if (page.next === undefined) return items;
    after = page.next;
  }
}

/** Does what the steps say, and expects what plain loops say of it, once all has arrived. */
export async function replay(backend: StatisticsBackend, steps: readonly Step[]): Promise<void> {
  const history = new History(backend);
  for (const one of steps) await history.take(one);
  await history.check();
}

/** What may happen to companies and their figures, and what may go wrong. */
export const histories = fc.array(step, { minLength: 5, maxLength: 60 });

/** What may happen to the documents of two companies. */
export const documentHistories = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: upload },
      { weight: 2, arbitrary: erase },
      fc.record({ do: fc.constantFrom('reorder', 'snapshots') }),
      fc.record({ do: fc.constant('duplicate'), which: fc.nat({ max: 20 }) }),
      fc.record({ do: fc.constant('remove'), which: fc.constant(1) }),
      { weight: 2, arbitrary: fc.record({ do: fc.constant('poll'), consumer: fc.constant('publisher') }) },
      fc.record({ do: fc.constant('drain'), topic: fc.constant('company-events') }),
      fc.record({ do: fc.constant('fail'), fault: fc.constantFrom('before', 'after') }),
    ) satisfies fc.Arbitrary<Step>,
    { minLength: 5, maxLength: 40 },
  )
  .map((steps): Step[] => [{ do: 'register' }, { do: 'register' }, ...steps]);

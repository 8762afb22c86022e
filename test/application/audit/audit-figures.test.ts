import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PORTS } from '../../../src/entrypoints/composition/tokens.ts';
import { AuditedServices } from '../../support/audited-services.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { figuresInMemory } from '../../support/figures-fixture.ts';
import { inStep, NEVER_WITHDRAWN, PLANTED_FIGURES, PRICE, STAFF } from '../../support/planted-figures.ts';
import { profilesInMemory } from '../../support/profiles-fixture.ts';

describe('the audit of figures', () => {
  it('counts series and observations, and finds nothing where they are right', async () => {
    const services = inMemory();
    await inStep(services);
    expect(await services.auditCompanies.execute()).toMatchObject({
      companies: 3,
      series: 6,
      observations: 12,
      waiting: 0,
      undecided: 0,
      drift: 0,
    });
    expect(services.pauses).toEqual([]);
  });

  it('takes a company that only observations name for no drift', async () => {
    const services = inMemory();
    await services.rank(PRICE.metric);
    const unknown = { companyId: companyIdAt(50), series: PRICE };
    await services.observe(unknown.companyId, PRICE, { '2024': '1' });
    await services.project(unknown);
    expect(await services.auditCompanies.execute()).toMatchObject({ companies: 0, series: 1, drift: 0 });
  });

  it('tells how many observations wait for their company', async () => {
    const services = inMemory();
    const pending = services.statistics.container.get(PORTS.pendingObservations);
    const identifier = { scheme: 'ticker', value: 'LATER' };
    const at = (value: string) => ({ ...PRICE, observedAt: '2024', value, source: 'a-source' });
    await pending.keep(
      ['1', '2'].map((value) => ({
        identifier,
        observation: at(value) as never,
        since: '2026-01-01T00:00:00.000Z',
      })),
    );
    expect(await services.auditCompanies.execute()).toMatchObject({ waiting: 2, drift: 0 });
  });

  describe.each([...PLANTED_FIGURES, NEVER_WITHDRAWN])('of $title', ({ plant, finds }) => {
    it('finds it, mends it, and finds nothing any more', async () => {
      const services = inMemory();
      const victim = await inStep(services);
      await plant(services.statistics.faults, victim, services);
      const found = await services.auditCompanies.execute();
      expect([...new Set(found.findings.map(({ kind }) => kind))]).toEqual(finds);
      const mended = await services.auditCompanies.execute({ repair: true });
      expect(mended).toMatchObject({ drift: 0, repaired: found.drift });
      expect(await services.auditCompanies.execute()).toMatchObject({ drift: 0, series: 6 });
    });
  });

  it('names the series and the month, what is stored and what the observations come to', async () => {
    const services = inMemory();
    const { price, figures } = await inStep(services);
    const { first } = figures;
    await services.statistics.faults.year(price, '2023', {
      '05': { ...figures, count: 1, first, last: first },
    });
    const [finding] = (await services.auditCompanies.execute()).findings;
    expect(finding).toMatchObject({ kind: 'rollup-differs', companyId: price.companyId });
    expect(finding?.detail).toMatch(
      /^price in USD, 2023-05: stored is \{"count":1,"sum":"20.5".*, the observations come to \{"count":1,"sum":"1.5"/,
    );
  });

  it('mends a series of more years than one write takes', async () => {
    const services = inMemory();
    const { price } = await inStep(services);
    const years = Array.from({ length: 200 }, (_, index) => String(1700 + index));
    await services.observe(price.companyId, STAFF, Object.fromEntries(years.map((year) => [year, '1'])));
    for (const year of years) {
      await services.statistics.faults.year({ ...price, series: STAFF }, year, undefined);
    }
    expect(await services.auditCompanies.execute({ repair: true })).toMatchObject({
      drift: 0,
      repaired: 200,
    });
  });

  it('does not call drift what is projected while it waits', async () => {
    const services = inMemory();
    const { price } = await inStep(services);
    await services.observe(price.companyId, PRICE, { '2025': '5' });
    services.whilePausing = async () => {
      if (services.pauses.length === 3) await services.project(price);
    };
    expect((await services.auditCompanies.execute({ repair: true })).repaired).toBe(0);
  });

  it('does not compare what was read of a series before and after a write', async () => {
    const services = inMemory();
    const { price, companyId } = await inStep(services);
    const records = services.statistics.container.get(PORTS.rollupRecords);
    const observations = records.observations.bind(records);
    let writes = 0;
    records.observations = async function* (of) {
      await services.observe(of, PRICE, { [instant(++writes)]: '1' });
      yield* observations(of);
    };
    const [figures] = await services.figuresForAudit.check([{ companyId: price.companyId, sightings: [] }]);
    expect(figures?.discrepancies.filter(({ kind }) => kind === 'rollup-differs')).toEqual([]);
    expect(writes).toBeGreaterThan(1);

    await services.statistics.faults.year({ companyId, series: STAFF }, '2024', undefined);
    const [again] = await services.figuresForAudit.check([{ companyId, sightings: [] }]);
    const found = again?.discrepancies.filter(({ kind }) => kind === 'rollup-differs');
    expect(found?.map(({ mark }) => mark)).toEqual(['rollup staff people 2024']);
  });

  it('does not judge an aggregate that was written to while it was counted', async () => {
    const services = inMemory();
    const { price } = await inStep(services);
    const records = services.statistics.container.get(PORTS.boardRecords);
    const standings = records.standings.bind(records);
    records.standings = async function* (series) {
      yield* standings(series);
      await services.observe(price.companyId, PRICE, { '2025': '100' });
      await services.project(price);
    };
    const { wrong, moved } = await services.figuresForAudit.recount(PRICE);
    expect(wrong).toEqual([]);
    expect(moved).toBeGreaterThan(0);
  });

  it('says of aggregates that never rest that it cannot say anything', async () => {
    const services = inMemory();
    const { price } = await inStep(services);
    const records = services.statistics.container.get(PORTS.boardRecords);
    const standings = records.standings.bind(records);
    let writes = 0;
    records.standings = async function* (series) {
      for await (const one of standings(series)) {
        yield one;
        await services.observe(price.companyId, PRICE, { [instant(++writes)]: String(writes) });
        await services.project(price);
      }
    };
    const report = await services.auditCompanies.execute();
    expect(report.kinds['aggregate-differs']).toBe(0);
    expect(report.undecided).toBeGreaterThan(0);
    expect(services.pauses.length).toBeLessThanOrEqual(30);
  });

  it('finds what was planted and nothing else, whatever is recorded and projected meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(99)), async (chances) => {
        const roll = (): number => chances.next().value as number;
        const services = inMemory();
        const victim = await inStep(services);
        await services.statistics.faults.year(victim.price, '2023', undefined);
        const onTheWay: (() => Promise<void>)[] = [];
        let recorded = 0;
        const deliver = async (): Promise<void> => {
          const [one] = onTheWay.splice(roll() % Math.max(onTheWay.length, 1), 1);
          await one?.();
        };
        const write = async (): Promise<void> => {
          const companyId = companyIdAt(1 + (roll() % 3));
          if (roll() % 4 === 0) {
            const before = (await services.profiles.companies.find(companyId, 'strong'))!;
            const facts = { name: `Name ${roll()}`, countryCode: roll() % 2 ? 'US' : 'FR' };
            const after = await services.change(before, facts, { replica: true });
            onTheWay.push(async () => {
              await services.follow(after);
              onTheWay.push(async () => services.project({ companyId }));
            });
          } else {
            // No corrections: they would be computed from the year that is missing, too.
            await services.observe(companyId, PRICE, { [instant(++recorded)]: String(roll()) });
            onTheWay.push(async () => services.project({ companyId, series: PRICE }));
          }
        };
        // One after the other: two changes of one profile at once are not what is looked at here.
        let happening = Promise.resolve();
        const between = (): Promise<void> => {
          happening = happening.then(async () => {
            for (let count = roll() % 3; count > 0; count--) await (roll() % 2 ? write() : deliver());
          });
          return happening;
        };
        const { figuresForAudit } = services;
        const check = figuresForAudit.check.bind(figuresForAudit);
        figuresForAudit.check = async (wanted) => {
          await between();
          const answer = await check(wanted);
          await between();
          return answer;
        };
        services.whilePausing = async () => {
          while (onTheWay.length > 0) await deliver();
        };
        const found = await services.auditCompanies.execute();
        expect(found.findings.map(({ kind }) => kind)).toEqual(['rollup-differs']);
        expect(await services.auditCompanies.execute({ repair: true })).toMatchObject({
          drift: 0,
          repaired: 1,
        });
      }),
      { numRuns: 50 },
    );
  });
});

/** One of a thousand milliseconds of 2025. */
function instant(number: number): string {
  return `2025-01-01T00:00:00.${String(number).padStart(3, '0')}Z`;
}

function inMemory(): AuditedServices {
  return new AuditedServices(profilesInMemory(), figuresInMemory());
}

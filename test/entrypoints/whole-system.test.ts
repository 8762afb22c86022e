import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Company } from '../../src/domain/profiles/company.ts';
import { RegistryError } from '../../src/domain/shared/errors.ts';
import { someFacts } from '../support/company-mother.ts';
import { WholeSystem } from '../support/whole-system.ts';

const context = { requestId: 'history' };

type Step =
  | { readonly do: 'register' | 'poll-publisher' | 'poll-historian' | 'drain' | 'reorder' | 'snapshots' }
  | { readonly do: 'rename' | 'change' | 'remove' | 'duplicate' | 'lag'; readonly which: number }
  | { readonly do: 'fail'; readonly fault: 'before' | 'after' };

const which = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('register', 'poll-publisher', 'poll-historian', 'drain', 'reorder', 'snapshots'),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('rename', 'change', 'remove', 'duplicate', 'lag'), which }),
  },
  fc.record({ do: fc.constant('fail'), fault: fc.constantFrom('before', 'after') }),
);

async function take(system: WholeSystem, companies: Company[], one: Step, number: number): Promise<void> {
  const { profiles } = system.registry;
  system.clock.advance(1);
  const company = 'which' in one ? companies[one.which % Math.max(1, companies.length)] : undefined;
  const put = (next: Company): Company =>
    (companies[companies.findIndex((c) => c.companyId === next.companyId)] = next);
  switch (one.do) {
    case 'register':
      companies.push(
        await profiles.registerCompany.execute(someFacts({ name: `Company ${number}` }), context),
      );
      return;
    case 'rename':
      if (company)
        put(
          await profiles.renameCompany.execute(company.companyId, company.version, `Name ${number}`, context),
        );
      return;
    case 'change': {
      const revise = (facts: Company | object) => ({ ...someFacts(), ...facts, description: `${number}` });
      if (company)
        put(await profiles.changeCompany.execute(company.companyId, company.version, revise, context));
      return;
    }
    case 'remove':
      if (company) await profiles.removeCompany.execute(company.companyId, company.version, context);
      return;
    case 'poll-publisher':
      await system.poll('publisher');
      return;
    case 'poll-historian':
      await system.poll('historian');
      return;
    case 'drain':
      return system.drain('company-events');
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

/** What a caller may be told, such as that a company is removed, is part of a history. */
const answered = (error: unknown): void => {
  if (!(error instanceof RegistryError)) throw error;
};

describe('both services in one thread', () => {
  it('agree in the end, whatever failed, came twice, too late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (history) => {
        const system = new WholeSystem();
        const companies: Company[] = [];
        for (const [number, one] of history.entries()) {
          await take(system, companies, one, number).catch(answered);
        }
        await system.settle();

        const { audit, statistics } = system.registry;
        // Names, versions, tombstones, and revisions 1..n.
        const report = await audit.auditCompanies.execute();
        expect(report.drift).toBe(0);
        expect(report.companies + report.tombstones).toBe(companies.length);
        expect(system.undelivered).toBe(0);
        const setAside = [];
        for await (const event of statistics.listSetAside.execute().events) setAside.push(event);
        expect(setAside).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

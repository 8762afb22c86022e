import type { DriftKind } from '../../src/domain/audit/drift.ts';
import type { TrackedCompany } from '../../src/domain/statistics/tracked-company.ts';
import type { AuditedServices } from './audited-services.ts';
import { cikOf, minutesLater, tickerOf } from './company-mother.ts';

const INDUSTRY = { scheme: 'gics', code: '4010', label: 'Banks' };

export interface PlantedDrift {
  readonly title: string;
  /** What the audit must find, in order. */
  readonly finds: readonly DriftKind[];
  /** What a repair cannot mend, and must still find. */
  readonly leaves?: readonly DriftKind[];
  plant(services: AuditedServices): Promise<void>;
}

/** One company at version 2, in step, whose replica a test then falsifies. */
function falsified(
  falsify: (replica: TrackedCompany) => TrackedCompany,
): (services: AuditedServices) => Promise<void> {
  return async (services) => {
    const company = await services.register({ name: 'Old', industry: INDUSTRY });
    const renamed = await services.rename(company, 'New');
    await services.plant(falsify(services.replicaOf(renamed)));
  };
}

const withFacts = (facts: Partial<TrackedCompany['facts']>) =>
  falsified((replica) => ({ ...replica, facts: { ...replica.facts, ...facts } }));

/** Every kind of drift, planted by hand. */
export const PLANTED_DRIFT: readonly PlantedDrift[] = [
  {
    title: 'a company that statistics does not have',
    finds: ['missing-in-statistics'],
    plant: async (services) => services.lose(await services.register()),
  },
  {
    title: 'a tombstone that statistics does not have',
    finds: ['missing-in-statistics'],
    plant: async (services) => services.lose(await services.remove(await services.register())),
  },
  {
    title: 'a company that profiles never knew',
    finds: ['unknown-to-profiles'],
    plant: async (services) => {
      const replica = services.replicaOf(await services.register());
      const companyId = 'ffffffff-ffff-7fff-8fff-ffffffffffff' as TrackedCompany['companyId'];
      await services.plant({ ...replica, companyId });
    },
  },
  { title: 'another name', finds: ['name-differs'], plant: withFacts({ companyName: 'False' }) },
  { title: 'another country', finds: ['country-differs'], plant: withFacts({ countryCode: 'FR' }) },
  {
    title: 'another industry',
    finds: ['industry-differs'],
    plant: withFacts({ industry: { ...INDUSTRY, label: 'Airlines' } }),
  },
  {
    title: 'an industry that is gone',
    finds: ['industry-differs'],
    plant: falsified(({ facts: { industry: _, ...facts }, ...replica }) => ({ ...replica, facts })),
  },
  { title: 'another status', finds: ['status-differs'], plant: withFacts({ status: 'dissolved' }) },
  {
    title: 'everything else at once',
    finds: ['name-differs', 'country-differs', 'status-differs', 'tombstone-differs'],
    plant: falsified((replica) => ({
      ...replica,
      facts: { ...replica.facts, companyName: 'False', countryCode: 'FR', status: 'dormant' },
      removed: true,
    })),
  },
  {
    title: 'a tombstone of a company that is there',
    finds: ['tombstone-differs'],
    plant: falsified((replica) => ({ ...replica, removed: true })),
  },
  {
    title: 'a removed company that statistics still shows',
    finds: ['tombstone-differs'],
    plant: async (services) => {
      const removed = await services.remove(await services.register());
      await services.plant({ ...services.replicaOf(removed), removed: false });
    },
  },
  {
    title: 'a replica that missed a rename',
    finds: ['name-differs', 'replica-behind'],
    plant: async (services) => {
      await services.rename(await services.register(), 'New', { replica: true });
    },
  },
  {
    title: 'a removal that never arrived',
    finds: ['tombstone-differs', 'replica-behind'],
    plant: async (services) => {
      await services.remove(await services.register(), { replica: true });
    },
  },
  {
    title: 'a replica of an earlier epoch',
    finds: ['replica-behind'],
    plant: falsified((replica) => ({ ...replica, position: { epoch: 0, version: 2 } })),
  },
  {
    title: 'a replica at a later version',
    finds: ['replica-ahead'],
    leaves: ['replica-ahead'],
    plant: falsified((replica) => ({ ...replica, position: { epoch: 1, version: 3 } })),
  },
  {
    title: 'a replica of a later epoch',
    finds: ['replica-ahead'],
    leaves: ['replica-ahead'],
    plant: falsified((replica) => ({ ...replica, position: { epoch: 2, version: 1 } })),
  },
  {
    title: 'no first revision',
    finds: ['revision-missing'],
    plant: async (services) => {
      await services.rename(await services.register({}, { revision: true }), 'New');
    },
  },
  {
    title: 'no newest revision',
    finds: ['revision-missing'],
    plant: async (services) => {
      await services.rename(await services.register(), 'New', { revision: true });
    },
  },
  {
    title: 'no only revision',
    finds: ['revision-missing'],
    plant: async (services) => {
      await services.register({}, { revision: true });
    },
  },
  {
    title: 'two neighbouring revisions missing',
    finds: ['revision-missing', 'revision-missing'],
    plant: async (services) => {
      const first = await services.register({ name: 'A' });
      const second = await services.rename(first, 'B', { revision: true });
      const third = await services.rename(second, 'C', { revision: true });
      await services.rename(third, 'D');
    },
  },
  {
    title: 'a revision beyond the profile',
    finds: ['revision-beyond'],
    leaves: ['revision-beyond'],
    plant: async (services) => {
      const company = await services.register();
      await services.record(company, { ...company, version: 2 });
    },
  },
  {
    title: 'no claim of an identifier that belongs to one company',
    finds: ['claim-missing'],
    plant: async (services) => {
      const company = await services.register({ identifiers: [cikOf(1), cikOf(2), tickerOf('A')] });
      await services.profiles.claims.release(cikOf(2), company.companyId, company);
    },
  },
  {
    title: 'no claim of an identifier that others claim too',
    finds: ['claim-missing'],
    plant: async (services) => {
      const company = await services.register({ identifiers: [tickerOf('A')] });
      await services.register({ identifiers: [tickerOf('A')] });
      await services.profiles.claims.release(tickerOf('A'), company.companyId, company);
    },
  },
  {
    title: 'a claim that names a company which does not bear it',
    finds: ['claim-orphaned'],
    plant: async (services) => {
      for (let count = 0; count < 2; count++) await services.register({ identifiers: [tickerOf('A')] });
      await services.profiles.claims.claim(tickerOf('A'), await services.register(), minutesLater(9));
    },
  },
  {
    title: 'a claim that names another company than the one which bears it',
    finds: ['claim-missing', 'claim-orphaned'],
    plant: async (services) => {
      const company = await services.register({ identifiers: [cikOf(1)] });
      await services.profiles.claims.release(cikOf(1), company.companyId, company);
      await services.profiles.claims.claim(cikOf(1), await services.register(), minutesLater(9));
    },
  },
];

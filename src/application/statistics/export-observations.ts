import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isExclusive } from '../../domain/shared/identifier.ts';
import type { Observation } from '../../domain/statistics/observation.ts';
import type { Identifier, TrackedCompany } from '../../domain/statistics/tracked-company.ts';
import type { RollupRecords } from './ports/rollup-records.ts';
import type { TrackedCompanies } from './ports/tracked-companies.ts';

/** Companies are looked up together, so many at a time. */
const BATCH = 100;

export interface ExportedObservation {
  readonly companyId: CompanyId;
  readonly companyName: string;
  /** By which the company can be found elsewhere: one that only it may bear, if there is one. */
  readonly identifier?: Identifier;
  readonly observation: Observation;
}

export class ExportObservations {
  constructor(
    private readonly records: Pick<RollupRecords, 'companies' | 'observations'>,
    private readonly tracked: Pick<TrackedCompanies, 'findAll'>,
  ) {}

  /**
   * Every observation as it was last reported, company by company in ascending order of companyId, read as they are asked
   * for.
   *
   * @param leftOut told of each company whose observations are not exported, since no profile says who it is: it was removed,
   *   or is not known yet
   * @throws Unavailable
   */
  async *execute(leftOut: (companyId: CompanyId) => void): AsyncGenerator<ExportedObservation> {
    let batch: CompanyId[] = [];
    for await (const { companyId, series } of this.records.companies()) {
      if (series.length === 0) continue;
      batch.push(companyId);
      if (batch.length < BATCH) continue;
      yield* this.#observationsOf(batch, leftOut);
      batch = [];
    }
    yield* this.#observationsOf(batch, leftOut);
  }

  async *#observationsOf(
    companyIds: readonly CompanyId[],
    leftOut: (companyId: CompanyId) => void,
  ): AsyncGenerator<ExportedObservation> {
    if (companyIds.length === 0) return;
    const found = await this.tracked.findAll(companyIds);
    const known = new Map(found.map((company) => [company.companyId, company]));
    for (const companyId of companyIds) {
      const company = known.get(companyId);
      if (company === undefined || company.removed) {
        leftOut(companyId);
        continue;
      }
      const identifier = identifierOf(company);
      const { companyName } = company.facts;
      for await (const observation of this.records.observations(companyId)) {
        yield { companyId, companyName, ...(identifier && { identifier }), observation };
      }
    }
  }
}

function identifierOf({ facts: { identifiers } }: TrackedCompany): Identifier | undefined {
  return identifiers.find(({ scheme }) => isExclusive(scheme)) ?? identifiers[0];
}

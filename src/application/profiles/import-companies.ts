import { CompanyIdSet } from '../../domain/profiles/import/company-id-set.ts';
import type { Clock, Pause } from '../../domain/shared/time.ts';
import type { ImportCounts, ImportObserver } from './import-counts.ts';
import { ImportRun, type NamedCompanies } from './import-run.ts';
import type { CompanyIds } from './ports/company-ids.ts';
import type { CompanyRepository, WriteContext } from './ports/company-repository.ts';
import type { CompanyRows } from './ports/company-rows.ts';
import type { IdentifierIndex } from './ports/identifier-index.ts';
import type { ObservationSink } from './ports/observation-sink.ts';

export class ImportCompanies {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly identifiers: IdentifierIndex,
    private readonly ids: CompanyIds,
    private readonly clock: Clock,
    private readonly pause: Pause,
  ) {}

  /**
   * Registers the companies of a file, and changes those that are known, row by row as `planImport` decides. The same
   * file again changes nothing; an import that was broken off is finished by importing the file again.
   *
   * The observations of a row are recorded when its company is stored, one call a company and batch of rows, never two of one
   * company at once. A call that is repeated because it was unavailable may count as unchanged what it recorded before.
   *
   * @param sink where the observations of the rows go; their counts are told where there is one
   * @param named the companies that earlier rows of the file have named, where this is not its beginning
   * @throws Unavailable where the registry stays so, and whatever reading the rows throws: what was counted is stored
   */
  async execute(
    rows: CompanyRows,
    context: WriteContext,
    observer: ImportObserver = {},
    sink?: ObservationSink,
    named: NamedCompanies = new CompanyIdSet(),
  ): Promise<ImportCounts> {
    const { companies, identifiers, ids, clock, pause } = this;
    const registry = { companies, identifiers, ids, clock, pause };
    return new ImportRun(registry, context, observer, sink, named).import(rows);
  }
}

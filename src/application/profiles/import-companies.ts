import type { Clock, Pause } from '../../domain/shared/time.ts';
import { ImportRun, type ImportCounts, type ImportObserver } from './import-run.ts';
import type { CompanyIds } from './ports/company-ids.ts';
import type { CompanyRepository, WriteContext } from './ports/company-repository.ts';
import type { CompanyRows } from './ports/company-rows.ts';
import type { IdentifierIndex } from './ports/identifier-index.ts';

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
   * @throws Unavailable where the registry stays so, and whatever reading the rows throws: what was counted is stored
   */
  async execute(
    rows: CompanyRows,
    context: WriteContext,
    observer: ImportObserver = {},
  ): Promise<ImportCounts> {
    const { companies, identifiers, ids, clock, pause } = this;
    return new ImportRun({ companies, identifiers, ids, clock, pause }, context, observer).import(rows);
  }
}

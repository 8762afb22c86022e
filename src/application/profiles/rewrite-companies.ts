import { inParallel } from '../../domain/shared/in-parallel.ts';
import { batchesOf } from './batches-of.ts';
import type { CompanyDirectory } from './ports/company-directory.ts';
import type { CompanyRepository } from './ports/company-repository.ts';

const BATCH = 100;
const WIDTH = 16;

export class RewriteCompanies {
  constructor(
    private readonly directory: Pick<CompanyDirectory, 'all'>,
    private readonly companies: Pick<CompanyRepository, 'rewrite'>,
  ) {}

  /**
   * Has every company, tombstones too, be stored as this release stores it, and answers how many there are. One that is
   * changed meanwhile is stored so by its change.
   *
   * @throws Unavailable
   */
  async execute(onProgress: (done: number) => void = () => {}): Promise<number> {
    let done = 0;
    for await (const companies of batchesOf(this.directory.all(), BATCH)) {
      await inParallel(companies, WIDTH, (company) => this.companies.rewrite(company));
      done += companies.length;
      onProgress(done);
    }
    return done;
  }
}

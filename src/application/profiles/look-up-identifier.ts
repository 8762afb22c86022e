import { isRemoved, type Company } from '../../domain/profiles/company.ts';
import { IdentifierNotFound } from '../../domain/profiles/errors.ts';
import { identifierOf, type Identifier } from '../../domain/shared/identifier.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { InvalidInput, type Violation } from '../../domain/shared/errors.ts';
import type { CompanyRepository } from './ports/company-repository.ts';
import type { IdentifierIndex } from './ports/identifier-index.ts';

export interface IdentifiedCompany {
  readonly company: Company;
  /** Other companies that claim the same identifier, the newest claim first. */
  readonly others: readonly CompanyId[];
}

export class LookUpIdentifier {
  constructor(
    private readonly identifiers: IdentifierIndex,
    private readonly companies: CompanyRepository,
  ) {}

  /**
   * The company that bears an identifier: where several do, the one that claimed it last.
   *
   * @throws InvalidInput, IdentifierNotFound
   */
  async execute(input: Identifier): Promise<IdentifiedCompany> {
    const violations: Violation[] = [];
    const identifier = identifierOf(input, [], violations);
    if (violations.length > 0) throw new InvalidInput(violations);

    const [bearers = []] = await this.identifiers.bearersOf([identifier]);
    const [newest, ...others] = bearers;
    const company = newest && (await this.#found(newest));
    if (company === undefined || isRemoved(company)) throw new IdentifierNotFound(identifier);
    return { company, others };
  }

  /** Claims are told as of the last write, a company perhaps of one before: a new one is asked for again. */
  async #found(companyId: CompanyId): Promise<Company | undefined> {
    return (await this.companies.find(companyId, 'eventual')) ?? this.companies.find(companyId, 'strong');
  }
}

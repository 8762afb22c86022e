import { register, type Company } from '../../domain/profiles/company.ts';
import type { CompanyFacts } from '../../domain/profiles/company-facts.ts';
import type { Clock } from '../../domain/shared/time.ts';
import type { CompanyIds } from './ports/company-ids.ts';
import type { CompanyRepository, IdempotentRequest, WriteContext } from './ports/company-repository.ts';

export class RegisterCompany {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly ids: CompanyIds,
    private readonly clock: Clock,
  ) {}

  /**
   * Registers a company; the same request again answers with the company as it was first registered.
   *
   * @throws InvalidInput, IdentifierTaken, IdempotencyKeyReused, IdempotencyKeyExpired
   */
  async execute(
    facts: CompanyFacts,
    context: WriteContext & { readonly request?: IdempotentRequest },
  ): Promise<Company> {
    const { request } = context;
    const companyId = request ? this.ids.ofRequest(request.caller, request.key) : this.ids.next();
    return this.companies.add(register(companyId, facts, this.clock.now()), context);
  }
}

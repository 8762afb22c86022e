import type {
  CompanyRepository,
  IdempotentRequest,
  WriteContext,
} from '../../../application/profiles/ports/company-repository.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import {
  IdempotencyKeyExpired,
  IdempotencyKeyReused,
  IdentifierTaken,
  ProfileVersionConflict,
} from '../../../domain/profiles/errors.ts';
import { isExclusive } from '../../../domain/shared/identifier.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { millisecondsBetween, type Clock, type Instant } from '../../../domain/shared/time.ts';
import { copyOf } from '../copy-of.ts';
import type { InMemoryProfiles } from './in-memory-profiles.ts';

/** How long the answer of an idempotent request is kept. */
const REQUESTS_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

interface AnsweredRequest {
  readonly digest: string;
  readonly answer: Company;
  readonly answeredAt: Instant;
}

export class InMemoryCompanyRepository implements CompanyRepository {
  readonly #requests = new Map<string, AnsweredRequest>();

  constructor(
    private readonly profiles: InMemoryProfiles,
    private readonly clock: Clock,
  ) {}

  async find(companyId: CompanyId, consistency: 'eventual' | 'strong'): Promise<Company | undefined> {
    return this.profiles.find(companyId, consistency);
  }

  async findAll(companyIds: readonly CompanyId[]): Promise<readonly Company[]> {
    return [...new Set(companyIds)].flatMap((companyId) => this.profiles.find(companyId, 'strong') ?? []);
  }

  async add(
    company: Company,
    context: WriteContext & { readonly request?: IdempotentRequest },
  ): Promise<Company> {
    const { request, requestId } = context;
    const earlier = request && this.#answerOf(request);
    if (earlier !== undefined) return earlier;

    const known = this.profiles.find(company.companyId, 'strong');
    if (known !== undefined) {
      if (request) throw new IdempotencyKeyExpired(request.key, company.companyId);
      throw new ProfileVersionConflict(company.companyId, 0, known.version);
    }
    this.#refuseTakenIdentifiers(company);
    if (request) {
      const { digest } = request;
      this.#requests.set(keyOf(request), { digest, answer: copyOf(company), answeredAt: this.clock.now() });
    }
    this.profiles.write(company, requestId);
    return copyOf(company);
  }

  async replace(before: Company, after: Company, { requestId }: WriteContext): Promise<void> {
    const known = this.profiles.find(before.companyId, 'strong');
    if (known?.version !== before.version) {
      throw new ProfileVersionConflict(before.companyId, before.version, known?.version);
    }
    this.#refuseTakenIdentifiers(after);
    this.profiles.write(after, requestId);
  }

  /** Nothing in memory is of another release. */
  async rewrite({ companyId, version }: Company): Promise<boolean> {
    return this.profiles.find(companyId, 'strong')?.version === version;
  }

  #answerOf(request: IdempotentRequest): Company | undefined {
    const answered = this.#requests.get(keyOf(request));
    if (answered === undefined) return undefined;
    if (millisecondsBetween(answered.answeredAt, this.clock.now()) >= REQUESTS_KEPT_MS) {
      this.#requests.delete(keyOf(request));
      return undefined;
    }
    if (answered.digest !== request.digest) throw new IdempotencyKeyReused(request.key);
    return copyOf(answered.answer);
  }

  #refuseTakenIdentifiers(company: Company): void {
    for (const identifier of company.identifiers) {
      if (!isExclusive(identifier.scheme)) continue;
      const owner = this.profiles.bearersOf(identifier).find((bearer) => bearer !== company.companyId);
      if (owner !== undefined) throw new IdentifierTaken(identifier, owner);
    }
  }
}

function keyOf({ caller, key }: IdempotentRequest): string {
  return JSON.stringify([caller, key]);
}

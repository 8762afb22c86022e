import type { CompanyIds } from '../../src/application/profiles/ports/company-ids.ts';
import type { CompanyId } from '../../src/domain/shared/company-id.ts';
import { companyIdAt } from './company-mother.ts';

/** The ids of the numbers from 1, or after `last`. */
export class SequentialCompanyIds implements CompanyIds {
  readonly #ofRequests = new Map<string, CompanyId>();
  #last: number;

  constructor(last = 0) {
    this.#last = last;
  }

  next(): CompanyId {
    return companyIdAt(++this.#last);
  }

  ofRequest(caller: string, key: string): CompanyId {
    const request = JSON.stringify([caller, key]);
    const companyId = this.#ofRequests.get(request) ?? this.next();
    this.#ofRequests.set(request, companyId);
    return companyId;
  }
}

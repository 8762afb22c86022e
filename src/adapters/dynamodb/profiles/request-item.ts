import type { IdempotentRequest } from '../../../application/profiles/ports/company-repository.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import { key, type ItemKey } from '../keys.ts';

/** The answer of an idempotent request, for as long as the same request may come again. */
export interface RequestItem extends ItemKey {
  readonly digest: string;
  readonly answer: Company;
  /** In seconds since 1970: the table's time to live. The item may outlive it by days, and counts as absent. */
  readonly expiresAt: number;
}

const KEPT_S = 7 * 24 * 60 * 60;

export function requestItem(
  { caller, key: name, digest }: IdempotentRequest,
  answer: Company,
  nowS: number,
): RequestItem {
  return { pk: key('REQUEST', caller, name), sk: 'REQUEST', digest, answer, expiresAt: nowS + KEPT_S };
}

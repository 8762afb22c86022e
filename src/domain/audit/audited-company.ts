import type { CompanyId } from '../shared/company-id.ts';
import type { Instant } from '../shared/time.ts';

/** A company, or its tombstone, as either service tells it to the audit. */
export interface AuditedCompany {
  readonly companyId: CompanyId;
  /** Where the profile stood: the epoch is raised after a restore from backup, whose versions go back. */
  readonly epoch: number;
  readonly version: number;
  readonly name: string;
  readonly status: string;
  readonly countryCode: string;
  readonly industry?: { readonly scheme: string; readonly code: string; readonly label: string };
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  readonly removed: boolean;
  /** When the profile came to this version. */
  readonly changedAt: Instant;
}

/** Negative where `left` stands at an earlier position than `right`, 0 where they stand at the same one. */
export function comparePositions(
  left: Pick<AuditedCompany, 'epoch' | 'version'>,
  right: Pick<AuditedCompany, 'epoch' | 'version'>,
): number {
  return left.epoch - right.epoch || left.version - right.version;
}

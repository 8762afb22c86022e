import type { CompanyId } from '../shared/company-id.ts';
import { isSame } from '../shared/equality.ts';
import { comparePositions, type AuditedCompany } from './audited-company.ts';
import { CLAIM_KINDS } from './claim-drift.ts';
import { DOCUMENT_KINDS, documentDriftOf, type DocumentPair } from './document-drift.ts';
import { FIGURE_KINDS, type Discrepancy } from './figures.ts';

/** The ways in which the services may disagree, or one of them with itself. The slugs are part of the interface. */
export const DRIFT_KINDS = [
  'missing-in-statistics',
  'unknown-to-profiles',
  'name-differs',
  'country-differs',
  'industry-differs',
  'status-differs',
  'identifiers-differ',
  'tombstone-differs',
  'replica-behind',
  'replica-ahead',
  'revision-missing',
  'revision-beyond',
  ...CLAIM_KINDS,
  ...DOCUMENT_KINDS,
  ...FIGURE_KINDS,
] as const;

const FIRST_EPOCH = 1;

export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One disagreement. */
export interface Drift {
  readonly kind: DriftKind;
  /** Absent where it is of no one company. */
  readonly companyId?: CompanyId;
  /** For a person: what is where, and what to do where a repair cannot mend it. */
  readonly detail: string;
  /** The version of the revision that is missing, or too many. */
  readonly version?: number;
}

/** What both services know of one company at one time. */
export interface Evidence {
  readonly companyId: CompanyId;
  /** The profile, which is right by definition. */
  readonly profile?: AuditedCompany;
  /** What statistics says of it. */
  readonly replica?: AuditedCompany;
  /** The versions of the revisions that there are. */
  readonly revisions: readonly number[];
  /** The documents that either of both knows; absent where neither knows any. */
  readonly documents?: readonly DocumentPair[];
  /** What statistics itself finds in its figures of the company. */
  readonly discrepancies: readonly Discrepancy[];
}

/** Everything in which the services disagree on a company. */
export function driftOf(evidence: Evidence): Drift[] {
  const { companyId, documents = [] } = evidence;
  return [
    ...replicaDriftOf(evidence),
    ...revisionDriftOf(evidence),
    ...documentDriftOf(documents).map(({ kind, detail }) => ({ kind, companyId, detail })),
    ...figureDriftOf(evidence),
  ];
}

/** Whether somebody has said that the profiles were restored from a backup: only then has a profile ever gone back. */
export function isAfterRestore(epoch: number): boolean {
  return epoch > FIRST_EPOCH;
}

/** The kinds that concern the history of a profile and not its replica. */
export function isOfRevisions({ kind }: Drift): boolean {
  return kind === 'revision-missing' || kind === 'revision-beyond';
}

/** The kinds that concern the documents that statistics counts. */
export function isOfDocuments({ kind }: Drift): boolean {
  return DOCUMENT_KINDS.some((one) => one === kind);
}

/** The kinds that concern what statistics computes. */
export function isOfFigures({ kind }: Drift): boolean {
  return FIGURE_KINDS.some((one) => one === kind);
}

function figureDriftOf({ companyId, discrepancies }: Evidence): Drift[] {
  return discrepancies.map(({ kind, detail }) => ({ kind, companyId, detail }));
}

function replicaDriftOf({ companyId, profile, replica }: Evidence): Drift[] {
  const drift = (kind: DriftKind, detail: string): Drift => ({ kind, companyId, detail });
  if (profile === undefined) {
    // A tombstone of a company that profiles does not know says the same.
    if (replica === undefined || replica.removed) return [];
    return [
      drift('unknown-to-profiles', `statistics has ${quoted(replica.name)}, which profiles does not know`),
    ];
  }
  if (replica === undefined) {
    return [drift('missing-in-statistics', `statistics does not have ${quoted(profile.name)}`)];
  }
  const found: Drift[] = [];
  const compare = (kind: DriftKind, fact: string, told: unknown, known: unknown): void => {
    if (!isSame(told, known)) {
      found.push(drift(kind, `the ${fact} is ${quoted(told)}, statistics says ${quoted(known)}`));
    }
  };
  compare('name-differs', 'name', profile.name, replica.name);
  compare('country-differs', 'country', profile.countryCode, replica.countryCode);
  compare('industry-differs', 'industry', profile.industry, replica.industry);
  compare('status-differs', 'status', profile.status, replica.status);
  compare('identifiers-differ', 'list of identifiers', profile.identifiers, replica.identifiers);
  if (profile.removed !== replica.removed) {
    found.push(
      drift(
        'tombstone-differs',
        profile.removed
          ? 'it was removed, statistics still shows it'
          : 'it is there, statistics says that it was removed',
      ),
    );
  }
  const order = comparePositions(replica, profile);
  if (order < 0) {
    found.push(
      drift('replica-behind', `profiles is at ${position(profile)}, statistics at ${position(replica)}`),
    );
  }
  if (order > 0) found.push(drift('replica-ahead', aheadDetail(profile, replica)));
  return found;
}

function aheadDetail(profile: AuditedCompany, replica: AuditedCompany): string {
  const epoch = replica.epoch > profile.epoch ? replica.epoch : replica.epoch + 1;
  return (
    `statistics is at ${position(replica)}, profiles only at ${position(profile)}, as after a restore from a backup. ` +
    `It cannot be mended at this epoch: set REGISTRY_EPOCH to ${epoch} for all of the system, start it anew and rebuild`
  );
}

function revisionDriftOf({ companyId, profile, revisions }: Evidence): Drift[] {
  // Without a profile its revisions are not looked for.
  if (profile === undefined) return [];
  const found: Drift[] = [];
  const there = new Set(revisions);
  for (let version = 1; version <= profile.version; version++) {
    if (there.has(version)) continue;
    const detail = `revision ${version} of ${profile.version} is missing`;
    found.push({ kind: 'revision-missing', companyId, version, detail });
  }
  for (const version of there) {
    if (version <= profile.version) continue;
    const detail =
      `there is a revision ${version}, but the profile is only at version ${profile.version}, ` +
      'as after a restore from a backup' +
      (isAfterRestore(profile.epoch)
        ? ''
        : '. It cannot be mended at this epoch: if there was a restore, set REGISTRY_EPOCH to 2 for all of the system, start it anew and rebuild');
    found.push({ kind: 'revision-beyond', companyId, version, detail });
  }
  return found;
}

function quoted(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

function position({ epoch, version }: AuditedCompany): string {
  return `version ${version} of epoch ${epoch}`;
}

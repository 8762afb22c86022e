import type { CompanyId } from '../../shared/company-id.ts';
import { isSame } from '../../shared/equality.ts';
import { InvalidInput } from '../../shared/errors.ts';
import type { Instant } from '../../shared/time.ts';
import { change, factsOf, register, type Company } from '../company.ts';
import { BOUNDS, companyFactsOf, type CompanyFacts } from '../company-facts.ts';
import { isExclusive, type Identifier } from '../../shared/identifier.ts';
import { fold } from '../../shared/text.ts';
import { mergedFacts, registeredFacts, withIdentifiers, type CompanyRow } from './company-row.ts';

/** What is stored of the companies that some rows may mean. */
export interface KnownCompanies {
  /** By `keyOf` an identifier the companies that bear it, the newest claim first. */
  readonly bearers: ReadonlyMap<string, readonly CompanyId[]>;
  readonly companies: ReadonlyMap<CompanyId, Company>;
  /** Of the ids that rows state, those of companies that were removed. */
  readonly removed?: ReadonlySet<CompanyId>;
}

export type RowOutcome = 'created' | 'updated' | 'renamed' | 'unchanged';

export interface PlannedRow<Row extends CompanyRow> {
  readonly row: Row;
  readonly outcome: RowOutcome;
}

/** What some rows, in their order, make of one company: one write, or none where `after` is `before`. */
export interface PlannedCompany<Row extends CompanyRow> {
  readonly before?: Company;
  readonly after: Company;
  readonly rows: readonly PlannedRow<Row>[];
}

export interface ImportPlan<Row extends CompanyRow> {
  readonly companies: readonly PlannedCompany<Row>[];
  readonly rejected: readonly { readonly row: Row; readonly error: InvalidInput }[];
}

interface Draft<Row extends CompanyRow> {
  readonly companyId: CompanyId;
  readonly before?: Company;
  facts: CompanyFacts;
  readonly rows: PlannedRow<Row>[];
}

export function keyOf({ scheme, value }: Identifier): string {
  return `${scheme}:${value}`;
}

/**
 * Decides what rows mean, given what is stored, one after the other in their order.
 *
 * A row means the company that bears one of its identifiers: an exclusive one decides; a shared one points to its
 * newest bearer, unless that one bears another value of an exclusive scheme that the row has too. A row that states a
 * companyId means that company, or else the bearer of an exclusive identifier; where there is neither, it registers the
 * company under this id. Of several rows that mean one
 * company, the first in a file sets its facts, and the others add identifiers.
 *
 * @param isNamed whether an earlier row of the file has set the company's facts
 */
export function planImport<Row extends CompanyRow>(
  rows: readonly Row[],
  known: KnownCompanies,
  isNamed: (companyId: CompanyId) => boolean,
  nextId: () => CompanyId,
  at: Instant,
): ImportPlan<Row> {
  const bearers = new Map(known.bearers);
  const drafts = new Map<CompanyId, Draft<Row>>();
  const rejected: { row: Row; error: InvalidInput }[] = [];

  const draftOf = (companyId: CompanyId): Draft<Row> | undefined => {
    const before = known.companies.get(companyId);
    return drafts.get(companyId) ?? (before && { companyId, before, facts: factsOf(before), rows: [] });
  };

  for (const row of rows) {
    try {
      const draft = match(row, bearers, draftOf) ?? {
        companyId: idFor(row, known, nextId),
        facts: registeredFacts(row),
        rows: [],
      };
      refuseForeignIdentifiers(row, draft, bearers);
      const facts = companyFactsOf(bounded(factsAfter(draft, row, isNamed)));
      draft.rows.push({ row, outcome: outcomeOf(draft, facts) });
      draft.facts = facts;
      drafts.set(draft.companyId, draft);
      for (const key of row.identifiers.map(keyOf)) {
        const all = bearers.get(key) ?? [];
        if (!all.includes(draft.companyId))
          bearers.set(key, withClaim(draft.companyId, all, known.bearers.get(key) ?? []));
      }
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      rejected.push({ row, error });
    }
  }
  return { companies: [...drafts.values()].map((draft) => plannedOf(draft, at)), rejected };
}

function idFor({ companyId }: CompanyRow, { removed }: KnownCompanies, nextId: () => CompanyId): CompanyId {
  if (companyId === undefined) return nextId();
  if (!removed?.has(companyId)) return companyId;
  throw InvalidInput.at(
    ['companyId'],
    `company ${companyId} was removed, and its id is never used again: leave the cell blank to register it anew`,
  );
}

/** The claims of one plan are made at one instant: as in the index, that of the greater id is then the newer one. */
function withClaim(
  companyId: CompanyId,
  bearers: readonly CompanyId[],
  known: readonly CompanyId[],
): readonly CompanyId[] {
  const claimed = bearers.slice(0, bearers.length - known.length);
  return [...[...claimed, companyId].sort().reverse(), ...known];
}

function plannedOf<Row extends CompanyRow>(draft: Draft<Row>, at: Instant): PlannedCompany<Row> {
  const { companyId, before, facts, rows } = draft;
  return before
    ? { before, after: change(before, facts, at), rows }
    : { after: register(companyId, facts, at), rows };
}

function factsAfter<Row extends CompanyRow>(
  { companyId, before, facts, rows }: Draft<Row>,
  row: Row,
  isNamed: (companyId: CompanyId) => boolean,
): CompanyFacts {
  if (rows.length > 0 || (before && (row.keepsKnown || isNamed(companyId))))
    return withIdentifiers(facts, row);
  return before ? mergedFacts(facts, row) : facts;
}

function outcomeOf<Row extends CompanyRow>(
  { before, facts, rows }: Draft<Row>,
  after: CompanyFacts,
): RowOutcome {
  if (!before && rows.length === 0) return 'created';
  if (facts.name !== after.name) return 'renamed';
  return isSame(facts, after) ? 'unchanged' : 'updated';
}

function match<Row extends CompanyRow>(
  row: Row,
  bearers: ReadonlyMap<string, readonly CompanyId[]>,
  draftOf: (companyId: CompanyId) => Draft<Row> | undefined,
): Draft<Row> | undefined {
  const newestBearer = (identifier: Identifier): Draft<Row> | undefined => {
    const newest = bearers.get(keyOf(identifier))?.[0];
    return newest && draftOf(newest);
  };
  const stated = row.companyId && draftOf(row.companyId);
  if (stated) return stated;
  for (const identifier of row.identifiers) {
    const bearer = isExclusive(identifier.scheme) ? newestBearer(identifier) : undefined;
    if (bearer) return bearer;
  }
  // A shared identifier tells its newest bearer, which may be another company than the one that the row names.
  if (row.companyId !== undefined) return undefined;
  for (const identifier of row.identifiers) {
    const bearer = isExclusive(identifier.scheme) ? undefined : newestBearer(identifier);
    if (!bearer || contradicts(bearer.facts, row)) continue;
    if (identifier.onlySameName && fold(bearer.facts.name) !== fold(row.facts.name ?? '')) continue;
    return bearer;
  }
  return undefined;
}

/** Whether a company bears another value of an exclusive scheme that the row has too. */
function contradicts(facts: CompanyFacts, row: CompanyRow): boolean {
  return row.identifiers.some(
    ({ scheme, value }) =>
      isExclusive(scheme) &&
      facts.identifiers.some((known) => known.scheme === scheme && known.value !== value),
  );
}

function refuseForeignIdentifiers<Row extends CompanyRow>(
  row: Row,
  { companyId }: Draft<Row>,
  bearers: ReadonlyMap<string, readonly CompanyId[]>,
): void {
  for (const identifier of row.identifiers) {
    const owner = isExclusive(identifier.scheme) ? bearers.get(keyOf(identifier))?.[0] : undefined;
    if (owner === undefined || owner === companyId) continue;
    const { scheme, value } = identifier;
    throw InvalidInput.at(
      [scheme],
      `${value} belongs to company ${owner}, but another identifier of the row to company ${companyId}`,
    );
  }
}

function bounded(facts: CompanyFacts): CompanyFacts {
  if (facts.identifiers.length <= BOUNDS.identifiers) return facts;
  throw InvalidInput.at(
    ['identifiers'],
    `the company would have ${facts.identifiers.length}; at most ${BOUNDS.identifiers} are kept`,
  );
}

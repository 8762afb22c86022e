import { InvalidInput } from '../../shared/errors.ts';
import type { Address, CompanyFacts, Industry, Status } from '../company-facts.ts';
import type { CompanyId } from '../../shared/company-id.ts';
import { isSameIdentifier, type Identifier } from '../../shared/identifier.ts';
import type { StatedObservation } from './stated-observation.ts';

export interface RowIdentifier extends Identifier {
  /** Finds only a company of the same folded name: for identifiers that files are known to mix up. */
  readonly onlySameName: boolean;
}

/** The facts that a row states; what its cells leave blank is absent. */
export interface RowFacts {
  readonly name?: string;
  readonly status?: string;
  readonly countryCode?: string;
  readonly legalForm?: string;
  readonly industry?: Industry;
  /** A part is null where its cell is filled, but has no such part. */
  readonly registeredOffice?: Readonly<Partial<Record<keyof Address, string | null>>>;
  readonly website?: string;
  readonly foundedOn?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
}

/** What one row of a file says of a company. */
export interface CompanyRow {
  /** The company itself; one that is not known is registered under this id. */
  readonly companyId?: CompanyId;
  /** In normal form, in the order in which the company is looked for; at least one where there is no companyId. */
  readonly identifiers: readonly RowIdentifier[];
  readonly facts: RowFacts;
  /** Hold where the row registers the company and states nothing else. */
  readonly defaults: RowFacts;
  /** Whether the company keeps its facts where it is known: the row registers it, or adds identifiers. */
  readonly keepsKnown: boolean;
  /** The figures of the company that the row states. */
  readonly observations: readonly StatedObservation[];
}

/** The facts of a company that the row registers. @throws InvalidInput where it lacks what a company must have */
export function registeredFacts(row: CompanyRow): CompanyFacts {
  const blank: CompanyFacts = { name: '', status: 'active', countryCode: '', identifiers: [], tags: [] };
  const facts = withStated(withStated(withIdentifiers(blank, row), row.defaults), row.facts);
  const missing = (['name', 'countryCode'] as const).filter((fact) => facts[fact] === '');
  if (missing.length === 0) return facts;
  throw new InvalidInput(
    missing.map((fact) => ({ path: [fact], detail: 'is blank, and the company is new' })),
  );
}

/** The facts of a known company after the row: what is stated overwrites, what is blank stays, identifiers are added. */
export function mergedFacts(current: CompanyFacts, row: CompanyRow): CompanyFacts {
  return withStated(withIdentifiers(current, row), row.facts);
}

/** What a row adds to a company whose facts an earlier row of the same file has set. */
export function withIdentifiers(current: CompanyFacts, row: CompanyRow): CompanyFacts {
  const added = row.identifiers
    .filter((identifier) => !current.identifiers.some((known) => isSameIdentifier(known, identifier)))
    .map(({ scheme, value }) => ({ scheme, value }));
  return added.length === 0 ? current : { ...current, identifiers: [...current.identifiers, ...added] };
}

function withStated(current: CompanyFacts, stated: RowFacts): CompanyFacts {
  const { registeredOffice, status, ...facts } = stated;
  return {
    ...current,
    ...facts,
    // Checked with all other facts when they are stored.
    ...(status !== undefined && { status: status as Status }),
    ...(registeredOffice && {
      registeredOffice: addressWith(current.registeredOffice ?? {}, registeredOffice),
    }),
  };
}

function addressWith(current: Address, stated: NonNullable<RowFacts['registeredOffice']>): Address {
  const parts = Object.entries({ ...current, ...stated }).filter(([, value]) => value !== null);
  return Object.fromEntries(parts);
}

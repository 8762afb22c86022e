import { factsOf, isRemoved, type Company } from '../../domain/profiles/company.ts';
import { IdentifierTaken, ProfileVersionConflict } from '../../domain/profiles/errors.ts';
import { isExclusive, type Identifier } from '../../domain/shared/identifier.ts';
import type { CompanyRow } from '../../domain/profiles/import/company-row.ts';
import {
  keyOf,
  planImport,
  type ImportPlan,
  type KnownCompanies,
  type PlannedCompany,
} from '../../domain/profiles/import/import-plan.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import { isSame } from '../../domain/shared/equality.ts';
import type { Violation } from '../../domain/shared/errors.ts';
import type { Clock, Pause } from '../../domain/shared/time.ts';
import { batchesOf } from './batches-of.ts';
import type { ImportCounts, ImportObserver } from './import-counts.ts';
import { ObservationRun } from './observation-run.ts';
import type { CompanyIds } from './ports/company-ids.ts';
import type { CompanyRepository, WriteContext } from './ports/company-repository.ts';
import type { CompanyRows, ReadRow, RowPosition } from './ports/company-rows.ts';
import type { IdentifierIndex } from './ports/identifier-index.ts';
import type { ObservationSink } from './ports/observation-sink.ts';
import { retried } from './retried.ts';
import { Slots } from './slots.ts';

const ROWS_A_BATCH = 128;
const WRITES_IN_FLIGHT = 32;
/** How often a row is decided anew because someone else changed its company, or took its identifier, meanwhile. */
const ATTEMPTS = 6;

export interface ImportCollaborators {
  readonly companies: CompanyRepository;
  readonly identifiers: IdentifierIndex;
  readonly ids: CompanyIds;
  readonly clock: Clock;
  readonly pause: Pause;
}

/** The companies that the rows of a file have named so far. */
export interface NamedCompanies {
  has(companyId: CompanyId): boolean;
  add(companyId: CompanyId): void;
}

type Row = CompanyRow & { readonly position: RowPosition };
type Planned = PlannedCompany<Row>;

/** Writes that have begun, and what they touch. */
interface Flight {
  readonly keys: ReadonlySet<string>;
  readonly companies: ReadonlySet<CompanyId>;
  readonly landed: Promise<unknown>;
}

/** One file on its way: batches of rows are decided in their order, while the writes of those before are in flight. */
export class ImportRun {
  readonly #counts = { created: 0, updated: 0, renamed: 0, unchanged: 0, rejected: 0 };
  readonly #slots = new Slots(WRITES_IN_FLIGHT);
  readonly #flights = new Set<Flight>();
  /** Settles when every write of the last batch has begun: no batch is launched before. */
  #begun: Promise<void> = Promise.resolve();
  readonly #observations: ObservationRun | undefined;
  #writeFailure: { readonly error: unknown } | undefined;

  /**
   * @param sink where the observations of the rows go; rows without any need none
   * @param named the companies that earlier rows of the file have named
   */
  constructor(
    private readonly registry: ImportCollaborators,
    private readonly context: WriteContext,
    private readonly observer: ImportObserver,
    sink: ObservationSink | undefined,
    private readonly named: NamedCompanies,
  ) {
    this.#observations = sink && new ObservationRun(sink, registry.pause, observer);
  }

  async import(rows: CompanyRows): Promise<ImportCounts> {
    try {
      for await (const batch of batchesOf(rows, ROWS_A_BATCH)) {
        await this.#importBatch(batch);
        if (this.#failure) break;
        this.observer.progressed?.(this.#told);
      }
    } finally {
      await this.#landed([...this.#flights]);
      await this.#observations?.landed();
      this.observer.progressed?.(this.#told);
    }
    if (this.#failure) throw this.#failure.error;
    return this.#told;
  }

  get #told(): ImportCounts {
    return { ...this.#counts, ...(this.#observations && { observations: this.#observations.counts }) };
  }

  get #failure(): { readonly error: unknown } | undefined {
    return this.#writeFailure ?? this.#observations?.failure;
  }

  /** Answers when the batch is decided; the next one is decided while its writes begin and land. */
  async #importBatch(batch: readonly ReadRow[]): Promise<void> {
    const rows: Row[] = [];
    for (const read of batch) {
      if ('violations' in read) await this.#reject(read.position, read.violations);
      else rows.push({ ...read.row, position: read.position });
    }
    const inFlight = [...this.#flights];
    let plan = await this.#planned(rows);
    if (inFlight.some((flight) => touches(flight, plan))) {
      // It may have been read as it was before those writes.
      await this.#landed(inFlight);
      plan = await this.#planned(rows);
    }
    await this.#begun;
    await this.#rejectAll(plan);
    this.#launch(plan);
    await this.#observations?.room();
  }

  async #planned(rows: readonly Row[]): Promise<ImportPlan<Row>> {
    const { ids, clock } = this.registry;
    const isNamed = (companyId: CompanyId): boolean => this.named.has(companyId);
    return planImport(rows, await this.#known(rows), isNamed, () => ids.next(), clock.now());
  }

  /** What is stored of the companies that the rows may mean. */
  async #known(rows: readonly Row[]): Promise<KnownCompanies> {
    const owners = await this.#bearersOf(rows.flatMap(exclusiveOf));
    // An exclusive identifier that is known decides: nobody asks then for the shared ones.
    const undecided = rows.filter(
      (row) =>
        row.companyId === undefined &&
        !exclusiveOf(row).some((identifier) => owners.get(keyOf(identifier))?.[0]),
    );
    const claimants = await this.#bearersOf(undecided.flatMap(sharedOf));
    const bearers = new Map([...owners, ...claimants]);

    const newest = [...bearers.values()].flatMap(([first]) => first ?? []);
    const candidates = [...new Set([...rows.flatMap(({ companyId }) => companyId ?? []), ...newest])];
    const companies = new Map<CompanyId, Company>();
    const removed = new Set<CompanyId>();
    if (candidates.length > 0) {
      for (const company of await this.#retried(() => this.registry.companies.findAll(candidates))) {
        if (isRemoved(company)) removed.add(company.companyId);
        else companies.set(company.companyId, company);
      }
    }

    const gone = new Set(candidates.filter((companyId) => !companies.has(companyId)));
    if (gone.size > 0) {
      for (const [key, all] of bearers)
        bearers.set(
          key,
          all.filter((bearer) => !gone.has(bearer)),
        );
    }
    return { bearers, companies, removed };
  }

  async #bearersOf(identifiers: readonly Identifier[]): Promise<Map<string, readonly CompanyId[]>> {
    const byKey = new Map(identifiers.map((identifier) => [keyOf(identifier), identifier]));
    if (byKey.size === 0) return new Map();
    const found = await this.#retried(() => this.registry.identifiers.bearersOf([...byKey.values()]));
    return new Map([...byKey.keys()].map((key, index) => [key, found[index] ?? []]));
  }

  /** Has the writes of a plan begin, as many at a time as there are slots. */
  #launch({ companies }: ImportPlan<Row>): void {
    for (const planned of companies) if (planned.after === planned.before) this.#done(planned);
    const writes = companies.filter(({ before, after }) => after !== before);
    if (writes.length === 0) return;

    const landings: Promise<void>[] = [];
    this.#begun = this.#begin(writes, landings);
    const flight: Flight = {
      keys: new Set(writes.flatMap(keysOf)),
      companies: new Set(writes.map(({ after }) => after.companyId)),
      landed: this.#begun.then(async () => {
        await Promise.all(landings);
        this.#flights.delete(flight);
      }),
    };
    this.#flights.add(flight);
  }

  async #begin(writes: readonly Planned[], landings: Promise<void>[]): Promise<void> {
    for (const planned of writes) {
      await this.#slots.take();
      if (this.#failure) return this.#slots.release();
      const landing = this.#write(planned)
        .catch((error: unknown) => void (this.#writeFailure ??= { error }))
        .finally(() => this.#slots.release());
      landings.push(landing);
    }
  }

  async #write(planned: Planned): Promise<void> {
    try {
      await this.#store(planned);
      this.#done(planned);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      for (const { row } of planned.rows) await this.#importAlone(row);
    }
  }

  /** Decides one row on what is stored by now, again and again while someone else is faster. */
  async #importAlone(row: Row): Promise<void> {
    for (let attempt = 2; ; attempt++) {
      const plan = await this.#planned([row]);
      await this.#rejectAll(plan);
      const [planned] = plan.companies;
      if (planned === undefined) return;
      try {
        if (planned.after !== planned.before) await this.#store(planned);
        return this.#done(planned);
      } catch (error) {
        if (!isOvertaken(error)) throw error;
        if (attempt === ATTEMPTS) return this.#reject(row.position, [{ path: [], detail: error.message }]);
      }
    }
  }

  async #store({ before, after }: Planned): Promise<void> {
    const { companies } = this.registry;
    await this.#retried(async (attempt) => {
      // What was unavailable may have been done all the same.
      if (attempt > 1 && isSameState(await companies.find(after.companyId, 'strong'), after)) return;
      if (before) await companies.replace(before, after, this.context);
      else await companies.add(after, this.context);
    });
  }

  #done({ after, rows }: Planned): void {
    this.named.add(after.companyId);
    for (const { outcome } of rows) this.#counts[outcome]++;
    this.#observe(after.companyId, rows);
  }

  #observe(companyId: CompanyId, rows: Planned['rows']): void {
    const stated = rows.flatMap(({ row: { position, observations } }) =>
      observations.map((observation) => ({ position, observation })),
    );
    if (stated.length === 0) return;
    if (!this.#observations)
      throw new Error('The rows state observations, but nobody was given to record them');
    this.#observations.add(companyId, stated);
  }

  async #rejectAll({ rejected }: ImportPlan<Row>): Promise<void> {
    for (const { row, error } of rejected) await this.#reject(row.position, error.violations);
  }

  async #reject(position: RowPosition, violations: readonly Violation[]): Promise<void> {
    this.#counts.rejected++;
    await this.observer.rejected?.(position, violations);
  }

  async #landed(flights: readonly Flight[]): Promise<void> {
    await Promise.all(flights.map(({ landed }) => landed));
  }

  async #retried<Answer>(ask: (attempt: number) => Promise<Answer>): Promise<Answer> {
    return retried(this.registry.pause, ask);
  }
}

function exclusiveOf({ identifiers }: CompanyRow): readonly Identifier[] {
  return identifiers.filter(({ scheme }) => isExclusive(scheme));
}

function sharedOf({ identifiers }: CompanyRow): readonly Identifier[] {
  return identifiers.filter(({ scheme }) => !isExclusive(scheme));
}

function touches(flight: Flight, { companies, rejected }: ImportPlan<Row>): boolean {
  const rows = [...companies.flatMap((planned) => planned.rows), ...rejected];
  return (
    companies.some(({ after }) => flight.companies.has(after.companyId)) ||
    rows.some(({ row }) => row.identifiers.some((identifier) => flight.keys.has(keyOf(identifier))))
  );
}

function keysOf({ rows }: Planned): string[] {
  return rows.flatMap(({ row }) => row.identifiers.map(keyOf));
}

function isOvertaken(error: unknown): error is ProfileVersionConflict | IdentifierTaken {
  return error instanceof ProfileVersionConflict || error instanceof IdentifierTaken;
}

function isSameState(stored: Company | undefined, company: Company): boolean {
  return stored?.version === company.version && isSame(factsOf(stored), factsOf(company));
}

import { comparePositions, type AuditedCompany } from '../../domain/audit/audited-company.ts';
import type { AuditedDocument } from '../../domain/audit/document-drift.ts';
import { mergeByCompany } from '../../domain/audit/merge-by-company.ts';
import { inParallel } from '../../domain/shared/in-parallel.ts';
import type { CompanyId } from '../../domain/shared/company-id.ts';
import type { AuditedProfiles } from './ports/audited-profiles.ts';
import type { AuditedStatistics } from './ports/audited-statistics.ts';
import type { Pause } from '../../domain/shared/time.ts';
import { settle, type Look, type Patience } from './settle.ts';

/** Companies that are looked at, and that are waited for, together. */
const CHUNK = 100;
const BATCH = 1_000;
/** Reads that are under way at a time. */
const WIDTH = 16;
/** Statistics that take nothing for half a minute will not take the rest either. */
const PATIENCE: Patience = {
  pausesMs: [100, 200, 400, 800, 1_500, ...new Array<number>(14).fill(2_000)],
  looks: 1_000,
};
const IMPATIENCE: Patience = { pausesMs: [0], looks: 1 };
const EXAMPLES = 10;

export interface Replication {
  /** Companies, tombstones too, that statistics knows at the version they had, or a later one, with all their documents. */
  readonly synced: number;
  /** Those that did not arrive in time. */
  readonly waiting: number;
  /** Some of the waiting. */
  readonly examples: readonly CompanyId[];
}

/** Waits until statistics has what profiles has; writes may go on. */
export class AwaitReplication {
  constructor(
    private readonly profiles: AuditedProfiles,
    private readonly statistics: AuditedStatistics,
    private readonly pause: Pause,
  ) {}

  /** @throws Unavailable */
  async execute(onProgress: (synced: number) => void = () => {}): Promise<Replication> {
    let synced = 0;
    let waiting = 0;
    let patience = PATIENCE;
    const examples: CompanyId[] = [];
    let chunk: Expected[] = [];
    let missing: Expected[] = [];

    const lookAtChunk = async (): Promise<void> => {
      const looks = await inParallel(chunk, WIDTH, (one) => this.#lookAt(one));
      const late = chunk.filter((_, index) => looks[index] !== 'settled');
      synced += chunk.length - late.length;
      missing.push(...late);
      chunk = [];
    };
    const waitForMissing = async (): Promise<void> => {
      const late = await settle(
        missing,
        (those) => inParallel(those, WIDTH, ({ profile }) => this.#lookAgainAt(profile)),
        this.pause,
        patience,
      );
      // Where nothing at all arrived, the rest is counted and no longer waited for.
      if (late.length === missing.length && missing.length > 0) patience = IMPATIENCE;
      synced += missing.length - late.length;
      waiting += late.length;
      examples.push(...late.slice(0, EXAMPLES - examples.length).map(({ profile }) => profile.companyId));
      missing = [];
      onProgress(synced);
    };
    for await (const { profile, replica } of mergeByCompany(this.profiles.all(), this.statistics.all())) {
      if (profile === undefined) continue;
      chunk.push({ profile, ...(replica && { replica }) });
      if (chunk.length === CHUNK) await lookAtChunk();
      if (missing.length >= BATCH) await waitForMissing();
    }
    await lookAtChunk();
    await waitForMissing();
    return { synced, waiting, examples };
  }

  async #lookAgainAt(profile: AuditedCompany): Promise<Look> {
    const replica = await this.statistics.find(profile.companyId);
    return this.#lookAt({ profile, ...(replica && { replica }) });
  }

  async #lookAt({ profile, replica }: Expected): Promise<Look> {
    if (replica === undefined || comparePositions(replica, profile) < 0) return 'still';
    const told = (await this.profiles.documents(profile.companyId)).filter(({ content }) => content);
    if (told.length === 0) return 'settled';
    const counted = new Map(
      (await this.statistics.documents(profile.companyId)).map((one) => [one.documentId, one]),
    );
    const isCounted = (document: AuditedDocument): boolean => {
      const known = counted.get(document.documentId);
      return known !== undefined && comparePositions(known, document) >= 0;
    };
    return told.every(isCounted) ? 'settled' : 'still';
  }
}

/** A profile, and what statistics has of it. */
interface Expected {
  readonly profile: AuditedCompany;
  readonly replica?: AuditedCompany;
}

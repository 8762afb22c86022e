import { columnMapOf } from '../../../domain/profiles/import/column-map.ts';
import {
  fileFactsOf,
  IMPORT_BOUNDS,
  type FileFacts,
  type ImportId,
} from '../../../domain/profiles/import/file-import.ts';
import { InvalidInput } from '../../../domain/shared/errors.ts';
import type { Clock } from '../../../domain/shared/time.ts';
import type { WriteContext } from '../ports/company-repository.ts';
import type { ImportLinks } from '../ports/import-links.ts';
import type { ImportIds } from '../ports/import-ids.ts';
import type { Imports } from '../ports/imports.ts';
import type { UploadLink } from '../ports/object-store.ts';
import type { ShippedMaps } from '../ports/shipped-maps.ts';

/** What is asked of an import. */
export interface RequestedImport extends FileFacts {
  /** The name of a map that ships with the registry, or the JSON of one. */
  readonly map: string | object;
}

/** Where the file of one import goes. */
export interface ImportSlot {
  readonly importId: ImportId;
  readonly upload: UploadLink;
}

/** Longer than any notification of a file takes that was uploaded by the last moment of its link. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export class RequestImport {
  constructor(
    private readonly imports: Pick<Imports, 'save'>,
    private readonly links: Pick<ImportLinks, 'uploadLink'>,
    private readonly maps: ShippedMaps,
    private readonly ids: ImportIds,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput */
  async execute(requested: RequestedImport, { requestId }: WriteContext): Promise<ImportSlot> {
    const facts = fileFactsOf(requested);
    const map = this.#mapOf(requested.map);
    const importId = this.ids.next();
    const now = this.clock.now();
    const expiresAt = new Date(Date.parse(now) + KEPT_MS).toISOString();
    const known = { importId, ...facts, ...map, requestId, requestedAt: now, expiresAt };
    await this.imports.save({ ...known, status: 'waiting', version: 1 }, 0);
    return { importId, upload: await this.links.uploadLink(importId, facts, now) };
  }

  #mapOf(requested: string | object): { readonly map: string; readonly mapName?: string } {
    if (typeof requested === 'string') {
      const map = this.maps.find(requested);
      if (map) return { map: JSON.stringify(map), mapName: requested };
      const known = this.maps.names.join(', ');
      throw InvalidInput.at(['map'], `must be a map, or the name of one that ships: ${known}`);
    }
    try {
      columnMapOf(requested);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      throw new InvalidInput(
        error.violations.map(({ path, detail }) => ({ path: ['map', ...path], detail })),
      );
    }
    const map = JSON.stringify(requested);
    if (map.length <= IMPORT_BOUNDS.map) return { map };
    throw InvalidInput.at(['map'], `must have at most ${IMPORT_BOUNDS.map} characters as JSON`);
  }
}

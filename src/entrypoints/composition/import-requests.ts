import { SHIPPED_MAPS } from '../../adapters/files/shipped-maps.ts';
import { StoredImportLinks } from '../../adapters/files/stored-import-links.ts';
import { UuidImportIds } from '../../adapters/system/uuid-import-ids.ts';
import { FindImport } from '../../application/profiles/imports/find-import.ts';
import { RequestImport } from '../../application/profiles/imports/request-import.ts';
import type { ObjectStore } from '../../application/profiles/ports/object-store.ts';
import { PORTS } from './tokens.ts';
import type { Container } from './containers.ts';

/** What is asked of imports by upload, wired. */
export interface ImportRequests {
  readonly requestImport: RequestImport;
  readonly findImport: FindImport;
}

/** Imports by upload as far as HTTP needs them: nothing that reads files. */
export function importRequests(profiles: Container, objects: ObjectStore): ImportRequests {
  const imports = profiles.get(PORTS.imports);
  const clock = profiles.get(PORTS.clock);
  const links = new StoredImportLinks(objects);
  return {
    requestImport: new RequestImport(imports, links, SHIPPED_MAPS, new UuidImportIds(), clock),
    findImport: new FindImport(imports, links, clock),
  };
}

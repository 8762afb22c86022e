import { ChangeCompany } from '../../application/profiles/change-company.ts';
import { GetSetAsideObject } from '../../application/profiles/documents/get-set-aside-object.ts';
import { ListSetAsideObjects } from '../../application/profiles/documents/list-set-aside-objects.ts';
import { ExportCompanies } from '../../application/profiles/export-companies.ts';
import { FindCompany } from '../../application/profiles/find-company.ts';
import { ImportCompanies } from '../../application/profiles/import-companies.ts';
import { ListCompanies } from '../../application/profiles/list-companies.ts';
import { LookUpIdentifier } from '../../application/profiles/look-up-identifier.ts';
import { PublishCompanyChanges } from '../../application/profiles/publish-company-changes.ts';
import { PublishSnapshots } from '../../application/profiles/publish-snapshots.ts';
import { ReadRevisions } from '../../application/profiles/read-revisions.ts';
import { RecordRevisions } from '../../application/profiles/record-revisions.ts';
import { RegisterCompany } from '../../application/profiles/register-company.ts';
import { RemoveCompany } from '../../application/profiles/remove-company.ts';
import { RenameCompany } from '../../application/profiles/rename-company.ts';
import { RewriteCompanies } from '../../application/profiles/rewrite-companies.ts';
import type { Bind, Bindings, Container } from './containers.ts';
import type { ProfilesApiUseCases, ProfilesService } from './registry.ts';
import { PORTS } from './tokens.ts';

const {
  clock,
  companies,
  companyDirectory,
  companyEventPublisher,
  companyIds,
  documents,
  identifiers,
  pause,
  revisions,
  setAsideObjects,
} = PORTS;

/** What the HTTP interface does with companies. */
export function bindCompanies(bind: Bind): void {
  bind(RegisterCompany).toResolvedValue(
    (...ports) => new RegisterCompany(...ports),
    [companies, companyIds, clock],
  );
  bind(ChangeCompany).toResolvedValue((...ports) => new ChangeCompany(...ports), [companies, clock]);
  bind(RenameCompany).toResolvedValue((...ports) => new RenameCompany(...ports), [companies, clock]);
  bind(RemoveCompany).toResolvedValue((...ports) => new RemoveCompany(...ports), [companies, clock]);
  bind(FindCompany).toResolvedValue((...ports) => new FindCompany(...ports), [companies]);
  bind(ListCompanies).toResolvedValue((...ports) => new ListCompanies(...ports), [companyDirectory]);
  bind(LookUpIdentifier).toResolvedValue(
    (...ports) => new LookUpIdentifier(...ports),
    [identifiers, companies],
  );
  bind(ReadRevisions).toResolvedValue((...ports) => new ReadRevisions(...ports), [revisions]);
}

/** What follows the stream of the table. */
export function bindRevisions(bind: Bind): void {
  bind(RecordRevisions).toResolvedValue((...ports) => new RecordRevisions(...ports), [revisions]);
}

/** What tells others about companies. */
export function bindPublishers(bind: Bind): void {
  bind(PublishCompanyChanges).toResolvedValue(
    (...ports) => new PublishCompanyChanges(...ports),
    [companyEventPublisher],
  );
  bind(PublishSnapshots).toResolvedValue(
    (...ports) => new PublishSnapshots(...ports),
    [companyDirectory, documents, companyEventPublisher],
  );
}

/** What deals with files. */
export function bindFiles(bind: Bind): void {
  bind(ExportCompanies).toResolvedValue((...ports) => new ExportCompanies(...ports), [companyDirectory]);
  bind(ImportCompanies).toResolvedValue(
    (...ports) => new ImportCompanies(...ports),
    [companies, identifiers, companyIds, clock, pause],
  );
}

/** What an upgrade may ask for. */
function bindUpgrades(bind: Bind): void {
  bind(RewriteCompanies).toResolvedValue(
    (...ports) => new RewriteCompanies(...ports),
    [companyDirectory, companies],
  );
}

/** What an operator does with objects that are set aside. */
function bindSetAsideObjects(bind: Bind): void {
  bind(ListSetAsideObjects).toResolvedValue(
    (...ports) => new ListSetAsideObjects(...ports),
    [setAsideObjects, clock],
  );
  bind(GetSetAsideObject).toResolvedValue((...ports) => new GetSetAsideObject(...ports), [setAsideObjects]);
}

/** All of them. */
export const profilesUseCases: readonly Bindings[] = [
  bindCompanies,
  bindRevisions,
  bindPublishers,
  bindFiles,
  bindUpgrades,
  bindSetAsideObjects,
];

/** What the HTTP interface needs, which is not a publisher. Resolved once, at start. */
export function profilesApiUseCases(container: Container): ProfilesApiUseCases {
  return {
    registerCompany: container.get(RegisterCompany),
    changeCompany: container.get(ChangeCompany),
    renameCompany: container.get(RenameCompany),
    removeCompany: container.get(RemoveCompany),
    findCompany: container.get(FindCompany),
    listCompanies: container.get(ListCompanies),
    readRevisions: container.get(ReadRevisions),
    lookUpIdentifier: container.get(LookUpIdentifier),
  };
}

/** Everything that the service can do. Resolved once, at start. */
export function profilesService(container: Container): ProfilesService {
  return {
    ...profilesApiUseCases(container),
    publishCompanyChanges: container.get(PublishCompanyChanges),
    recordRevisions: container.get(RecordRevisions),
    publishSnapshots: container.get(PublishSnapshots),
    importCompanies: container.get(ImportCompanies),
    exportCompanies: container.get(ExportCompanies),
    rewriteCompanies: container.get(RewriteCompanies),
    listSetAsideObjects: container.get(ListSetAsideObjects),
    getSetAsideObject: container.get(GetSetAsideObject),
  };
}

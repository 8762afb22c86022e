import { UuidDocumentIds } from '../../adapters/system/uuid-document-ids.ts';
import { FindDocument } from '../../application/profiles/documents/find-document.ts';
import { FollowObject } from '../../application/profiles/documents/follow-object.ts';
import { ListDocuments } from '../../application/profiles/documents/list-documents.ts';
import { RedriveSetAsideObjects } from '../../application/profiles/documents/redrive-set-aside-objects.ts';
import { RemoveDocument } from '../../application/profiles/documents/remove-document.ts';
import { RequestUpload } from '../../application/profiles/documents/request-upload.ts';
import { FindCompany } from '../../application/profiles/find-company.ts';
import type { ObjectStore } from '../../application/profiles/ports/object-store.ts';
import { PORTS } from './tokens.ts';
import type { Container } from './containers.ts';

/** What the profiles service can do with documents, wired. */
export interface DocumentsService {
  readonly requestUpload: RequestUpload;
  readonly listDocuments: ListDocuments;
  readonly findDocument: FindDocument;
  readonly removeDocument: RemoveDocument;
  readonly followObject: FollowObject;
  readonly redriveSetAsideObjects: RedriveSetAsideObjects;
}

/** The documents of the profiles service, whose contents are in an object store: few of its processes need one. */
export function documentsService(profiles: Container, objects: ObjectStore): DocumentsService {
  const documents = profiles.get(PORTS.documents);
  const clock = profiles.get(PORTS.clock);
  const findCompany = profiles.get(FindCompany);
  const ids = new UuidDocumentIds();
  const aside = profiles.get(PORTS.setAsideObjects);
  const followObject = objectFollower(profiles, objects);
  return {
    requestUpload: new RequestUpload(findCompany, documents, objects, ids, clock),
    listDocuments: new ListDocuments(documents, findCompany),
    findDocument: new FindDocument(documents, objects, clock),
    removeDocument: new RemoveDocument(documents, objects, clock),
    followObject,
    redriveSetAsideObjects: new RedriveSetAsideObjects(aside, followObject),
  };
}

/** What makes documents of objects. */
export function objectFollower(profiles: Container, objects: ObjectStore): FollowObject {
  return new FollowObject(
    profiles.get(PORTS.documents),
    objects,
    profiles.get(PORTS.companies),
    profiles.get(PORTS.setAsideObjects),
    new UuidDocumentIds(),
    profiles.get(PORTS.clock),
  );
}

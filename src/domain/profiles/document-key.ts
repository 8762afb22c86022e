import { companyIdOf, type CompanyId } from '../shared/company-id.ts';
import { InvalidInput, type Violation } from '../shared/errors.ts';
import { textOf } from '../shared/text.ts';
import { DOCUMENT_BOUNDS, documentIdOf, type DocumentId } from './document.ts';

const FOLDER = 'documents';

/** What the key of an object says of it. */
export interface DocumentPlace {
  readonly companyId: CompanyId;
  /** Absent where the key was not made for a slot. */
  readonly documentId?: DocumentId;
  /** The last part of the key, as far as it may be the name of a file. */
  readonly fileName: string;
}

/** The key of a slot's object: nothing in it comes from the caller. */
export function objectKeyOf(companyId: CompanyId, documentId: DocumentId): string {
  return `${FOLDER}/${companyId}/${documentId}`;
}

/** Where a key leads; undefined where it is not `documents/<companyId>/<name>`. */
export function placeOf(objectKey: string): DocumentPlace | undefined {
  const [, company, rest] = /^documents\/([^/]+)\/(.+)$/su.exec(objectKey) ?? [];
  if (company === undefined || rest === undefined || rest.endsWith('/')) return undefined;
  const companyId = idOf(companyIdOf, company);
  if (companyId === undefined) return undefined;
  const documentId = idOf(documentIdOf, rest);
  return { companyId, ...(documentId && { documentId }), fileName: fileNameIn(rest) };
}

/** An id that is written as the server writes it: another spelling is another key. */
function idOf<Id extends string>(read: (text: string) => Id, text: string): Id | undefined {
  try {
    const id = read(text);
    return id === text ? id : undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

function fileNameIn(path: string): string {
  const last = path.split(/[/\\]/).at(-1) ?? '';
  const violations: Violation[] = [];
  const name = textOf(last, [], { longest: DOCUMENT_BOUNDS.fileName }, violations);
  return violations.length > 0 || name === '.' || name === '..' ? 'document' : name;
}

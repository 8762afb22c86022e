import type { CompanyId } from '../shared/company-id.ts';
import { RegistryError } from '../shared/errors.ts';
import type { Identifier } from '../shared/identifier.ts';
import type { DocumentId } from './document.ts';
import type { ImportId } from './import/file-import.ts';

export class CompanyNotFound extends RegistryError {
  constructor(companyId: CompanyId) {
    super('not-found', 'company-not-found', `There is no company ${companyId}.`, { companyId });
  }
}

export class RevisionNotFound extends RegistryError {
  constructor(companyId: CompanyId, version: number) {
    super('not-found', 'revision-not-found', `Company ${companyId} has no revision ${version}.`, {
      companyId,
      version,
    });
  }
}

export class IdentifierNotFound extends RegistryError {
  constructor({ scheme, value }: Identifier) {
    super('not-found', 'identifier-not-found', `No company bears ${scheme} ${value}.`, { scheme, value });
  }
}

/** The caller decided on a version of the profile that is not the current one. */
export class ProfileVersionConflict extends RegistryError {
  constructor(companyId: CompanyId, expected: number, actual?: number) {
    const now = actual === undefined ? 'it has changed since' : `the current version is ${actual}`;
    super(
      'version-mismatch',
      'profile-version-conflict',
      `Company ${companyId} is no longer at version ${expected}: ${now}. Read it again and decide anew.`,
      { companyId, expectedVersion: expected, ...(actual !== undefined && { currentVersion: actual }) },
    );
  }
}

/** An exclusive identifier belongs to another company. */
export class IdentifierTaken extends RegistryError {
  constructor(
    readonly identifier: Identifier,
    readonly owner: CompanyId,
  ) {
    super(
      'conflict',
      'identifier-taken',
      `${identifier.scheme} ${identifier.value} belongs to company ${owner}.`,
      {
        ...identifier,
        companyId: owner,
      },
    );
  }
}

export class IdempotencyKeyReused extends RegistryError {
  constructor(key: string) {
    super(
      'key-reused',
      'idempotency-key-reused',
      `The Idempotency-Key ${key} was used for a request with another body. Use a new key for a new request.`,
      { idempotencyKey: key },
    );
  }
}

/** The answer of a request is kept for some days; its company's id, which is made of the key, stays taken for ever. */
export class IdempotencyKeyExpired extends RegistryError {
  constructor(key: string, companyId: CompanyId) {
    super(
      'conflict',
      'idempotency-key-expired',
      `The Idempotency-Key ${key} registered company ${companyId} earlier, and its answer is no longer kept. Use a new key.`,
      { idempotencyKey: key, companyId },
    );
  }
}

export class DocumentNotFound extends RegistryError {
  constructor(companyId: CompanyId, documentId: DocumentId) {
    super('not-found', 'document-not-found', `Company ${companyId} has no document ${documentId}.`, {
      companyId,
      documentId,
    });
  }
}

/** There is a slot, and nothing in it yet. */
export class DocumentNotArrived extends RegistryError {
  constructor(companyId: CompanyId, documentId: DocumentId) {
    super(
      'not-found',
      'document-not-arrived',
      `Document ${documentId} has not arrived yet: upload it by the link of its slot. One that is uploaded is here within moments.`,
      { companyId, documentId },
    );
  }
}

/** What was uploaded was not what its slot was for, and is deleted. */
export class DocumentRefused extends RegistryError {
  constructor(companyId: CompanyId, documentId: DocumentId, reason: string) {
    super(
      'not-found',
      'document-refused',
      `Document ${documentId} was refused when it arrived. ${reason} Ask for a new slot.`,
      { companyId, documentId, reason },
    );
  }
}

export class ImportNotFound extends RegistryError {
  constructor(importId: ImportId) {
    super('not-found', 'import-not-found', `There is no import ${importId}: ask for a slot.`, { importId });
  }
}

export class SetAsideObjectNotFound extends RegistryError {
  constructor(id: string) {
    super('not-found', 'set-aside-object-not-found', `No object with the id ${id} is set aside.`, { id });
  }
}

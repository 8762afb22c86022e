import { mediaTypeOf } from '../document.ts';
import { InvalidInput, type Violation } from '../../shared/errors.ts';
import { textOf } from '../../shared/text.ts';
import type { Instant } from '../../shared/time.ts';
import type { ImportProgress } from './import-progress.ts';

/** A UUIDv7 in lower case. */
export type ImportId = string & { readonly brand: 'ImportId' };

/** What the one who uploads a file says of it. */
export interface FileFacts {
  readonly fileName: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
}

/** Map: the most characters of its JSON. */
export const IMPORT_BOUNDS = { fileName: 200, contentType: 200, size: 1_000_000_000, map: 50_000 } as const;

/** What there is of every import by upload. */
interface Known extends FileFacts {
  readonly importId: ImportId;
  /** 1 at first, one more with every change. */
  readonly version: number;
  /** Where a map that ships with the registry is meant. */
  readonly mapName?: string;
  /** The map as JSON. */
  readonly map: string;
  /** The request that made the slot: what the import writes is known by it. */
  readonly requestId: string;
  readonly requestedAt: Instant;
  /** When nothing of it counts any more. */
  readonly expiresAt: Instant;
}

/** A slot: nothing has been uploaded, or nobody has begun to read it. */
export interface WaitingImport extends Known {
  readonly status: 'waiting';
}

export interface RunningImport extends Known {
  readonly status: 'running';
  readonly startedAt: Instant;
  /** How often it was begun or taken up since it last got on. */
  readonly attempts: number;
  /** Until when nobody else works on it. */
  readonly leasedUntil?: Instant;
  /** Of the file and of how it is read; absent until the file has been looked through. */
  readonly digest?: string;
  readonly progress: ImportProgress;
}

export interface DoneImport extends Known {
  readonly status: 'done';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly progress: ImportProgress;
}

/** It did not come to its end. What its progress counts is stored. */
export interface FailedImport extends Known {
  readonly status: 'failed';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** What went wrong, and what to do. */
  readonly reason: string;
  readonly progress: ImportProgress;
}

/** The same file was imported with the same map: what became of that import is what became of this one. */
export interface RepeatedImport extends Known {
  readonly status: 'repeated';
  readonly sameAs: ImportId;
}

export type FileImport = WaitingImport | RunningImport | DoneImport | FailedImport | RepeatedImport;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws InvalidInput where the text is no UUID */
export function importIdOf(text: string): ImportId {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw InvalidInput.at(['importId'], 'must be a UUID');
  return id as ImportId;
}

/** @throws InvalidInput with everything that is wrong */
export function fileFactsOf({ fileName, contentType, size }: FileFacts): FileFacts {
  const violations: Violation[] = [];
  const refuse = (path: string, detail: string): number => violations.push({ path: [path], detail });
  const name = textOf(fileName, ['fileName'], { longest: IMPORT_BOUNDS.fileName }, violations);
  if (/[/\\]/.test(name) || name === '.' || name === '..')
    refuse('fileName', 'must be the name of a file, without a folder');
  const type = mediaTypeOf(contentType);
  if (type === undefined) refuse('contentType', 'must be a media type, such as text/csv');
  if (!Number.isSafeInteger(size) || size < 1 || size > IMPORT_BOUNDS.size)
    refuse('size', `must be a whole number of bytes from 1 to ${IMPORT_BOUNDS.size}`);
  if (type === undefined || violations.length > 0) throw new InvalidInput(violations);
  return { fileName: name, contentType: type, size };
}

/** Whether what is known of an import still counts. */
export function isKept({ expiresAt }: FileImport, now: Instant): boolean {
  return expiresAt > now;
}

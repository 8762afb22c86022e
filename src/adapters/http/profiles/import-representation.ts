import { stringify } from 'lossless-json';
import type { FoundImport } from '../../../application/profiles/imports/find-import.ts';
import type { RequestedImport } from '../../../application/profiles/imports/request-import.ts';
import { IMPORT_BOUNDS } from '../../../domain/profiles/import/file-import.ts';
import { NO_PROGRESS } from '../../../domain/profiles/import/import-progress.ts';
import { ObjectOf, Text, TextOrObject, Whole } from '../dto.ts';
import { inOrder } from '../in-order.ts';
import { DownloadDto, UploadDto } from './upload-dto.ts';

export class ImportBody {
  static readonly title: string = 'ImportRequest';

  static readonly serverOwned = ['importId', 'upload', 'status'];

  @Text('The name of the file, without a folder: some maps read a time in it.', {
    maxLength: IMPORT_BOUNDS.fileName,
  })
  fileName!: string;

  @Text('The media type that the file is uploaded as. What it is, its content tells.', {
    maxLength: IMPORT_BOUNDS.contentType,
  })
  contentType!: string;

  @Whole('The exact number of bytes.', { minimum: 1, maximum: IMPORT_BOUNDS.size })
  size!: number;

  @TextOrObject('The name of a map that ships with the registry, or a map: which column is which fact.')
  map!: string | object;
}

export class ImportSlotDto {
  static readonly title: string = 'ImportSlot';

  @Text('The id of the import.', { format: 'uuid' })
  importId!: string;

  @ObjectOf(() => UploadDto, 'The request that uploads the file. It needs no other credentials.')
  upload!: UploadDto;
}

class ImportProgressDto {
  static readonly title: string = 'ImportProgress';

  @Whole('How many rows are done.', { minimum: 0 })
  rows!: number;

  @Whole('How many there are; absent until the file has been looked through.', { minimum: 0, optional: true })
  rowsInFile?: number;
}

class ObservationCountsDto {
  static readonly title: string = 'ImportedObservations';

  @Whole('New ones.')
  recorded!: number;

  @Whole('Known ones.')
  unchanged!: number;

  @Whole('Reported later with another value.')
  corrected!: number;

  @Whole('Reported earlier than what is known.')
  superseded!: number;

  @Whole('Of another value without a later report: among the rejected rows.')
  conflict!: number;

  @Whole('Not what an observation can be: among the rejected rows.')
  invalid!: number;
}

class ImportCountsDto {
  static readonly title: string = 'ImportCounts';

  @Whole('Rows that registered a company.')
  created!: number;

  @Whole('Rows that changed other facts than the name.')
  updated!: number;

  @Whole('Rows that changed the name.')
  renamed!: number;

  @Whole('Rows that changed nothing.')
  unchanged!: number;

  @Whole('Rows that were rejected.')
  rejected!: number;

  @ObjectOf(() => ObservationCountsDto, 'Absent where the map reads none.', { optional: true })
  observations?: ObservationCountsDto;
}

export class ImportDto {
  static readonly title: string = 'Import';

  @Text('The id of the import.', { format: 'uuid' })
  importId!: string;

  @Text('waiting for the file, running, done, or failed for a reason.', {
    enum: ['waiting', 'running', 'done', 'failed'],
  })
  status!: string;

  @Text('Why it failed, and what to do.', { optional: true })
  reason?: string;

  @Text('The name of the file.')
  fileName!: string;

  @Text('The media type.')
  contentType!: string;

  @Whole('In bytes.')
  size!: number;

  @Text('The name of the map, where it is one that ships.', { optional: true })
  map?: string;

  @Text('The earlier import of the same file by the same map, whose report this is.', {
    format: 'uuid',
    optional: true,
  })
  sameAs?: string;

  @ObjectOf(() => ImportProgressDto, 'How far it has come.')
  progress!: ImportProgressDto;

  @ObjectOf(
    () => ImportCountsDto,
    'How many rows ended how. What is done again after an interruption counts as unchanged.',
  )
  counts!: ImportCountsDto;

  @ObjectOf(
    () => DownloadDto,
    'A CSV of the rejected rows, and why; absent before the end, and without any.',
    {
      optional: true,
    },
  )
  rejectedRows?: DownloadDto;

  @Text('When the slot was asked for.', { format: 'date-time' })
  requestedAt!: string;

  @Text('When the file was first looked at.', { format: 'date-time', optional: true })
  startedAt?: string;

  @Text('When it was done, or had failed.', { format: 'date-time', optional: true })
  finishedAt?: string;

  @Text('When nothing of this is kept any more.', { format: 'date-time' })
  expiresAt!: string;
}

/** What a body asks for, the numbers of a map as they are in JSON. */
export function requestedImport({ map, ...facts }: ImportBody): RequestedImport {
  return { ...facts, map: typeof map === 'string' ? map : withPlainNumbers(map) };
}

export function importRepresentation({ asked, report, rejectedRows }: FoundImport): object {
  const { importId, fileName, contentType, size, mapName, requestedAt, expiresAt } = asked;
  const { status } = report;
  const progress = 'progress' in report ? report.progress : NO_PROGRESS;
  return inOrder(ImportDto, {
    importId,
    status,
    fileName,
    contentType,
    size,
    requestedAt,
    expiresAt,
    progress,
    counts: progress.counts,
    ...(mapName !== undefined && { map: mapName }),
    ...('reason' in report && { reason: report.reason }),
    ...(report.importId !== importId && { sameAs: report.importId }),
    ...('startedAt' in report && { startedAt: report.startedAt }),
    ...('finishedAt' in report && { finishedAt: report.finishedAt }),
    ...(rejectedRows && { rejectedRows }),
  });
}

function withPlainNumbers(map: object): object {
  return JSON.parse(stringify(map) ?? '{}') as object;
}

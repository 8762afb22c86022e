import type { DownloadLink } from '../../../application/profiles/ports/object-store.ts';
import { DOCUMENT_BOUNDS, type StoredDocument } from '../../../domain/profiles/document.ts';
import { ListOf, ObjectOf, Text, Whole } from '../dto.ts';
import { inOrder } from '../in-order.ts';
import { DownloadDto, UploadDto } from './upload-dto.ts';

export class DocumentBody {
  static readonly title: string = 'DocumentFacts';

  static readonly serverOwned = ['documentId', 'upload', 'storedAt'];

  @Text('The name that the content is saved under, without a folder.', {
    maxLength: DOCUMENT_BOUNDS.fileName,
  })
  fileName!: string;

  @Text('The media type.', { maxLength: DOCUMENT_BOUNDS.contentType })
  contentType!: string;

  @Whole('The exact number of bytes.', { minimum: 1, maximum: DOCUMENT_BOUNDS.size })
  size!: number;

  @Text('The SHA-256 digest, in 64 hexadecimal digits: another content is refused.', { optional: true })
  sha256?: string;
}

export class DocumentSlotDto {
  static readonly title: string = 'DocumentSlot';

  @Text('The id that the document will have.', { format: 'uuid' })
  documentId!: string;

  @ObjectOf(() => UploadDto, 'The request that uploads the content. It needs no other credentials.')
  upload!: UploadDto;
}

class ListedDocumentDto {
  static readonly title: string = 'ListedDocument';

  @Text('The document.', { format: 'uuid' })
  documentId!: string;

  @Text('The name of the file.')
  fileName!: string;

  @Text('The media type, as declared.')
  contentType!: string;

  @Text('What the first bytes say; text of all kinds is text/plain. Absent where it is empty.', {
    optional: true,
  })
  sniffedType?: string;

  @Whole('In bytes.', { minimum: 0 })
  size!: number;

  @Text('The SHA-256 digest, where it is known.', { optional: true })
  sha256?: string;

  @Text('When the content arrived.', { format: 'date-time' })
  storedAt!: string;
}

export class DocumentDto extends ListedDocumentDto {
  static override readonly title: string = 'Document';

  @ObjectOf(() => DownloadDto, 'Where the content is.')
  download!: DownloadDto;
}

export class DocumentPageDto {
  static readonly title: string = 'DocumentPage';

  @ListOf(() => ListedDocumentDto, 'The latest slots first.', 100)
  items!: ListedDocumentDto[];

  @Text('Where the list goes on; absent at its end.', { optional: true })
  nextCursor?: string;
}

export function listedDocument(document: StoredDocument): object {
  return inOrder(ListedDocumentDto, document);
}

export function documentRepresentation(document: StoredDocument, download: DownloadLink): object {
  return inOrder(DocumentDto, { ...document, download });
}

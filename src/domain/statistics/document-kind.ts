/** The media types of documents that are counted by their names. */
const NAMED: ReadonlySet<string> = new Set([
  'application/gzip',
  'application/json',
  'application/msword',
  'application/octet-stream',
  'application/pdf',
  'application/rtf',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/xhtml+xml',
  'application/xml',
  'application/zip',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/tiff',
  'image/webp',
  'text/csv',
  'text/html',
  'text/markdown',
  'text/plain',
  'text/xml',
]);

/** The others are counted by what they begin with. */
const FAMILIES: ReadonlySet<string> = new Set([
  'application',
  'audio',
  'font',
  'image',
  'message',
  'model',
  'multipart',
  'text',
  'video',
]);

/**
 * What a document is counted as: its media type without parameters where that is one of the usual ones, else its family,
 * `image/*`, else `other`. There is a bounded number of them, whatever is uploaded, and which one it is depends on nothing
 * but the type, so that counts come to the same in any order.
 */
export function kindOf(contentType: string): string {
  const [essence = ''] = contentType.toLowerCase().split(';');
  const type = essence.trim();
  if (NAMED.has(type)) return type;
  const [family = ''] = type.split('/');
  return FAMILIES.has(family) ? `${family}/*` : 'other';
}

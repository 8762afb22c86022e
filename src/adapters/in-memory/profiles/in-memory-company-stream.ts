import { recordOfCompanyChange } from '../../dynamodb/profiles/company-change-record.ts';
import { recordOfDocumentChange } from '../../dynamodb/profiles/document-change-record.ts';
import { InMemoryStream } from '../in-memory-stream.ts';
import type { InMemoryProfiles } from './in-memory-profiles.ts';

/** The stream of the companies of one process, and of their documents. */
export function inMemoryCompanyStream(profiles: InMemoryProfiles): InMemoryStream {
  const stream = new InMemoryStream();
  profiles.onChange((change) =>
    stream.append(change.of === 'document' ? recordOfDocumentChange(change) : recordOfCompanyChange(change)),
  );
  return stream;
}

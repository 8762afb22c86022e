import { recordOfCompanyChange } from '../../dynamodb/profiles/company-change-record.ts';
import { InMemoryStream } from '../in-memory-stream.ts';
import type { InMemoryProfiles } from './in-memory-profiles.ts';

/** The stream of the companies of one process. */
export function inMemoryCompanyStream(profiles: InMemoryProfiles): InMemoryStream {
  const stream = new InMemoryStream();
  profiles.onChange((change) => stream.append(recordOfCompanyChange(change)));
  return stream;
}

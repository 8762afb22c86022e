import type { DynamoDBRecord } from 'aws-lambda';
import type { PublishableChange } from '../../../application/profiles/publish-company-changes.ts';
import { companyChangeOf } from './company-change-record.ts';
import { documentChangeOf } from './document-change-record.ts';
import { DOCUMENT_PREFIX } from './document-item.ts';

/** What a record of the table's stream tells, of a company or of one of its documents. @throws where it is of neither */
export function publishableChangeOf(record: DynamoDBRecord): PublishableChange {
  return record.dynamodb?.Keys?.['sk']?.S?.startsWith(DOCUMENT_PREFIX)
    ? { of: 'document', ...documentChangeOf(record) }
    : { of: 'company', ...companyChangeOf(record) };
}

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { DocumentChange } from '../../../application/profiles/document-change.ts';
import type { DocumentRecord } from '../../../domain/profiles/document.ts';
import { documentItem, documentKey, documentOf } from './document-item.ts';

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** The change of a document that a record of the table's stream tells. @throws where an image is no document */
export function documentChangeOf({ dynamodb: { OldImage, NewImage } = {} }: DynamoDBRecord): DocumentChange {
  const requestId = NewImage?.['requestId']?.S;
  return {
    ...(OldImage && { before: documentIn(OldImage) }),
    ...(NewImage && { after: documentIn(NewImage) }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The record that a table's stream would tell a write by: the adapter in memory has no table. */
export function recordOfDocumentChange(change: {
  readonly before?: DocumentRecord;
  readonly after: DocumentRecord;
  readonly sequenceNumber: string;
}): DynamoDBRecord {
  const { before, after, sequenceNumber } = change;
  const image = (record: DocumentRecord): Image =>
    marshall(documentItem(record), { removeUndefinedValues: true }) as Image;
  return {
    eventName: before ? 'MODIFY' : 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: marshall(documentKey(after.companyId, after.documentId)) as Image,
      ...(before && { OldImage: image(before) }),
      NewImage: image(after),
      SequenceNumber: sequenceNumber,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

function documentIn(image: Image): DocumentRecord {
  const document = documentOf(unmarshall(image as Record<string, AttributeValue>));
  const { companyId, documentId, status, version } = document;
  const isDocument = [companyId, documentId, status].every((part) => typeof part === 'string');
  if (!isDocument || !Number.isInteger(version))
    throw new Error(`The item ${JSON.stringify(image['pk'])} ${JSON.stringify(image['sk'])} is no document.`);
  return document;
}

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { CompanyChange } from '../../../application/profiles/company-change.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import { companyItem, companyKey, companyOf } from './company-item.ts';

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/**
 * The change of a company that a record of the table's stream tells.
 *
 * @throws where an image is no company: no other item may reach this
 */
export function companyChangeOf({ dynamodb: { OldImage, NewImage } = {} }: DynamoDBRecord): CompanyChange {
  const requestId = NewImage?.['requestId']?.S;
  return {
    ...(OldImage && { before: companyIn(OldImage) }),
    ...(NewImage && { after: companyIn(NewImage) }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The record that a table's stream would tell a write by: the adapter in memory has no table. */
export function recordOfCompanyChange(change: {
  readonly before?: Company;
  readonly after: Company;
  readonly requestId: string;
  readonly sequenceNumber: string;
}): DynamoDBRecord {
  const { before, after, requestId, sequenceNumber } = change;
  const image = (company: Company): Image =>
    marshall(companyItem(company, { writeToken: sequenceNumber, requestId }), {
      removeUndefinedValues: true,
    }) as Image;
  return {
    eventName: before ? 'MODIFY' : 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: marshall(companyKey(after.companyId)) as Image,
      ...(before && { OldImage: image(before) }),
      NewImage: image(after),
      SequenceNumber: sequenceNumber,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

function companyIn(image: Image): Company {
  const company = companyOf(unmarshall(image as Record<string, AttributeValue>));
  if (
    typeof company.companyId !== 'string' ||
    typeof company.name !== 'string' ||
    !Number.isInteger(company.version)
  ) {
    throw new Error(`The item ${JSON.stringify(image['pk'])} is no company.`);
  }
  return company;
}

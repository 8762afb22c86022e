import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { IdentifierClaims } from '../../../application/profiles/ports/identifier-claims.ts';
import type { Company } from '../../../domain/profiles/company.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { Identifier } from '../../../domain/shared/identifier.ts';
import type { Instant } from '../../../domain/shared/time.ts';
import { fullJitter } from '../../system/full-jitter.ts';
import { writeAll, type Write } from '../write-all.ts';
import { companyKey } from './company-item.ts';
import { identifierKey, type IdentifierItem } from './identifier-item.ts';

export class DynamoDbIdentifierClaims implements IdentifierClaims {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async claim(identifier: Identifier, company: Company, claimedAt: Instant): Promise<boolean> {
    const { companyId } = company;
    const claim: IdentifierItem = { ...identifierKey(identifier, companyId), companyId, claimedAt };
    return this.#write(this.#isStill(companyId, company), {
      Put: {
        TableName: this.tableName,
        Item: { ...claim },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    });
  }

  async release(
    identifier: Identifier,
    companyId: CompanyId,
    company: Company | undefined,
  ): Promise<boolean> {
    return this.#write(this.#isStill(companyId, company), {
      Delete: {
        TableName: this.tableName,
        Key: identifierKey(identifier, companyId),
        ConditionExpression: 'companyId = :companyId',
        ExpressionAttributeValues: { ':companyId': companyId },
      },
    });
  }

  async #write(...writes: readonly Write[]): Promise<boolean> {
    return (await writeAll(this.client, writes, fullJitter)) === undefined;
  }

  #isStill(companyId: CompanyId, company: Company | undefined): Write {
    const condition =
      company === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': company.version },
          };
    return { ConditionCheck: { TableName: this.tableName, Key: companyKey(companyId), ...condition } };
  }
}

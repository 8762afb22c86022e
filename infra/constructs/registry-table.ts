import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type GlobalSecondaryIndexProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { TableAccess } from '../permissions.ts';
import type { Settings } from '../settings.ts';
import type { IndexDefinition, TableDefinition } from '../tables.ts';
import { useOfKey } from './use-of-key.ts';

export interface RegistryTableProps {
  readonly definition: TableDefinition;
  readonly capacity: Settings['capacity'];
  readonly key: Key;
}

// Where capacity is provisioned, it follows what is used between these bounds, so that a third stays free.
const LEAST_UNITS = 5;
const MOST_UNITS = 1_000;
const UTILIZATION_PERCENT = 70;

/** A service's table as `infra/tables.ts` defines it. It outlives the stack. */
export class RegistryTable extends Construct {
  readonly table: Table;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { definition, capacity, key }: RegistryTableProps) {
    super(scope, id);
    this.#key = key;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: definition.partitionKey, type: AttributeType.STRING },
      sortKey: { name: definition.sortKey, type: AttributeType.STRING },
      stream: StreamViewType[definition.stream],
      timeToLiveAttribute: definition.timeToLiveAttribute,
      billingMode: capacity === 'provisioned' ? BillingMode.PROVISIONED : BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of definition.indexes) this.table.addGlobalSecondaryIndex(indexProps(index));
    if (capacity === 'provisioned') this.#scale(definition.indexes);
  }

  get streamArn(): string {
    // Every definition has a stream.
    return this.table.tableStreamArn!;
  }

  /** Statements for a role that does so much to the table, and no more. */
  allow({ table, indexes }: TableAccess): PolicyStatement[] {
    const { tableArn } = this.table;
    const statements: PolicyStatement[] = [];
    if (table.length > 0) {
      const actions = table.map((action) => `dynamodb:${action}`);
      statements.push(new PolicyStatement({ actions, resources: [tableArn] }));
    }
    if (indexes.length > 0) {
      const resources = indexes.map((index) => `${tableArn}/index/${index}`);
      statements.push(new PolicyStatement({ actions: ['dynamodb:Query'], resources }));
    }
    if (statements.length > 0) statements.push(useOfKey(this.#key, 'dynamodb', ['kms:Decrypt']));
    return statements;
  }

  /** Statements for the role of a Lambda that an event source mapping feeds from the table's stream. */
  allowStream(): PolicyStatement[] {
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    return [
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.streamArn],
      }),
      useOfKey(this.#key, 'dynamodb', ['kms:Decrypt']),
    ];
  }

  #scale(indexes: readonly IndexDefinition[]): void {
    const bounds = { minCapacity: LEAST_UNITS, maxCapacity: MOST_UNITS };
    const target = { targetUtilizationPercent: UTILIZATION_PERCENT };
    this.table.autoScaleReadCapacity(bounds).scaleOnUtilization(target);
    this.table.autoScaleWriteCapacity(bounds).scaleOnUtilization(target);
    for (const { name } of indexes) {
      this.table.autoScaleGlobalSecondaryIndexReadCapacity(name, bounds).scaleOnUtilization(target);
      this.table.autoScaleGlobalSecondaryIndexWriteCapacity(name, bounds).scaleOnUtilization(target);
    }
  }
}

function indexProps({ name, partitionKey, sortKey, includes }: IndexDefinition): GlobalSecondaryIndexProps {
  return {
    indexName: name,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    ...(includes.length === 0
      ? { projectionType: ProjectionType.KEYS_ONLY }
      : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...includes] }),
  };
}

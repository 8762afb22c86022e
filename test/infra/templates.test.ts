import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ENTRYPOINTS } from '../../infra/bundles/entrypoints.ts';
import { STREAM_FILTERS } from '../../infra/stream-filters.ts';
import { PROFILES_TABLE, STATISTICS_TABLE, type TableDefinition } from '../../infra/tables.ts';
import { REPOSITORY } from '../architecture/repository.ts';
import {
  looseQueues,
  looseStreams,
  unnoticedAbsence,
  withoutAlarm,
  withoutPlaceForFailures,
  withoutRetention,
} from './rules/failures.ts';
import { beyondOwnStack, looselyInvoked, openEnded, sharedRoles } from './rules/permissions.ts';
import { alikeAlarms, runbooksIn, withoutRunbook } from './rules/runbooks.ts';
import { exposedStorage, withoutTls } from './rules/storage.ts';
import { synthesized, type Synthesized } from './synthesized.ts';
import { at, resourcesOf, textOf, without, withMember, type Template } from './template.ts';

const EVENTS = 'company-registry-events';
const PROFILES = 'company-registry-profiles';
const STATISTICS = 'company-registry-statistics';
const STACKS = [EVENTS, PROFILES, STATISTICS];

let usual: Synthesized;
let other: Synthesized;

beforeAll(async () => {
  const choices = {
    delivery: 'direct',
    capacity: 'provisioned',
    access: 'jwt',
    apiGatewayLogRole: 'existing',
    planted: 'bucket',
  };
  [usual, other] = (await synthesized({}, choices)) as [Synthesized, Synthesized];
});

/** Every template of both kinds of deployment, so that a rule holds for each. */
function everyTemplate(): Template[] {
  return [usual, other].flatMap(({ templates }) => STACKS.map((stack) => templates[stack]!));
}

function idOf(template: Template, type: string, begins: string): string {
  const ids = resourcesOf(template, type).map(({ id }) => id);
  // The shortest: others are of what is within.
  const [first] = ids.filter((id) => id.startsWith(begins)).sort((one, two) => one.length - two.length);
  if (first === undefined) throw new Error(`no ${type} ${begins}`);
  return first;
}

type Rule = (template: Template) => string[];
type Fault = () => [template: Template, told: RegExp];

const profiles = (): Template => usual.templates[PROFILES]!;
const statistics = (): Template => usual.templates[STATISTICS]!;

/** A resource with another property, and what is told of it. */
function changed(
  template: Template,
  [type, begins]: readonly [string, string],
  path: readonly (string | number)[],
  value: unknown,
  told: string,
): ReturnType<Fault> {
  const id = idOf(template, type, begins);
  return [withMember(template, id, ['Properties', ...path], value), exactly(told.replace('@', id))];
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*$<>[\]()]/g, '\\$&')}$`);
}

const QUEUE = ['SQS::Queue', 'EventsQueue'] as const;
const STREAM = ['Lambda::EventSourceMapping', 'Publisher'] as const;
const FUNCTION = ['Lambda::Function', 'CompanyEvents'] as const;
const ROLE = ['IAM::Role', 'CompanyEvents'] as const;
const STATEMENT = ['Policies', 0, 'PolicyDocument', 'Statement', 1];

const RULES: readonly [name: string, rule: Rule, faults: readonly Fault[]][] = [
  [
    'what fails has a place',
    withoutPlaceForFailures,
    [
      () => changed(statistics(), QUEUE, ['RedrivePolicy'], undefined, '@ has no dead letters'),
      () =>
        changed(
          statistics(),
          ['SNS::Subscription', 'Events'],
          ['RedrivePolicy'],
          undefined,
          '@ has no dead letters',
        ),
      () =>
        changed(profiles(), STREAM, ['DestinationConfig'], undefined, '@ has no destination for what fails'),
      () => {
        const direct = other.templates[STATISTICS]!;
        return [
          without(direct, idOf(direct, 'Lambda::EventInvokeConfig', 'Events')),
          /is invoked by a topic and has no destination/,
        ];
      },
    ],
  ],
  [
    'streams are taken in halves, with bounds',
    looseStreams,
    [
      () =>
        changed(
          profiles(),
          STREAM,
          ['BisectBatchOnFunctionError'],
          false,
          '@ does not halve a batch that fails',
        ),
      () => changed(profiles(), STREAM, ['FunctionResponseTypes'], [], '@ does not take partial responses'),
      () => changed(profiles(), STREAM, ['MaximumRetryAttempts'], -1, '@ has no bound for its retries'),
      () =>
        changed(profiles(), STREAM, ['MaximumBatchingWindowInSeconds'], undefined, '@ has no batch window'),
      () => changed(profiles(), STREAM, ['FilterCriteria'], undefined, '@ has no filter'),
    ],
  ],
  [
    'queues hide what is worked on for six timeouts',
    looseQueues,
    [
      () =>
        changed(
          statistics(),
          QUEUE,
          ['VisibilityTimeout'],
          179,
          '@ shows messages again after less than 6 timeouts',
        ),
      () =>
        changed(
          statistics(),
          ['Lambda::EventSourceMapping', 'EventsQueueMapping'],
          ['FunctionResponseTypes'],
          undefined,
          '@ does not take partial responses',
        ),
    ],
  ],
  [
    'what is kept has a time',
    withoutRetention,
    [
      () =>
        changed(
          statistics(),
          ['SQS::Queue', 'EventsUndelivered'],
          ['MessageRetentionPeriod'],
          345_600,
          '@ forgets',
        ),
      () => changed(statistics(), QUEUE, ['MessageRetentionPeriod'], undefined, '@ forgets'),
      () => changed(statistics(), ['Logs::LogGroup', ''], ['RetentionInDays'], undefined, '@ never forgets'),
      () =>
        changed(
          profiles(),
          ['S3::Bucket', 'Failures'],
          ['LifecycleConfiguration'],
          undefined,
          '@ never forgets',
        ),
    ],
  ],
  [
    'what fails is told',
    withoutAlarm,
    [
      ...[
        'DeadLetters',
        'Undelivered',
        'CompanyEventsErrors',
        'CompanyEventsThrottles',
        'EventsQueueAge',
      ].map((name) => (): ReturnType<Fault> => {
        const { id } = resourcesOf(statistics(), 'CloudWatch::Alarm').find((alarm) =>
          alarm.id.includes(name),
        )!;
        return [without(statistics(), id), /^no alarm: /];
      }),
      ...['IteratorAge', 'GivenUp'].map((name) => (): ReturnType<Fault> => [
        without(profiles(), idOf(profiles(), 'CloudWatch::Alarm', `Publisher${name}`)),
        /^no alarm: /,
      ]),
      () => changed(profiles(), ['CloudWatch::Alarm', ''], ['AlarmActions'], undefined, '@ tells nobody'),
    ],
  ],
  [
    'an audit that is not run is told',
    unnoticedAbsence,
    [
      ...(
        [
          [['TreatMissingData'], 'notBreaching'],
          [['Statistic'], 'Maximum'],
          [['EvaluationPeriods'], 24],
        ] as const
      ).map(([path, value]) => (): ReturnType<Fault> => {
        const [template] = changed(statistics(), ['CloudWatch::Alarm', 'NoAudit'], path, value, '');
        return [template, exactly('nothing alarms where there is no audit a day')];
      }),
      () => [
        without(statistics(), idOf(statistics(), 'CloudWatch::Alarm', 'NoAudit')),
        exactly('nothing alarms where there is no audit a day'),
      ],
    ],
  ],
  [
    'roles may do what is named, to what is named',
    openEnded,
    [
      () => changed(statistics(), ROLE, [...STATEMENT, 'Action'], 'dynamodb:*', '@ allows dynamodb:*'),
      () =>
        changed(
          statistics(),
          ROLE,
          [...STATEMENT, 'Resource'],
          '*',
          '@ allows dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on *',
        ),
      () =>
        changed(
          profiles(),
          ['S3::BucketPolicy', 'Documents'],
          ['PolicyDocument', 'Statement', 0],
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::one' },
          '@ allows s3:GetObject to everyone',
        ),
    ],
  ],
  [
    'every Lambda has a role of its own',
    sharedRoles,
    [
      () => {
        const role = { 'Fn::GetAtt': [idOf(statistics(), 'IAM::Role', 'StatisticsApi'), 'Arn'] };
        return changed(statistics(), FUNCTION, ['Role'], role, textOf(role));
      },
    ],
  ],
  [
    'a stack knows nothing of another one, nor its table',
    beyondOwnStack,
    [
      () =>
        changed(
          statistics(),
          FUNCTION,
          ['Environment', 'Variables', 'STATISTICS_TABLE'],
          { 'Fn::ImportValue': 'profiles-table' },
          'something is imported',
        ),
      () =>
        changed(
          statistics(),
          ROLE,
          [...STATEMENT, 'Resource'],
          'arn:aws:dynamodb:eu-west-1:1:table/company-profiles',
          '@ may read or write arn:aws:dynamodb:eu-west-1:1:table/company-profiles',
        ),
      () => [
        { ...profiles(), Outputs: { Planted: { Value: 1, Export: { Name: 'planted' } } } },
        exactly('Planted is exported'),
      ],
    ],
  ],
  [
    'what is stored is safe',
    exposedStorage,
    [
      () => changed(profiles(), ['DynamoDB::Table', ''], ['SSESpecification'], undefined, '@ has no key'),
      () =>
        changed(
          profiles(),
          ['DynamoDB::Table', ''],
          ['PointInTimeRecoverySpecification'],
          undefined,
          '@ has no PITR',
        ),
      () =>
        changed(
          profiles(),
          ['DynamoDB::Table', ''],
          ['DeletionProtectionEnabled'],
          false,
          '@ can be deleted',
        ),
      () =>
        changed(
          profiles(),
          ['S3::Bucket', 'Documents'],
          ['PublicAccessBlockConfiguration', 'BlockPublicAcls'],
          false,
          '@ may be public',
        ),
      () =>
        changed(
          profiles(),
          ['S3::Bucket', 'Documents'],
          ['VersioningConfiguration'],
          undefined,
          '@ is not versioned',
        ),
      () => changed(profiles(), ['S3::Bucket', 'Documents'], ['BucketEncryption'], undefined, '@ has no key'),
      () => changed(profiles(), ['KMS::Key', ''], ['EnableKeyRotation'], false, '@ is not rotated'),
      () => {
        const events = usual.templates[EVENTS]!;
        const id = idOf(events, 'SNS::Topic', 'CompanyEvents');
        return [withMember(events, id, ['DeletionPolicy'], 'Delete'), exactly(`${id} goes with its stack`)];
      },
      () => {
        const events = usual.templates[EVENTS]!;
        const id = idOf(events, 'SNS::Topic', 'CompanyEvents');
        return [
          withMember(events, id, ['DeletionPolicy'], 'Retain'),
          exactly(`${id} stays of a first deployment that failed`),
        ];
      },
    ],
  ],
  [
    'Lambdas are invoked by what is named',
    looselyInvoked,
    [
      () => {
        const jwt = other.templates[PROFILES]!;
        const source = 'arn:aws:execute-api:eu-west-1:1:*/authorizers/*';
        return changed(
          jwt,
          ['Lambda::Permission', 'Authorizer'],
          ['SourceArn'],
          source,
          `@ lets ${source} invoke`,
        );
      },
    ],
  ],
  [
    'alarms can be told apart',
    alikeAlarms,
    [
      () => {
        const [first] = resourcesOf(statistics(), 'CloudWatch::Alarm');
        const told = first?.properties['AlarmDescription'];
        return changed(
          statistics(),
          ['CloudWatch::Alarm', 'Drift'],
          ['AlarmDescription'],
          told,
          textOf(told),
        );
      },
    ],
  ],
  [
    'an alarm names the runbook that says what to do',
    withoutRunbook,
    [
      () =>
        changed(
          profiles(),
          ['CloudWatch::Alarm', 'Publisher'],
          ['AlarmDescription'],
          'Something is wrong.',
          '@ names no runbook',
        ),
      () =>
        changed(
          statistics(),
          ['CloudWatch::Alarm', 'Drift'],
          ['AlarmDescription'],
          'Something is wrong. Runbook: docs/runbooks/planted.md',
          '@ names docs/runbooks/planted.md, which is not there',
        ),
    ],
  ],
  [
    'what is sent is sent by TLS',
    withoutTls,
    (['S3::BucketPolicy', 'SQS::QueuePolicy'] as const).map((type) => (): ReturnType<Fault> => [
      without(profiles(), idOf(profiles(), type, 'Documen')),
      /takes requests without TLS$/,
    ]),
  ],
];

describe.each(RULES)('a rule of the templates: %s', (_name, rule, faults) => {
  it('holds in every template', () => {
    expect(everyTemplate().flatMap(rule)).toEqual([]);
  });

  it.each(faults.map((fault, index) => [index + 1, fault] as const))(
    'catches planted fault %i',
    (_index, fault) => {
      const [template, told] = fault();
      expect(rule(template)).toEqual([expect.stringMatching(told) as unknown as string]);
    },
  );
});

it('every runbook is of an alarm', () => {
  const named = everyTemplate().flatMap((template) => runbooksIn(template).map(([, path]) => path));
  const written = readdirSync(join(REPOSITORY, 'docs/runbooks')).map((file) => `docs/runbooks/${file}`);
  expect([...new Set(named)].sort()).toEqual(written.sort());
});

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged with a reason', () => {
    expect(usual.findings).toEqual([]);
  });

  it('finds what is planted, and nothing else', () => {
    expect(other.findings).toEqual(
      ['S1', 'S10'].map((rule) => `AwsSolutions-${rule} planted/Bucket/Resource`),
    );
  });
});

describe('the stacks', () => {
  it('come after the topics, and in no other order', () => {
    const stacksBefore = Object.entries(usual.dependencies).map(([stack, before]) => [
      stack,
      before.filter((name) => STACKS.includes(name)),
    ]);
    expect(Object.fromEntries(stacksBefore)).toEqual({
      [EVENTS]: [],
      [PROFILES]: [EVENTS],
      [STATISTICS]: [EVENTS],
    });
  });

  it('know topics by the same parameters', () => {
    const names = STACKS.map((stack) => {
      const parameters = Object.entries(usual.templates[stack]!.Parameters ?? {});
      return parameters
        .filter(([id]) => id.endsWith('TopicName'))
        .map(([id, { Default }]) => `${id} ${String(Default)}`);
    });
    const [events, observations] = [
      'CompanyEventsTopicName company-events',
      'CompanyObservationsTopicName company-observations',
    ];
    expect(names).toEqual([[events, observations], [events], [events, observations]]);
  });

  it.each([
    [EVENTS, ['CompanyEventsTopicArn', 'CompanyObservationsTopicArn']],
    [
      PROFILES,
      [
        'ApiUrl',
        'CursorSecretArn',
        'DashboardName',
        'DirectFunctionName',
        'DocumentsBucketName',
        'InvokerPolicyArn',
        'TableName',
      ],
    ],
    [
      STATISTICS,
      ['ApiUrl', 'CursorSecretArn', 'DashboardName', 'DirectFunctionName', 'InvokerPolicyArn', 'TableName'],
    ],
  ])('tell an operator what to go on with: %s', (stack, outputs) => {
    const told = Object.keys(usual.templates[stack]!.Outputs ?? {}).map((id) =>
      id.replace(/[0-9A-F]{8}$/, ''),
    );
    expect(told.toSorted()).toEqual(outputs);
  });

  it('have a Lambda for each entrypoint, by the configuration that it reads', () => {
    const files = readdirSync(join(REPOSITORY, 'src/entrypoints/lambda')).filter((name) =>
      name.endsWith('.ts'),
    );
    const deployed = everyLambda(other).map(({ entrypoint }) => entrypoint);
    expect([...new Set(deployed)].toSorted()).toEqual(files.map((name) => name.slice(0, -3)).toSorted());
    expect(deployed.filter((name) => name !== 'authorizer').toSorted()).toEqual(
      ENTRYPOINTS.filter((name) => name !== 'authorizer').toSorted(),
    );
  });

  it('serve every route of the documents of their Lambdas', () => {
    for (const [stack, entrypoints] of [
      [PROFILES, ['profiles-api', 'documents-api']],
      [STATISTICS, ['statistics-api']],
    ] as const) {
      const [api] = resourcesOf(usual.templates[stack]!, 'ApiGateway::RestApi');
      const paths = at(api?.properties, 'Body', 'paths') as Readonly<Record<string, object>>;
      const described = entrypoints.flatMap((name) => Object.entries(usual.documents[name]!.paths));
      expect(Object.keys(paths).toSorted()).toEqual(described.map(([path]) => path).toSorted());
      for (const [path, methods] of described) {
        expect(Object.keys(paths[path] ?? {})).toEqual(expect.arrayContaining(Object.keys(methods)));
      }
    }
  });

  it('change nothing else where capacity is provisioned, which scales tables and indexes', () => {
    const targets = resourcesOf(other.templates[PROFILES]!, 'ApplicationAutoScaling::ScalableTarget');
    expect(targets).toHaveLength(2 * (1 + PROFILES_TABLE.indexes.length));
    expect(resourcesOf(profiles(), 'ApplicationAutoScaling::ScalableTarget')).toEqual([]);
    expect(at(resourcesOf(profiles(), 'DynamoDB::Table')[0], 'properties', 'BillingMode')).toBe(
      'PAY_PER_REQUEST',
    );
  });

  it('put a queue between topics and Lambdas, or not', () => {
    const protocols = [usual, other].map(({ templates }) =>
      resourcesOf(templates[STATISTICS]!, 'SNS::Subscription').map(
        ({ properties }) => properties['Protocol'],
      ),
    );
    expect(protocols).toEqual([
      ['sqs', 'sqs'],
      ['lambda', 'lambda'],
    ]);
  });

  it.each([
    [PROFILES, { Publisher: 'publishedChanges', Historian: 'profileChanges' }],
    [STATISTICS, { Projector: 'statisticsChanges', MetricProjector: 'metricChanges' }],
  ] as const)('wake consumers of the stream by what concerns them: %s', (stack, filters) => {
    for (const [name, filter] of Object.entries(filters)) {
      const id = idOf(usual.templates[stack]!, 'Lambda::EventSourceMapping', name);
      const pattern = at(
        usual.templates[stack]!.Resources[id],
        'Properties',
        'FilterCriteria',
        'Filters',
        0,
        'Pattern',
      );
      expect(JSON.parse(String(pattern))).toEqual({
        dynamodb: { Keys: { sk: { S: STREAM_FILTERS[filter].map((prefix) => ({ prefix })) } } },
      });
    }
  });

  it.each<[string, TableDefinition]>([
    [PROFILES, PROFILES_TABLE],
    [STATISTICS, STATISTICS_TABLE],
  ])('make the table of %s as it is defined', (stack, definition) => {
    const [table] = resourcesOf(usual.templates[stack]!, 'DynamoDB::Table');
    expect(table?.properties).toMatchObject({
      KeySchema: keySchema(definition),
      TimeToLiveSpecification: { AttributeName: definition.timeToLiveAttribute, Enabled: true },
      StreamSpecification: { StreamViewType: definition.stream },
      GlobalSecondaryIndexes: definition.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection:
          index.includes.length === 0
            ? { ProjectionType: 'KEYS_ONLY' }
            : { ProjectionType: 'INCLUDE', NonKeyAttributes: index.includes },
      })),
    });
  });

  it.each(STACKS)('are as they were: %s', (stack) => {
    expect(inShort(usual.templates[stack]!)).toMatchSnapshot();
  });
});

function everyLambda({ templates }: Synthesized): { entrypoint: string; properties: object }[] {
  return Object.values(templates)
    .flatMap((template) => resourcesOf(template, 'Lambda::Function'))
    .map(({ properties }) => ({
      entrypoint: String(at(properties, 'Code', 'ZipFile')).replace('// ', ''),
      properties,
    }));
}

function keySchema({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }): object[] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}

/** Routes and alarms have tests of their own, and the id of a deployment is a digest of its routes. */
function inShort({ Resources, ...rest }: Template): unknown {
  const others = Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('AWS::CloudWatch::'));
  const short = { ...rest, Resources: Object.fromEntries(others) };
  const text = JSON.stringify(short, (name, value: unknown) => (name === 'Body' ? '…' : value));
  return JSON.parse(text.replaceAll(/(ApiRestApiDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1'));
}

import { at, referredBy, resourcesOf, type Named, type Template } from '../template.ts';

const DAY_S = 24 * 3600;
const LONGEST_RETENTION_S = 14 * DAY_S;

/** Sources of Lambdas and subscriptions that have no place for what failed. */
export function withoutPlaceForFailures(template: Template): string[] {
  const queues = resourcesOf(template, 'SQS::Queue');
  const sources = new Set(mappings(template).map(({ source }) => source));
  return [
    ...queues
      .filter(({ id, properties }) => sources.has(id) && !redriveTarget(properties['RedrivePolicy']))
      .map(({ id }) => `${id} has no dead letters`),
    ...resourcesOf(template, 'SNS::Subscription')
      .filter(({ properties }) => !redriveTarget(properties['RedrivePolicy']))
      .map(({ id }) => `${id} has no dead letters`),
    ...directlyInvoked(template)
      .filter((id) => !invokeConfigOf(template, id))
      .map((id) => `${id} is invoked by a topic and has no destination for what fails`),
    ...mappings(template)
      .filter(({ isStream, properties }) => isStream && !onFailure(properties))
      .map(({ id }) => `${id} has no destination for what fails`),
  ];
}

/** Mappings of streams that may hold up what is behind a record, or wake a Lambda for nothing. */
export function looseStreams(template: Template): string[] {
  return mappings(template)
    .filter(({ isStream }) => isStream)
    .flatMap(({ id, properties }) => {
      const retries = Number(properties['MaximumRetryAttempts'] ?? -1);
      const faults: (string | false)[] = [
        properties['BisectBatchOnFunctionError'] !== true && 'does not halve a batch that fails',
        !reportsFailures(properties) && 'does not take partial responses',
        (retries < 1 || retries > 100) && 'has no bound for its retries',
        properties['MaximumBatchingWindowInSeconds'] === undefined && 'has no batch window',
        at(properties, 'FilterCriteria', 'Filters', 0, 'Pattern') === undefined && 'has no filter',
      ];
      return faults.filter((fault) => fault !== false).map((fault) => `${id} ${fault}`);
    });
}

/** Queues in front of Lambdas that would send a batch again while it is still being worked on, or all of it. */
export function looseQueues(template: Template): string[] {
  return mappings(template)
    .filter(({ isStream }) => !isStream)
    .flatMap(({ id, source, consumer, properties }) => {
      const queue = template.Resources[source]?.Properties;
      const timeout = Number(template.Resources[consumer]?.Properties?.['Timeout'] ?? NaN);
      const visibility = Number(queue?.['VisibilityTimeout'] ?? NaN);
      return [
        ...(visibility >= 6 * timeout ? [] : [`${source} shows messages again after less than 6 timeouts`]),
        ...(reportsFailures(properties) ? [] : [`${id} does not take partial responses`]),
      ];
    });
}

/** Queues and logs that keep what they have for less than they can, or for ever. */
export function withoutRetention(template: Template): string[] {
  const targets = new Set(deadLetterTargets(template));
  return [
    ...resourcesOf(template, 'SQS::Queue')
      .filter(({ id, properties }) => {
        const retention = Number(properties['MessageRetentionPeriod'] ?? NaN);
        return !(targets.has(id) ? retention === LONGEST_RETENTION_S : retention > 0);
      })
      .map(({ id }) => `${id} forgets`),
    ...resourcesOf(template, 'Logs::LogGroup')
      .filter(({ properties }) => !properties['RetentionInDays'])
      .map(({ id }) => `${id} never forgets`),
    ...resourcesOf(template, 'S3::Bucket')
      .filter(({ properties }) => !at(properties, 'LifecycleConfiguration', 'Rules', 0))
      .map(({ id }) => `${id} never forgets`),
  ];
}

/** What fails without anybody being told. */
export function withoutAlarm(template: Template): string[] {
  const watched = new Set<string>();
  const unheard: string[] = [];
  for (const { id, properties } of resourcesOf(template, 'CloudWatch::Alarm')) {
    if (!at(properties, 'AlarmActions', 'Fn::If', 1, 0)) unheard.push(`${id} tells nobody`);
    const [dimension] = (properties['Dimensions'] ?? []) as { Value: unknown }[];
    watched.add(`${referredBy(dimension?.Value)} ${String(properties['MetricName'])}`);
  }
  const wanted = [
    ...deadLetterTargets(template).map((id) => `${id} ApproximateNumberOfMessagesVisible`),
    ...resourcesOf(template, 'Lambda::Function').flatMap(({ id, properties }) => [
      // An authorizer has no other way to refuse than an error; what it cannot answer is a 5xx of its API.
      ...(at(properties, 'Environment', 'Variables', 'AUTHORIZED_SERVICE') ? [] : [`${id} Errors`]),
      `${id} Throttles`,
    ]),
    ...mappings(template).flatMap(({ id, source, consumer, isStream }) =>
      isStream
        ? [`${id} OnFailureDestinationDeliveredEventCount`, `${consumer} IteratorAge`]
        : [`${source} ApproximateAgeOfOldestMessage`],
    ),
  ];
  return [
    ...unheard,
    ...wanted.filter((metric) => !watched.has(metric)).map((metric) => `no alarm: ${metric}`),
  ];
}

/** What somebody has to have run, and of which nobody would know that it does not. */
export function unnoticedAbsence(template: Template): string[] {
  const watched = resourcesOf(template, 'CloudWatch::Alarm')
    .map(({ properties }) => properties)
    .filter((properties) => at(properties, 'Dimensions', 0, 'Value') === 'audit');
  const isTold = watched.some(
    (properties) =>
      properties['TreatMissingData'] === 'breaching' &&
      properties['Statistic'] === 'SampleCount' &&
      properties['ComparisonOperator'] === 'LessThanThreshold' &&
      Number(properties['Period']) * Number(properties['EvaluationPeriods']) > DAY_S,
  );
  return watched.length > 0 && !isTold ? ['nothing alarms where there is no audit a day'] : [];
}

interface Mapping extends Named {
  readonly source: string;
  readonly consumer: string;
  readonly isStream: boolean;
}

function mappings(template: Template): Mapping[] {
  return resourcesOf(template, 'Lambda::EventSourceMapping').map(({ id, properties }) => {
    const source = referredBy(properties['EventSourceArn']) ?? '';
    const consumer = referredBy(properties['FunctionName']) ?? '';
    const isStream = template.Resources[source]?.Type === 'AWS::DynamoDB::Table';
    return { id, properties, source, consumer, isStream };
  });
}

function reportsFailures(properties: Named['properties']): boolean {
  return (properties['FunctionResponseTypes'] as string[] | undefined)?.[0] === 'ReportBatchItemFailures';
}

function onFailure(properties: Named['properties']): string | undefined {
  return referredBy(at(properties, 'DestinationConfig', 'OnFailure', 'Destination'));
}

function redriveTarget(policy: unknown): string | undefined {
  return referredBy(at(policy, 'deadLetterTargetArn'));
}

function directlyInvoked(template: Template): string[] {
  return resourcesOf(template, 'SNS::Subscription')
    .filter(({ properties }) => properties['Protocol'] === 'lambda')
    .map(({ properties }) => referredBy(properties['Endpoint']) ?? '');
}

function invokeConfigOf(template: Template, functionId: string): string | undefined {
  return resourcesOf(template, 'Lambda::EventInvokeConfig')
    .filter(({ properties }) => referredBy(properties['FunctionName']) === functionId)
    .map(({ properties }) => onFailure(properties))[0];
}

/** The queues that take what failed. */
function deadLetterTargets(template: Template): string[] {
  const redriven = [
    ...resourcesOf(template, 'SQS::Queue'),
    ...resourcesOf(template, 'SNS::Subscription'),
  ].map(({ properties }) => redriveTarget(properties['RedrivePolicy']));
  const failed = directlyInvoked(template).map((id) => invokeConfigOf(template, id));
  return [...new Set([...redriven, ...failed].filter((id) => id !== undefined))];
}

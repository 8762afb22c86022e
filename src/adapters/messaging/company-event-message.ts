/**
 * The contract of the topic `company-events`: what the profiles service says, and all that its consumers may rely on.
 * The JSON Schemas beside this file state the same for everybody else; the tests hold both to each other.
 */

export const COMPANY_EVENT_KINDS = ['registered', 'renamed', 'updated', 'removed', 'snapshot'] as const;
export type CompanyEventMessageKind = (typeof COMPANY_EVENT_KINDS)[number];
export type CompanyEventType = `company.${CompanyEventMessageKind}.v1`;

/** The facts that a consumer may replicate. */
export interface CompanyEventFacts {
  readonly name: string;
  readonly status: string;
  readonly countryCode: string;
  readonly legalForm?: string;
  readonly industry?: { readonly scheme: string; readonly code: string; readonly label: string };
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  readonly registeredOffice?: Readonly<Record<string, string>>;
  readonly website?: string;
  readonly foundedOn?: string;
  readonly description?: string;
  readonly tags: readonly string[];
}

/** A CloudEvents 1.0 JSON event (structured mode) with the extensions `sequence`, `epoch` and `requestid`. */
export interface CompanyEventMessage {
  readonly specversion: '1.0';
  /** The same for the same fact, so that a consumer can tell a duplicate. */
  readonly id: string;
  readonly source: typeof SOURCE;
  readonly type: CompanyEventType;
  /** The companyId. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** The profile's version in ten digits: within an epoch, events of a subject sort by it. */
  readonly sequence: string;
  /** Raised after a restore from backup, whose versions go back. */
  readonly epoch: number;
  readonly requestid?: string;
  readonly data: {
    readonly companyId: string;
    readonly version: number;
    /** The names of the facts that changed; of a snapshot, none. */
    readonly changed: readonly string[];
    /** What they were before; a fact that was absent is absent here too. */
    readonly previous: Partial<CompanyEventFacts>;
    readonly removed: boolean;
    readonly company: CompanyEventFacts;
  };
}

export const SOURCE = '/company-registry/profiles';

/** What goes into a message; a publisher's own event fits as it is. */
export interface CompanyFact {
  readonly kind: CompanyEventMessageKind;
  readonly companyId: string;
  readonly version: number;
  readonly occurredAt: string;
  readonly changed: readonly string[];
  readonly previous: object;
  readonly facts: object;
  readonly removed: boolean;
}

export function companyEventType(kind: CompanyEventMessageKind): CompanyEventType {
  return `company.${kind}.v1`;
}

export function companyEventMessage(
  fact: CompanyFact,
  epoch: number,
  requestId?: string,
): CompanyEventMessage {
  const type = companyEventType(fact.kind);
  const sequence = String(fact.version).padStart(10, '0');
  return {
    specversion: '1.0',
    id: `${fact.companyId}/${epoch}/${sequence}/${fact.kind}`,
    source: SOURCE,
    type,
    subject: fact.companyId,
    time: fact.occurredAt,
    datacontenttype: 'application/json',
    dataschema: `urn:company-registry:schema:${type}`,
    sequence,
    epoch,
    ...(requestId !== undefined && { requestid: requestId }),
    data: {
      companyId: fact.companyId,
      version: fact.version,
      changed: fact.changed,
      previous: fact.previous,
      removed: fact.removed,
      company: fact.facts as CompanyEventFacts,
    },
  };
}

/** A message that can never become an event, however often it comes. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/**
 * Reads a message as a tolerant consumer does: what it needs must be there and of the right type, what it does not
 * know it passes over.
 *
 * @throws MalformedMessage
 */
export function parseCompanyEventMessage(text: string): CompanyEventMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new MalformedMessage('the message is not JSON');
  }
  const event = object(message, 'the message');
  if (event['specversion'] !== '1.0') throw new MalformedMessage('specversion is not 1.0');
  const type = string(event['type'], 'type');
  if (!COMPANY_EVENT_KINDS.some((kind) => companyEventType(kind) === type)) {
    throw new MalformedMessage(`type ${type} is not known`);
  }
  string(event['id'], 'id');
  instant(event['time'], 'time');
  positive(event['epoch'], 'epoch');
  if (event['requestid'] !== undefined) string(event['requestid'], 'requestid');
  const data = object(event['data'], 'data');
  if (!UUID.test(string(data['companyId'], 'data.companyId')))
    throw new MalformedMessage('data.companyId is no UUID');
  if (data['companyId'] !== event['subject']) throw new MalformedMessage('subject is not data.companyId');
  const version = positive(data['version'], 'data.version');
  if (Number(event['sequence']) !== version) throw new MalformedMessage('sequence is not data.version');
  if (typeof data['removed'] !== 'boolean') throw new MalformedMessage('data.removed is no boolean');
  const company = object(data['company'], 'data.company');
  for (const fact of ['name', 'status', 'countryCode']) string(company[fact], `data.company.${fact}`);
  if (company['industry'] !== undefined) {
    const industry = object(company['industry'], 'data.company.industry');
    for (const part of ['scheme', 'code', 'label']) string(industry[part], `data.company.industry.${part}`);
  }
  if (!Array.isArray(company['identifiers']))
    throw new MalformedMessage('data.company.identifiers is no list');
  for (const [index, identifier] of company['identifiers'].entries()) {
    const name = `data.company.identifiers.${index}`;
    for (const part of ['scheme', 'value']) string(object(identifier, name)[part], `${name}.${part}`);
  }
  return event as unknown as CompanyEventMessage;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedMessage(`${name} is no object`);
  }
  return value as Record<string, unknown>;
}

function string(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new MalformedMessage(`${name} is no text`);
  return value;
}

function positive(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw new MalformedMessage(`${name} is no positive integer`);
  return value as number;
}

function instant(value: unknown, name: string): void {
  if (Number.isNaN(Date.parse(string(value, name)))) throw new MalformedMessage(`${name} is no instant`);
}

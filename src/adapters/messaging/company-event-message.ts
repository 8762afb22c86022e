import { cloudEvent, eventType, type CloudEvent, type Fact } from './cloud-event.ts';
import { envelopedEventIn, MalformedMessage, objectIn, textIn } from './message-parts.ts';

/**
 * The contract of the topic `company-events`: what the profiles service says, and all that its consumers may rely on.
 * The JSON Schemas beside this file state the same for everybody else; the tests hold both to each other.
 */

export const COMPANY_EVENT_KINDS = ['registered', 'renamed', 'updated', 'removed', 'snapshot'] as const;
export type CompanyEventMessageKind = (typeof COMPANY_EVENT_KINDS)[number];
type CompanyEventType = `company.${CompanyEventMessageKind}.v1`;

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

export type CompanyEventMessage = CloudEvent<
  CompanyEventType,
  {
    readonly companyId: string;
    readonly version: number;
    /** The names of the facts that changed; of a snapshot, none. */
    readonly changed: readonly string[];
    /** What they were before; a fact that was absent is absent here too. */
    readonly previous: Partial<CompanyEventFacts>;
    readonly removed: boolean;
    readonly company: CompanyEventFacts;
  }
>;

/** What goes into a message; a publisher's own event fits as it is. */
export interface CompanyFact extends Fact<CompanyEventMessageKind> {
  readonly changed: readonly string[];
  readonly previous: object;
  readonly facts: object;
  readonly removed: boolean;
}

export function companyEventMessage(
  fact: CompanyFact,
  epoch: number,
  requestId?: string,
): CompanyEventMessage {
  const { companyId, version, changed, previous, removed } = fact;
  const company = fact.facts as CompanyEventFacts;
  const data = { companyId, version, changed, previous, removed, company };
  return cloudEvent(fact, companyId, data, epoch, requestId);
}

/**
 * Reads a message as a tolerant consumer does: what it needs must be there and of the right type, what it does not
 * know it passes over.
 *
 * @throws MalformedMessage
 */
export function parseCompanyEventMessage(text: string): CompanyEventMessage {
  const { event, type, data } = envelopedEventIn(text);
  if (!COMPANY_EVENT_KINDS.some((kind) => eventType(kind) === type)) {
    throw new MalformedMessage(`type ${type} is not known`);
  }
  if (typeof data['removed'] !== 'boolean') throw new MalformedMessage('data.removed is no boolean');
  const company = objectIn(data['company'], 'data.company');
  for (const fact of ['name', 'status', 'countryCode']) textIn(company[fact], `data.company.${fact}`);
  if (company['industry'] !== undefined) {
    const industry = objectIn(company['industry'], 'data.company.industry');
    for (const part of ['scheme', 'code', 'label']) textIn(industry[part], `data.company.industry.${part}`);
  }
  if (!Array.isArray(company['identifiers']))
    throw new MalformedMessage('data.company.identifiers is no list');
  for (const [index, identifier] of company['identifiers'].entries()) {
    const name = `data.company.identifiers.${index}`;
    for (const part of ['scheme', 'value']) textIn(objectIn(identifier, name)[part], `${name}.${part}`);
  }
  return event as unknown as CompanyEventMessage;
}

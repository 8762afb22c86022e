import { describe, expect, it } from '@jest/globals';
import {
  COMPANY_EVENT_KINDS,
  companyEventMessage,
  parseCompanyEventMessage,
  type CompanyEventMessage,
} from '../../../src/adapters/messaging/company-event-message.ts';
import { DOCUMENT_EVENT_KINDS } from '../../../src/adapters/messaging/document-event-message.ts';
import { readProfileChange } from '../../../src/adapters/sns/statistics/read-profile-change.ts';
import { Unintelligible } from '../../../src/application/statistics/ports/unintelligible.ts';
import { change, register, remove, rename, type Company } from '../../../src/domain/profiles/company.ts';
import { eventOf, snapshotOf, type CompanyEvent } from '../../../src/domain/profiles/company-event.ts';
import { eventType } from '../../../src/adapters/messaging/cloud-event.ts';
import { MalformedMessage } from '../../../src/adapters/messaging/message-parts.ts';
import { readCompanyEvent } from '../../../src/adapters/sns/statistics/read-company-event.ts';
import { allFacts, companyIdAt, someFacts } from '../../support/company-mother.ts';
import { SCHEMA_FILES, validatorOf } from '../../support/event-schemas.ts';

const AT = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-02T00:00:00.000Z';
const small = register(companyIdAt(1), someFacts(), AT);
const large = register(companyIdAt(2), allFacts(), AT);

const must = (event: CompanyEvent | undefined): CompanyEvent => {
  if (event === undefined) throw new Error('no event');
  return event;
};
const after = (before: Company, next: Company): CompanyEvent => must(eventOf(before, next));

const EVENTS: CompanyEvent[] = [small, large].flatMap((company) => [
  must(eventOf(undefined, company)),
  after(company, rename(company, 'Another name', LATER)),
  after(company, change(company, { ...company, description: 'Another description' }, LATER)),
  after(company, change(company, someFacts({ name: 'Nothing but a name' }), LATER)),
  after(company, remove(company, LATER)),
  snapshotOf(company),
  snapshotOf(remove(company, LATER)),
]);

const messageOf = (event: CompanyEvent): CompanyEventMessage => companyEventMessage(event, 3, 'request-1');

describe('the contract of company events', () => {
  it('has a schema for every type, and no other', () => {
    const kinds = [...COMPANY_EVENT_KINDS, ...DOCUMENT_EVENT_KINDS];
    const files = SCHEMA_FILES.filter((file) => file.startsWith('company.'));
    expect(files).toEqual(kinds.map((kind) => `${eventType(kind)}.json`).sort());
  });

  it.each(EVENTS.map((event) => [event.kind, event] as const))(
    'the publisher keeps to it: %s',
    (_kind, event) => {
      const message = JSON.parse(JSON.stringify(messageOf(event))) as CompanyEventMessage;
      const validate = validatorOf(message.dataschema);
      expect(validate?.(message)).toBe(true);
      expect(validate?.errors).toBeNull();
    },
  );

  it('covers every type by these events', () => {
    expect(new Set(EVENTS.map(({ kind }) => kind))).toEqual(new Set(COMPANY_EVENT_KINDS));
  });

  it.each(EVENTS.map((event) => [event.kind, event] as const))(
    'the consumer understands it: %s',
    (_kind, event) => {
      const change = readProfileChange(JSON.stringify(messageOf(event)));
      expect(change).toMatchObject({
        companyId: event.companyId,
        position: { epoch: 3, version: event.version },
        facts: {
          companyName: event.facts.name,
          status: event.facts.status,
          countryCode: event.facts.countryCode,
        },
        removed: event.removed,
        changedAt: event.occurredAt,
        requestId: 'request-1',
      });
      expect(change.facts.industry).toEqual(event.facts.industry);
    },
  );

  it('gives the same fact the same id, and another fact another one', () => {
    const ids = EVENTS.map((event) => messageOf(event).id);
    expect(EVENTS.map((event) => messageOf(structuredClone(event)).id)).toEqual(ids);
    const renamed = rename(small, 'Another name', LATER);
    expect(messageOf(snapshotOf(renamed)).id).not.toBe(messageOf(after(small, renamed)).id);
    expect(companyEventMessage(snapshotOf(small), 4).id).not.toBe(
      companyEventMessage(snapshotOf(small), 3).id,
    );
  });

  it('the consumer passes over what it does not know', () => {
    const message = {
      ...messageOf(EVENTS[0]!),
      traceparent: '00-1',
      data: { ...messageOf(EVENTS[0]!).data, more: 1 },
    };
    expect(readProfileChange(JSON.stringify(message)).companyId).toBe(EVENTS[0]!.companyId);
  });

  // What the schemas demand of what the consumer needs, the consumer demands too: each of these fails both.
  const without = (path: string[], value?: unknown) => {
    const message = structuredClone(messageOf(EVENTS[1]!)) as unknown as Record<string, unknown>;
    const last = path.at(-1)!;
    const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, message);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    return message;
  };
  it.each([
    ['specversion', without(['specversion'], '0.3')],
    ['type', without(['type'], 'company.exploded.v1')],
    ['id', without(['id'])],
    ['time', without(['time'], 'yesterday')],
    ['epoch', without(['epoch'], 0)],
    ['epoch as a text', without(['epoch'], '1')],
    ['sequence', without(['sequence'], 'x')],
    ['data', without(['data'], [])],
    ['data.companyId', without(['data', 'companyId'], 'x')],
    ['data.version', without(['data', 'version'], 1.5)],
    ['data.removed', without(['data', 'removed'], 'no')],
    ['data.company', without(['data', 'company'])],
    ['data.company.name', without(['data', 'company', 'name'], '')],
    ['data.company.countryCode', without(['data', 'company', 'countryCode'], 7)],
    ['data.company.industry', without(['data', 'company', 'industry'], { scheme: 'gics' })],
  ])('the consumer refuses a message that breaks it: %s', (_what, message) => {
    expect(() => readCompanyEvent(JSON.stringify(message))).toThrow(Unintelligible);
    expect(validatorOf('urn:company-registry:schema:company.renamed.v1')?.(message)).toBe(false);
  });

  it.each(['', 'not JSON', 'null', '[]', '"text"', '{}', '{"specversion":"1.0"}'])('refuses %j', (text) => {
    expect(() => parseCompanyEventMessage(text)).toThrow(MalformedMessage);
  });
});

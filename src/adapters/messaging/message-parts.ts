/** A message that can never become an event, however often it comes. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** An event as far as all events are alike. */
export interface EnvelopedEvent {
  readonly event: Record<string, unknown>;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/**
 * The envelope of an event of a company, of whatever type.
 *
 * @throws MalformedMessage
 */
export function envelopedEventIn(text: string): EnvelopedEvent {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new MalformedMessage('the message is not JSON');
  }
  const event = objectIn(message, 'the message');
  if (event['specversion'] !== '1.0') throw new MalformedMessage('specversion is not 1.0');
  const type = textIn(event['type'], 'type');
  textIn(event['id'], 'id');
  if (Number.isNaN(Date.parse(textIn(event['time'], 'time'))))
    throw new MalformedMessage('time is no instant');
  positiveIn(event['epoch'], 'epoch');
  if (event['requestid'] !== undefined) textIn(event['requestid'], 'requestid');
  const data = objectIn(event['data'], 'data');
  uuidIn(data['companyId'], 'data.companyId');
  if (data['companyId'] !== event['subject']) throw new MalformedMessage('subject is not data.companyId');
  const version = positiveIn(data['version'], 'data.version');
  if (Number(event['sequence']) !== version) throw new MalformedMessage('sequence is not data.version');
  return { event, type, data };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws MalformedMessage */
export function uuidIn(value: unknown, name: string): string {
  const text = textIn(value, name);
  if (!UUID.test(text)) throw new MalformedMessage(`${name} is no UUID`);
  return text;
}

/** @throws MalformedMessage */
export function objectIn(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedMessage(`${name} is no object`);
  }
  return value as Record<string, unknown>;
}

/** @throws MalformedMessage */
export function textIn(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new MalformedMessage(`${name} is no text`);
  return value;
}

/** @throws MalformedMessage */
export function wholeIn(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new MalformedMessage(`${name} is no whole number`);
  return value as number;
}

function positiveIn(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw new MalformedMessage(`${name} is no positive integer`);
  return value as number;
}

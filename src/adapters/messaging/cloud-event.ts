/** A CloudEvents 1.0 JSON event (structured mode) with the extensions `sequence`, `epoch` and `requestid`. */
export interface CloudEvent<Type extends string, Data> {
  readonly specversion: '1.0';
  /** The same for the same fact, so that a consumer can tell a duplicate. */
  readonly id: string;
  readonly source: typeof SOURCE;
  readonly type: Type;
  /** The companyId. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** The version of what changed in ten digits: within an epoch, events of it sort by it. */
  readonly sequence: string;
  /** Raised after a restore from backup, whose versions go back. */
  readonly epoch: number;
  readonly requestid?: string;
  readonly data: Data;
}

export const SOURCE = '/company-registry/profiles';

/** What an event of each kind has. */
export interface Fact<Kind extends string> {
  readonly kind: Kind;
  readonly companyId: string;
  readonly version: number;
  readonly occurredAt: string;
}

export function eventType<Kind extends string>(kind: Kind): `company.${Kind}.v1` {
  return `company.${kind}.v1`;
}

/** @param about what its version is of: the company, or something of it */
export function cloudEvent<Kind extends string, Data>(
  { kind, companyId, version, occurredAt }: Fact<Kind>,
  about: string,
  data: Data,
  epoch: number,
  requestId?: string,
): CloudEvent<`company.${Kind}.v1`, Data> {
  const type = eventType(kind);
  const sequence = String(version).padStart(10, '0');
  return {
    specversion: '1.0',
    id: `${about}/${epoch}/${sequence}/${kind}`,
    source: SOURCE,
    type,
    subject: companyId,
    time: occurredAt,
    datacontenttype: 'application/json',
    dataschema: `urn:company-registry:schema:${type}`,
    sequence,
    epoch,
    ...(requestId !== undefined && { requestid: requestId }),
    data,
  };
}

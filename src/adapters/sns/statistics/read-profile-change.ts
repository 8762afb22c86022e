import { parseCompanyEventMessage } from '../../messaging/company-event-message.ts';
import { companyIdOf } from '../../../domain/shared/company-id.ts';
import type { ProfileChange } from '../../../domain/statistics/tracked-company.ts';

/**
 * What a message of a profile means to statistics.
 *
 * @throws MalformedMessage
 */
export function readProfileChange(payload: string): ProfileChange {
  const { data, time, epoch, requestid } = parseCompanyEventMessage(payload);
  const { name, status, countryCode, industry, identifiers } = data.company;
  return {
    companyId: companyIdOf(data.companyId),
    position: { epoch, version: data.version },
    facts: {
      companyName: name,
      status,
      countryCode,
      ...(industry && {
        industry: { scheme: industry.scheme, code: industry.code, label: industry.label },
      }),
      identifiers: identifiers.map(({ scheme, value }) => ({ scheme, value })),
    },
    removed: data.removed,
    changedAt: time,
    ...(requestid !== undefined && { requestId: requestid }),
  };
}

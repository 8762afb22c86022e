import { MalformedMessage, parseCompanyEventMessage } from '../../messaging/company-event-message.ts';
import { Unintelligible } from '../../../application/statistics/ports/unintelligible.ts';
import { companyIdOf } from '../../../domain/shared/company-id.ts';
import type { ProfileChange } from '../../../domain/statistics/tracked-company.ts';

/**
 * What a message of the topic `company-events` means to statistics.
 *
 * @throws Unintelligible
 */
export function readProfileChange(payload: string): ProfileChange {
  try {
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
  } catch (error) {
    if (error instanceof MalformedMessage) throw new Unintelligible(error.message);
    throw error;
  }
}

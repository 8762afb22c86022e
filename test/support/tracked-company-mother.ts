import {
  track,
  type ProfileChange,
  type TrackedCompany,
} from '../../src/domain/statistics/tracked-company.ts';
import { companyIdAt, minutesLater } from './company-mother.ts';

/** What the profiles service may say of a company at a version. */
export function aProfileChange(
  version: number,
  { epoch = 1, companyName = `Name ${version}`, ...overrides }: ChangeOverrides = {},
): ProfileChange {
  return {
    companyId: companyIdAt(1),
    position: { epoch, version },
    facts: { companyName, status: 'active', countryCode: 'US', identifiers: [] },
    removed: false,
    changedAt: minutesLater(version),
    ...overrides,
  };
}

type ChangeOverrides = { epoch?: number; companyName?: string } & Partial<Omit<ProfileChange, 'position'>>;

/** The same, 50 ms later in statistics. */
export function aTrackedCompany(version: number, overrides: ChangeOverrides = {}): TrackedCompany {
  const change = aProfileChange(version, overrides);
  return track(change, new Date(Date.parse(change.changedAt) + 50).toISOString());
}

import { ContainerModule, type Container } from 'inversify';
import { FindTrackedCompany } from '../../application/statistics/find-tracked-company.ts';
import { FollowCompany } from '../../application/statistics/follow-company.ts';
import { GetSetAside } from '../../application/statistics/get-set-aside.ts';
import { ListSetAside } from '../../application/statistics/list-set-aside.ts';
import { ReceiveCompanyEvent } from '../../application/statistics/receive-company-event.ts';
import { RedriveSetAside } from '../../application/statistics/redrive-set-aside.ts';
import { readProfileChange } from '../../adapters/sns/statistics/read-profile-change.ts';
import type { StatisticsService } from './registry.ts';
import { PORTS } from './tokens.ts';

const { clock, setAsideEvents, trackedCompanies } = PORTS;

export const statisticsUseCases = new ContainerModule(({ bind }) => {
  bind(PORTS.readProfileChange).toConstantValue(readProfileChange);
  bind(FollowCompany).toResolvedValue((...ports) => new FollowCompany(...ports), [trackedCompanies, clock]);
  bind(FindTrackedCompany).toResolvedValue(
    (...ports) => new FindTrackedCompany(...ports),
    [trackedCompanies],
  );
  bind(ReceiveCompanyEvent).toResolvedValue(
    (...ports) => new ReceiveCompanyEvent(...ports),
    [FollowCompany, setAsideEvents, PORTS.readProfileChange, clock],
  );
  bind(ListSetAside).toResolvedValue((...ports) => new ListSetAside(...ports), [setAsideEvents, clock]);
  bind(GetSetAside).toResolvedValue((...ports) => new GetSetAside(...ports), [setAsideEvents]);
  bind(RedriveSetAside).toResolvedValue(
    (...ports) => new RedriveSetAside(...ports),
    [setAsideEvents, ReceiveCompanyEvent],
  );
});

/** Resolved once, at start. */
export function statisticsService(container: Container): StatisticsService {
  return {
    findTrackedCompany: container.get(FindTrackedCompany),
    receiveCompanyEvent: container.get(ReceiveCompanyEvent),
    listSetAside: container.get(ListSetAside),
    getSetAside: container.get(GetSetAside),
    redriveSetAside: container.get(RedriveSetAside),
  };
}

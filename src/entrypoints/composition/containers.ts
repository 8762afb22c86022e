import { Container as InversifyContainer, type BindToFluentSyntax, type ServiceIdentifier } from 'inversify';
import 'reflect-metadata/lite';
import { bigJsArithmetic } from '../../adapters/system/big-js-arithmetic.ts';
import type { CompanyIds } from '../../application/profiles/ports/company-ids.ts';
import type { Backoff, Clock, Pause } from '../../domain/shared/time.ts';
import { PORTS } from './tokens.ts';

export type Bind = <Port>(
  identifier: ServiceIdentifier<Port>,
) => Pick<BindToFluentSyntax<Port>, 'toConstantValue' | 'toResolvedValue'>;

/** What is used of inversify's container: in a Lambda, infra/bundles/lambda-container.ts stands for it. */
export interface Container extends Pick<InversifyContainer, 'get'> {
  readonly bind: Bind;
}

/** Binds ports to adapters, or use cases to ports: a Lambda has those that it needs, and no others. */
export type Bindings = (bind: Bind) => void;

/** Time and chance, as the profiles service needs them. */
export interface ProfilesSystem {
  readonly clock: Clock;
  readonly companyIds: CompanyIds;
  readonly pause: Pause;
}

/** The same of the statistics service. */
export interface StatisticsSystem {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly backoff: Backoff;
}

export function bindProfilesSystem({ clock, companyIds, pause }: ProfilesSystem): Bindings {
  return (bind) => {
    bind(PORTS.clock).toConstantValue(clock);
    bind(PORTS.companyIds).toConstantValue(companyIds);
    bind(PORTS.pause).toConstantValue(pause);
  };
}

export function bindStatisticsSystem({ clock, pause, backoff }: StatisticsSystem): Bindings {
  return (bind) => {
    bind(PORTS.clock).toConstantValue(clock);
    bind(PORTS.backoff).toConstantValue(backoff);
    bind(PORTS.pause).toConstantValue(pause);
    bind(PORTS.decimals).toConstantValue(bigJsArithmetic);
  };
}

/** A container for each service: neither can reach what belongs to the other. */
export function containerOf(...bindings: readonly Bindings[]): InversifyContainer {
  const container = new InversifyContainer({ defaultScope: 'Singleton' });
  for (const bindAll of bindings) bindAll((identifier) => container.bind(identifier));
  return container;
}

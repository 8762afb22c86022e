import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  OBSERVATION_STATUSES,
  type ObservationOutcome,
  type ObservationSink,
} from '../../../application/profiles/ports/observation-sink.ts';
import type { StatedObservation } from '../../../domain/profiles/import/stated-observation.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import { Unavailable } from '../../../domain/shared/errors.ts';
import { invokeFunction, InvocationFailed } from '../invoke-function.ts';

/** As many as the operation takes at once. */
const MOST = 500;

/** What `recordObservations` of the statistics service answers, as far as it is asked for here. */
interface Answer {
  readonly result?: { readonly results: readonly Recorded[] };
  readonly error?: { readonly status: number; readonly detail: string };
}

interface Recorded {
  readonly status: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly detail: string }[];
}

/** Figures go to the statistics service by its Lambda for direct invocation: its table is its own. */
export class InvokedObservationSink implements ObservationSink {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionName: string,
  ) {}

  async record(
    companyId: CompanyId,
    observations: readonly StatedObservation[],
  ): Promise<readonly ObservationOutcome[]> {
    const outcomes: ObservationOutcome[] = [];
    for (let from = 0; from < observations.length; from += MOST)
      outcomes.push(...(await this.#record(companyId, observations.slice(from, from + MOST))));
    return outcomes;
  }

  async #record(
    companyId: CompanyId,
    observations: readonly StatedObservation[],
  ): Promise<ObservationOutcome[]> {
    const { result, error } = await this.#invoke({
      operation: 'recordObservations',
      input: { companyId, observations },
    });
    if (error?.status === 503) throw new Unavailable(`The statistics service: ${error.detail}`);
    if (result === undefined) throw new Error(`The statistics service: ${error?.detail ?? 'no answer'}`);
    return result.results.map(outcomeOf);
  }

  /** @throws Unavailable where nobody knows whether it was done: to do it again changes nothing */
  async #invoke(event: object): Promise<Answer> {
    try {
      return (await invokeFunction(this.client, this.functionName, event)) as Answer;
    } catch (error) {
      if (error instanceof InvocationFailed || isTransient(error))
        throw new Unavailable('The statistics service did not answer in time.', { cause: error });
      throw error;
    }
  }
}

function isTransient(error: unknown): boolean {
  const { $fault, $metadata } = error as {
    readonly $fault?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  return $fault === 'server' || status === 429 || ($metadata !== undefined && status === undefined);
}

function outcomeOf({ status: told, detail, errors = [] }: Recorded): ObservationOutcome {
  const status = OBSERVATION_STATUSES.find((known) => known === told);
  if (status === undefined) throw new Error(`The statistics service told an unknown status: ${told}`);
  const why = detail ?? errors.map((error) => error.detail).join('; ');
  return { status, ...(why !== '' && { detail: why }) };
}

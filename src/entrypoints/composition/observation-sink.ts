import type {
  ObservationOutcome,
  ObservationSink,
} from '../../application/profiles/ports/observation-sink.ts';
import type { RecordingResult } from '../../application/statistics/plan-recording.ts';
import type { RecordObservations } from '../../application/statistics/record-observations.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';

/** The figures of imported files go to the statistics service. */
export function observationSink(recordObservations: RecordObservations): ObservationSink {
  return {
    record: async (companyId, observations) =>
      (await recordObservations.execute(companyId, observations)).map(outcomeOf),
  };
}

function outcomeOf(result: RecordingResult): ObservationOutcome {
  if (result.status === 'invalid') {
    return { status: 'invalid', detail: new InvalidInput(result.violations).message };
  }
  if (result.status !== 'conflict') return result;
  return {
    status: 'conflict',
    detail:
      'another value was reported at the same time, or at an unknown one: a later report decides which one is right',
  };
}

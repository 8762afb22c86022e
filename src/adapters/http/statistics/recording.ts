import type { RecordingResult } from '../../../application/statistics/plan-recording.ts';
import type { RecordObservations } from '../../../application/statistics/record-observations.ts';
import type { CompanyId } from '../../../domain/shared/company-id.ts';
import type { StatedObservation } from '../../../domain/statistics/observation.ts';
import { ListOf, Text } from '../dto.ts';
import { InvalidRequest, type Fault } from '../invalid-request.ts';
import { pointerOf } from '../pointer.ts';
import { statedObservationOf } from './observation-body.ts';

/** More faults than this in one observation help nobody. */
const MOST_FAULTS = 10;

const STATUSES = [
  'recorded',
  'unchanged',
  'corrected',
  'superseded',
  'conflict',
  'invalid',
] as const satisfies RecordingResult['status'][];

class ObservationFaultDto {
  static readonly title: string = 'ObservationFault';

  @Text('A JSON pointer into the body, such as /observations/3/value.')
  pointer!: string;

  @Text('What must be otherwise.')
  detail!: string;
}

class RecordingResultDto {
  static readonly title: string = 'RecordingResult';

  @Text(
    'recorded: it is the first report of the observation. unchanged: its value is known already. corrected: it was ' +
      'reported later, and its value counts now. superseded: a value that was reported later counts; this one is kept ' +
      'beside it. conflict: another value is known, and reportedAt does not say which of them is the later one. ' +
      'invalid: nothing is kept of it.',
    { enum: STATUSES },
  )
  status!: string;

  @Text('What to do about a conflict.', { optional: true })
  detail?: string;

  @ListOf(() => ObservationFaultDto, 'What is wrong with an invalid one.', MOST_FAULTS, { optional: true })
  errors?: ObservationFaultDto[];
}

export class RecordingResultsDto {
  static readonly title: string = 'RecordingResults';

  @ListOf(() => RecordingResultDto, 'What became of each observation, in their order.', 500)
  results!: RecordingResultDto[];
}

const CONFLICT =
  'Another value is known of this observation, and reportedAt does not say which of them was reported later. Both are ' +
  'kept, and which one counts does not depend on the order in which they came. Send the right value with a reportedAt ' +
  'later than that of the other one.';

/** Records the observations that can be read. What is wrong with the others is told of them alone. @throws Unavailable */
export async function recordEach(
  recordObservations: Pick<RecordObservations, 'execute'>,
  companyId: CompanyId,
  observations: readonly unknown[],
): Promise<object[]> {
  const results: object[] = [];
  const read: { readonly index: number; readonly stated: StatedObservation }[] = [];
  for (const [index, json] of observations.entries()) {
    try {
      read.push({ index, stated: statedObservationOf(json) });
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      results[index] = invalid(index, error.faults);
    }
  }
  if (read.length === 0) return results;
  const recorded = await recordObservations.execute(
    companyId,
    read.map(({ stated }) => stated),
  );
  for (const [at, result] of recorded.entries()) {
    const { index } = read[at]!;
    results[index] = representation(index, result);
  }
  return results;
}

function representation(index: number, result: RecordingResult): object {
  if (result.status === 'conflict') return { status: result.status, detail: CONFLICT };
  if (result.status !== 'invalid') return { status: result.status };
  const faults = result.violations.map(({ path, detail }) => ({ pointer: pointerOf(path), detail }));
  return invalid(index, faults);
}

/** @param faults with pointers into the observation */
function invalid(index: number, faults: readonly Fault[]): object {
  const errors = faults.slice(0, MOST_FAULTS).map(({ pointer, detail }) => ({
    pointer: pointerOf(['observations', index]) + pointer,
    detail,
  }));
  return { status: 'invalid', errors };
}

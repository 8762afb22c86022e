import type { StatedObservation } from '../../../domain/profiles/import/stated-observation.ts';
import type { Violation } from '../../../domain/shared/errors.ts';
import type { ImportObserver } from '../import-counts.ts';
import type { RowPosition } from '../ports/company-rows.ts';
import type { RejectedRow } from '../ports/import-files.ts';
import type { ObservationOutcome } from '../ports/observation-sink.ts';

/** What some rows of an import had rejected, in memory until it is kept. */
export class Rejections implements ImportObserver {
  readonly rows: RejectedRow[] = [];
  #characters = 0;

  /** Of the rows, as they were. */
  get characters(): number {
    return this.#characters;
  }

  rejected(position: RowPosition, violations: readonly Violation[]): void {
    this.rows.push({ position, violations });
    for (const cell of position.cells) this.#characters += cell.length;
  }

  refused(
    position: RowPosition,
    { metric }: StatedObservation,
    { status, detail }: ObservationOutcome,
  ): void {
    const why = detail === undefined ? status : `${status}: ${detail}`;
    this.rejected(position, [{ path: [metric], detail: why }]);
  }
}

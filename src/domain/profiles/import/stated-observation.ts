/** A figure that a row of a file states: texts as the map makes them, which nobody has checked. */
export interface StatedObservation {
  readonly metric: string;
  readonly unit: string;
  readonly observedAt: string;
  readonly value: string;
  readonly source: string;
  readonly reportedAt?: string;
}

/** What is told of one batch: of each metric, by its name, the values. What is absent, or empty, is not told. */
export type Figures<Name extends string> = Readonly<Partial<Record<Name, readonly number[]>>>;

/** Where the system tells figures of itself. */
export interface Metrics<Name extends string> {
  emit(figures: Figures<Name>): void;
}

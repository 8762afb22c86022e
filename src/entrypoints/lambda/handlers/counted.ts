/** The values of a metric that counts: one where there is something to count, none where there is not. */
export function counted(count: number): readonly number[] {
  return count > 0 ? [count] : [];
}

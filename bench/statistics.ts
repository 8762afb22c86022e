/** Milliseconds between which a share of the samples lies: `percentile(samples, 0.99)`. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** A median, and the quarters of the samples around it. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  return { median: median(samples), lower: percentile(samples, 0.25), upper: percentile(samples, 0.75) };
}

/** In whole numbers: `45 (43–56)`. */
export function spreadText({ median, lower, upper }: Spread): string {
  return `${median.toFixed(0)} (${lower.toFixed(0)}–${upper.toFixed(0)})`;
}

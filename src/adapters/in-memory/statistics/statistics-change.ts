import type { Touched } from '../../../application/statistics/project-statistics.ts';

/** What a write changed that others project: the summary of a company, one of its series, or a metric's definition. */
export type StatisticsChange = Touched | { readonly metric: string };

/** Told of every change, as a stream of the table would tell it. */
export type OnChange = (change: StatisticsChange) => void;

/**
 * What a consumer of a table's stream is woken by: the items whose sort keys begin with one of these. What a consumer
 * writes itself begins otherwise, so that it does not wake itself.
 */
export const STREAM_FILTERS = {
  /** Companies and their documents, for the one who tells others of them. */
  publishedChanges: ['PROFILE', 'DOCUMENT#'],
  /** Companies, for the one who keeps their history. */
  profileChanges: ['PROFILE'],
  /** Tracked companies and their series, for the one who projects them. */
  statisticsChanges: ['SUMMARY'],
  /** Definitions of metrics, for the one who projects, or withdraws, what is already there. */
  metricChanges: ['METRIC'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

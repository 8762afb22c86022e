import { comparePositions } from './audited-company.ts';
import { documentDriftOf, type DocumentPair } from './document-drift.ts';
import { driftOf, isOfDocuments, isOfFigures, isOfRevisions, type Drift, type Evidence } from './drift.ts';
import type { Discrepancy } from './figures.ts';

/**
 * The drift of `now` that is no replication under way: what it concerns had been written when `first` was seen, and
 * enough time has passed since.
 *
 * The profile may have moved on meanwhile. A replica that has reached where the profile stood at first, but not where it
 * stands now, is on its way; so is the history of what was written since. A document or a figure that has changed since
 * is on its way too: it is found again only if nothing has been done about it.
 */
export function standingDrift(first: Evidence, now: Evidence): Drift[] {
  const onTheWay = isOnTheWay(first, now);
  const standing = { documents: standingPairs(first, now), discrepancies: standingDiscrepancies(first, now) };
  return driftOf({ ...now, ...standing }).filter((drift) => {
    if (drift.kind === 'revision-missing') return (drift.version ?? 0) <= (first.profile?.version ?? 0);
    return isOfRevisions(drift) || isOfDocuments(drift) || isOfFigures(drift) || !onTheWay;
  });
}

/** The discrepancies of `now` about which nothing has been done since `first` was seen. */
export function standingDiscrepancies(first: Evidence, now: Evidence): Discrepancy[] {
  const known = new Set(first.discrepancies.map(({ mark }) => mark));
  return now.discrepancies.filter(({ mark }) => known.has(mark));
}

/** The documents on which the services disagree now as they did at first: neither has got on with them since. */
function standingPairs(first: Evidence, now: Evidence): DocumentPair[] {
  const known = new Set(documentDriftOf(first.documents ?? []).map(({ mark }) => mark));
  return documentDriftOf(now.documents ?? []).flatMap(({ mark, pair }) => (known.has(mark) ? [pair] : []));
}

function isOnTheWay(first: Evidence, now: Evidence): boolean {
  if (now.profile === undefined) return false;
  // A profile that was not there at first has not had the time yet.
  if (first.profile === undefined) return now.replica === undefined;
  if (now.replica === undefined) return false;
  return comparePositions(now.replica, first.profile) >= 0 && comparePositions(now.replica, now.profile) < 0;
}

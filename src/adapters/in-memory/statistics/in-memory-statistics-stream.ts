import { recordOfStatisticsChange } from '../../dynamodb/statistics/touched-record.ts';
import { InMemoryStream } from '../in-memory-stream.ts';
import type { OnChange } from './statistics-change.ts';

const DIGITS = 12;

/** The stream of the statistics of one process, and whom the adapters tell what they change. */
export function inMemoryStatisticsStream(): { readonly stream: InMemoryStream; readonly onChange: OnChange } {
  const stream = new InMemoryStream();
  let count = 0;
  return {
    stream,
    onChange: (change) =>
      stream.append(recordOfStatisticsChange(change, String(++count).padStart(DIGITS, '0'))),
  };
}

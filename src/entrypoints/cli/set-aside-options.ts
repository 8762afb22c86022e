import { parseArgs } from 'node:util';
import type { Instant } from '../../domain/shared/time.ts';
import { sinceOption } from './since-option.ts';
import { UsageError } from './usage-error.ts';

/** Which of the events that are set aside a command is about: one, or those since a day, or the latest. */
export interface SetAsideOptions {
  readonly id: string | undefined;
  readonly since: Instant | undefined;
  readonly json: boolean;
}

/** @throws UsageError, and whatever parseArgs throws */
export function setAsideOptions(args: readonly string[]): SetAsideOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      since: { type: 'string' },
      id: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { id, since, json } = values;
  if (id !== undefined && since !== undefined) throw new UsageError('Give --id or --since, not both.');
  return { id, since: sinceOption(since), json };
}

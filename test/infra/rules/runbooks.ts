import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../architecture/repository.ts';
import { resourcesOf, textOf, type Template } from '../template.ts';

/** The runbooks that the alarms of a template name, by the alarms' logical ids. */
export function runbooksIn(template: Template): [id: string, path: string | undefined][] {
  return resourcesOf(template, 'CloudWatch::Alarm').map(({ id, properties }) => [
    id,
    / Runbook: (docs\/runbooks\/\S+)$/.exec(textOf(properties['AlarmDescription'] ?? ''))?.[1],
  ]);
}

/** Alarms that say the same as another one: whom they wake does not know which it is. */
export function alikeAlarms(template: Template): string[] {
  const told = resourcesOf(template, 'CloudWatch::Alarm').map(({ properties }) =>
    textOf(properties['AlarmDescription']),
  );
  return told.filter((text, index) => told.indexOf(text) !== index);
}

/** Alarms that leave whoever they wake alone. */
export function withoutRunbook(template: Template): string[] {
  return runbooksIn(template).flatMap(([id, path]) => {
    if (path === undefined) return [`${id} names no runbook`];
    return existsSync(join(REPOSITORY, path)) ? [] : [`${id} names ${path}, which is not there`];
  });
}

const PREFIX = 'object/';

/** An object that is set aside, by an id that no message has. */
export function objectIdOf(id: string): string {
  return `${PREFIX}${id}`;
}

/** The id that profiles knows an object by; undefined of the id of a message. */
export function idOfObject(id: string): string | undefined {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined;
}

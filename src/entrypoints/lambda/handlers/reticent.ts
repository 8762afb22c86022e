import type { Log } from '../../../adapters/system/json-log.ts';

/**
 * The handler, with nothing in what it throws but a name: the runtime logs all that an error says and has, and others'
 * errors quote what they were given. What there is to know is told by the log here.
 */
export function reticent<Given extends unknown[], Answer>(
  handler: (...given: Given) => Promise<Answer>,
  log: Log,
) {
  return async (...given: Given): Promise<Answer> => {
    try {
      return await handler(...given);
    } catch (error) {
      const { name, message } = error as Error;
      // API Gateway knows the refusal of an authorizer by its message, which is its name.
      if (message === name) throw error;
      log.error('an invocation failed', { error });
      throw Object.assign(new Error(name), { name });
    }
  };
}

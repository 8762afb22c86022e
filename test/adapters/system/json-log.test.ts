import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { jsonLog } from '../../../src/adapters/system/json-log.ts';

describe('the log', () => {
  it('is one JSON object a line, and errors keep their stacks and causes', () => {
    const stream = new PassThrough();
    const log = jsonLog(stream);
    log.info('one\nline', { requestId: 'r' });
    log.warn('two');
    log.error('three', { error: new Error('outer', { cause: new TypeError('inner') }), count: 1n });

    const lines = String(stream.read()).trimEnd().split('\n');
    const [one, two, three] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(3);
    expect(one).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'info',
      message: 'one\nline',
      requestId: 'r',
    });
    expect(two).toMatchObject({ level: 'warn', message: 'two' });
    expect(three).toMatchObject({
      level: 'error',
      error: {
        error: expect.stringContaining('Error: outer\n'),
        cause: expect.stringContaining('TypeError: inner\n'),
      },
      count: '1',
    });
  });
});

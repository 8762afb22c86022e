import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { jsonLog } from '../../../src/adapters/system/json-log.ts';
import { InvalidInput, Unavailable } from '../../../src/domain/shared/errors.ts';

describe('the log', () => {
  it('is one JSON object a line, and errors keep their names, stacks and causes', () => {
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
    const stack = expect.arrayContaining([expect.stringMatching(/^at .*json-log\.test\.ts:\d+:\d+\)?$/)]);
    expect(three).toMatchObject({
      level: 'error',
      error: { name: 'Error', stack, cause: { name: 'TypeError', stack } },
      count: '1',
    });
  });

  describe('of an error', () => {
    const lineOf = (error: unknown): Record<'error', Record<string, unknown>> => {
      const stream = new PassThrough();
      jsonLog(stream).error('failed', { error });
      return JSON.parse(String(stream.read())) as Record<'error', Record<string, unknown>>;
    };

    it('tells what it is and where it happened, and not what it says, which may quote anything', () => {
      const spoken = 'canary\n    at canary (/canary.ts:1:1)\ncanary';
      const refused = Object.assign(new Error(spoken), {
        name: 'ValidationException',
        $metadata: { httpStatusCode: 400, requestId: 'aws-1' },
        $response: { body: 'canary' },
      });
      const unreachable = Object.assign(new Error('connect canary', { cause: 'canary' }), {
        code: 'ECONNREFUSED',
        syscall: 'connect',
      });
      const told = [refused, unreachable, new Error('', { cause: refused })].map(lineOf);
      expect(JSON.stringify(told)).not.toContain('canary');
      expect(told.map(({ error }) => error)).toMatchObject([
        { name: 'ValidationException', status: 400, awsRequestId: 'aws-1' },
        { name: 'Error', code: 'ECONNREFUSED', syscall: 'connect' },
        { cause: { name: 'ValidationException' } },
      ]);
      for (const { error } of told) expect(error['stack']).not.toEqual([]);
    });

    it('tells what we say of a dependency that did not answer', () => {
      const cause = new TypeError('canary');
      expect(lineOf(new Unavailable('The database did not answer in time.', { cause })).error).toMatchObject({
        name: 'Unavailable',
        message: 'The database did not answer in time.',
        cause: { name: 'TypeError' },
      });
      expect(lineOf(InvalidInput.at(['name'], 'is not canary')).error).not.toHaveProperty('message');
    });
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/entrypoints/composition/config.ts';
import { openInvoker, openInvokerOfBoth } from '../../src/entrypoints/composition/open-invoker.ts';

describe('CURSOR_SECRET', () => {
  it.each(['x', 'x'.repeat(15)])('is refused where it is as short as %j, and not told', (CURSOR_SECRET) => {
    expect(() => readConfig({ CURSOR_SECRET })).toThrow(ConfigError);
    expect(() => readConfig({ CURSOR_SECRET })).toThrow(
      'CURSOR_SECRET is too short to be a secret; it must have at least 16 characters',
    );
  });

  it('of 16 characters is taken, and may be left out', () => {
    expect(readConfig({ CURSOR_SECRET: 'x'.repeat(16) }).cursorSecret).toBe('x'.repeat(16));
    expect(readConfig({ CURSOR_SECRET: '' }).cursorSecret).toBeUndefined();
  });
});

describe('the Lambda of one service alone', () => {
  const NAMES = ['PROFILES_FUNCTION', 'STATISTICS_FUNCTION', 'AWS_REGION'];
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it.each([
    ['PROFILES_FUNCTION', 'profiles'],
    ['STATISTICS_FUNCTION', 'statistics'],
  ] as const)(
    '%s is enough for who asks that service, and refused for who asks both',
    async (name, service) => {
      for (const each of NAMES) delete process.env[each];
      process.env[name] = 'a-lambda';
      process.env['AWS_REGION'] = 'eu-west-1';
      await (await openInvoker(service)).close();
      for (const each of ['profiles', 'statistics'] as const) {
        await expect(openInvokerOfBoth(each)).rejects.toThrow(
          'Set both of PROFILES_FUNCTION, STATISTICS_FUNCTION to use AWS, or neither of them.',
        );
      }
    },
  );

  it('is no matter where both are named', async () => {
    for (const each of NAMES) process.env[each] = 'eu-west-1';
    for (const each of ['profiles', 'statistics'] as const) {
      const invoker = await openInvokerOfBoth(each);
      expect(invoker).toHaveProperty('invoke');
      await invoker.close();
    }
  });
});

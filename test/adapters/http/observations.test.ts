import { beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '../../../src/domain/shared/errors.ts';
import { companyIdAt } from '../../support/company-mother.ts';
import { bothServices, type Answer, type BothServices } from './both-services.ts';

const COMPANY = `/v1/statistics/companies/${companyIdAt(1)}`;
const POST = `POST ${COMPANY}/observations`;
const JSON_TYPE = { 'content-type': 'application/json' };

const PRICE = {
  metric: 'price',
  unit: 'USD',
  observedAt: '2026-01-09',
  value: '259.37',
  source: 'exchange',
};

let api: BothServices;
beforeEach(() => {
  api = bothServices();
});

interface Result {
  readonly status: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

function resultsOf({ status, body }: Answer): Result[] {
  expect(status).toBe(200);
  return body['results'] as Result[];
}

async function record(...observations: unknown[]): Promise<Result[]> {
  return resultsOf(await api.send(POST, { body: { observations } }));
}

/** What becomes of an observation whose value is written so in the body. */
async function recordValue(token: string): Promise<Result> {
  const body = `{"observations":[{"metric":"m","unit":"u","observedAt":"2024","value":${token},"source":"s"}]}`;
  const [result] = resultsOf(await api.send(POST, { body, headers: JSON_TYPE }));
  return result!;
}

async function storedValues(): Promise<unknown> {
  const { body } = await api.send(`GET ${COMPANY}/series/m?unit=u`);
  return (body['points'] as { value: string }[]).map(({ value }) => value);
}

const INVALID = (pointer: string, detail: unknown = expect.any(String)) => ({
  status: 'invalid',
  errors: [{ pointer, detail }],
});

describe('what becomes of an observation', () => {
  it('is told of each, in their order', async () => {
    expect(
      await record(
        { ...PRICE, reportedAt: '2026-01-10' },
        { ...PRICE, reportedAt: '2026-01-10' },
        { ...PRICE, value: '260', reportedAt: '2026-01-11' },
        { ...PRICE, value: '258', reportedAt: '2026-01-09' },
        { ...PRICE, value: '261' },
        { ...PRICE, value: 'much' },
      ),
    ).toMatchObject(
      ['recorded', 'unchanged', 'corrected', 'superseded', 'conflict', 'invalid'].map((status) => ({
        status,
      })),
    );
  });

  it('is nothing where the same request comes again', async () => {
    expect(await record(PRICE)).toEqual([{ status: 'recorded' }]);
    expect(await record(PRICE)).toEqual([{ status: 'unchanged' }]);
    const { body } = await api.send(`GET ${COMPANY}`);
    expect(body['series']).toMatchObject([{ count: 1, sum: '259.37' }]);
  });

  it('is told with what to do about a conflict', async () => {
    await record(PRICE);
    const [result] = await record({ ...PRICE, value: '1' });
    expect(result).toEqual({ status: 'conflict', detail: expect.stringContaining('a reportedAt later') });
  });

  it('is told apart by unit, time and source, and by nothing else', async () => {
    const others = [
      { ...PRICE, unit: 'EUR' },
      { ...PRICE, observedAt: '2026-01' },
      { ...PRICE, source: 'other' },
    ];
    expect(await record(PRICE, ...others, PRICE)).toEqual(
      ['recorded', 'recorded', 'recorded', 'recorded', 'unchanged'].map((status) => ({ status })),
    );
  });

  it('is a sum that can be kept, or an invalid observation', async () => {
    const large = { ...PRICE, value: '9'.repeat(38) };
    const small = { ...PRICE, observedAt: '2026-01-10', value: '0.1' };
    expect(await record(large, small)).toEqual([
      { status: 'recorded' },
      INVALID('/observations/1/value', expect.stringContaining('sum')),
    ]);
  });

  it('is unknown where the store does not answer: the request may come again', async () => {
    const recordObservations = {
      execute: () => Promise.reject(new Unavailable('The table is out of reach.')),
    };
    const { send } = bothServices({ figures: { recordObservations } });
    const answer = await send(POST, { body: { observations: [PRICE] } });
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  });
});

describe('a bad observation', () => {
  const WRONG: [unknown, string[]][] = [
    [{ ...PRICE, metric: 'Share Price' }, ['/metric']],
    [{ ...PRICE, metric: 'a'.repeat(201) }, ['/metric']],
    [{ ...PRICE, unit: '' }, ['/unit']],
    [{ ...PRICE, unit: 'u'.repeat(51) }, ['/unit']],
    [{ ...PRICE, unit: 'a\u0000b' }, ['/unit']],
    [{ ...PRICE, observedAt: '2023-02-29' }, ['/observedAt']],
    [{ ...PRICE, observedAt: '2023-02-28T10:00:00' }, ['/observedAt']],
    [{ ...PRICE, observedAt: 'yesterday' }, ['/observedAt']],
    [{ ...PRICE, observedAt: 2024 }, ['/observedAt']],
    [{ ...PRICE, reportedAt: '' }, ['/reportedAt']],
    [{ ...PRICE, reportedAt: null }, ['/reportedAt']],
    [{ ...PRICE, source: 's'.repeat(101) }, ['/source']],
    [{ ...PRICE, source: ['exchange'] }, ['/source']],
    [{ ...PRICE, value: null }, ['/value']],
    [{ ...PRICE, value: true }, ['/value']],
    [{ ...PRICE, value: [1] }, ['/value']],
    [{ ...PRICE, value: { value: '1' } }, ['/value']],
    [{ ...PRICE, note: 'x', companyId: 'y' }, ['/note', '/companyId']],
    [{ value: '1' }, ['/metric', '/unit', '/observedAt', '/source']],
    [{ ...PRICE, metric: '', value: '' }, ['/metric', '/value']],
    [{}, ['/metric', '/unit', '/observedAt', '/value', '/source']],
    [null, ['']],
    ['price', ['']],
    [[PRICE], ['']],
    [5, ['']],
  ];

  it.each(WRONG)('is told where it is wrong, and spoils no other: %j', async (wrong, pointers) => {
    const [first, result, last] = await record(PRICE, wrong, { ...PRICE, observedAt: '2026-01-10' });
    expect([first, last]).toEqual([{ status: 'recorded' }, { status: 'recorded' }]);
    expect(result?.status).toBe('invalid');
    const told = new Set(result?.errors?.map(({ pointer }) => pointer));
    expect(told).toEqual(new Set(pointers.map((pointer) => `/observations/1${pointer}`)));
  });

  it('cannot reach the prototype of anything', async () => {
    const body = `{"observations":[{"__proto__":{"value":"1"},"metric":"m","unit":"u","observedAt":"2024","source":"s"}]}`;
    const [result] = resultsOf(await api.send(POST, { body, headers: JSON_TYPE }));
    expect(result?.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/observations/0/__proto__',
      '/observations/0/value',
    ]);
    expect({}).not.toHaveProperty('value');
  });

  it('is told of no more faults than a person reads', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`property-${index}`, 1]));
    const [result] = await record(many);
    expect(result?.errors).toHaveLength(10);
  });

  it('may be one of 500', async () => {
    const observations = Array.from({ length: 500 }, (_, index) => ({
      ...PRICE,
      observedAt: `${2500 - index}`,
      ...(index % 100 === 7 && { value: 'x' }),
    }));
    const results = await record(...observations);
    expect(results.flatMap(({ status }, index) => (status === 'invalid' ? [index] : []))).toEqual([
      7, 107, 207, 307, 407,
    ]);
    expect((await api.send(`GET ${COMPANY}`)).body['series']).toMatchObject([{ count: 495 }]);
  });
});

describe('a value', () => {
  it.each([
    ['"9007199254740993"', '9007199254740993'],
    ['"0.10000000000000000555"', '0.10000000000000000555'],
    ['"12345678901234567890123456789012345678"', '12345678901234567890123456789012345678'],
    ['"-0.00"', '0'],
    ['"+1.50"', '1.5'],
    ['"1.2E9"', '1200000000'],
    ['"1e-130"', `0.${'0'.repeat(129)}1`],
    ['"1e125"', `1${'0'.repeat(125)}`],
    ['0', '0'],
    ['-0', '0'],
    ['0.1', '0.1'],
    ['-12.50', '-12.5'],
    ['1e25', `1${'0'.repeat(25)}`],
    ['123456789012345', '123456789012345'],
    ['0.000123456789012345', '0.000123456789012345'],
    ['0.00000000000000000', '0'],
  ])('is kept exactly: %s', async (token, kept) => {
    expect(await recordValue(token)).toEqual({ status: 'recorded' });
    expect(await storedValues()).toEqual([kept]);
  });

  it.each([
    '9007199254740993',
    '0.10000000000000000555',
    '1234567890123456',
    '1000000000000000',
    '1.000000000000000',
  ])('is refused as a number of so many digits that it may have been rounded: %s', async (token) => {
    expect(await recordValue(token)).toEqual(
      INVALID('/observations/0/value', expect.stringMatching(/rounded.*as a text/)),
    );
    expect(await recordValue(`"${token}"`)).toEqual({ status: 'recorded' });
  });

  it.each([
    ['1e309', 'between'],
    ['2.5e300', 'between'],
    ['"1e309"', 'between'],
    ['"1e-131"', 'between'],
    ['"1e126"', 'between'],
    ['"NaN"', 'decimal number'],
    ['"Infinity"', 'decimal number'],
    ['"1,5"', 'decimal number'],
    ['"1 000"', 'decimal number'],
    ['"0x10"', 'decimal number'],
    ['"1e"', 'decimal number'],
    ['"."', 'decimal number'],
    ['"٣"', 'decimal number'],
    ['" 1"', 'decimal number'],
    ['""', 'decimal number'],
    [`"${'1'.repeat(39)}"`, '38'],
    [`"0.${'1'.repeat(39)}"`, '38'],
    [`"${'1'.repeat(301)}"`, '300'],
  ])('is refused where it cannot be kept: %s', async (token, detail) => {
    expect(await recordValue(token)).toEqual(
      INVALID('/observations/0/value', expect.stringContaining(detail)),
    );
  });

  it('is 0.1 a thousand times without a trace of a double', async () => {
    for (const half of [0, 1]) {
      const observations = Array.from({ length: 500 }, (_, index) => ({
        ...PRICE,
        observedAt: `${1000 + index + 500 * half}`,
        value: '0.1',
      }));
      await api.send(POST, { body: { observations } });
    }
    expect((await api.send(`GET ${COMPANY}`)).body['series']).toMatchObject([{ count: 1000, sum: '100' }]);
  });
});

describe('a body of observations', () => {
  it.each([
    ['{}', '/observations', 'is required'],
    ['[]', '', 'must be an object'],
    ['{"observations":{}}', '/observations', 'must be an array'],
    ['{"observations":null}', '/observations', 'must be an array'],
    ['{"observations":"price"}', '/observations', 'must be an array'],
    ['{"observations":[]}', '/observations', 'must have 1 to 500 entries'],
    [`{"observations":[${'5,'.repeat(500)}5]}`, '/observations', 'must have 1 to 500 entries'],
    ['{"observations":[{}],"company":"x"}', '/company', 'is an unknown property'],
    ['{"observations":[{"value":1,"value":2}]}', '/observations/0/value', 'is given twice'],
    ['{"observations":[{"value":NaN}]}', '', expect.stringContaining('is not JSON')],
    ['{"observations":[{"value":01}]}', '', expect.stringContaining('is not JSON')],
  ])('is refused as a whole: %s', async (body, pointer, detail) => {
    const answer = await api.send(POST, { body, headers: JSON_TYPE });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer, detail }] } });
    expect((await api.send(`GET ${COMPANY}`)).status).toBe(404);
  });

  it('is refused where it is larger than 1 MB, or no JSON', async () => {
    const large = { observations: [{ ...PRICE, source: 'x'.repeat(1_000_000) }] };
    expect((await api.send(POST, { body: large })).status).toBe(413);
    const text = await api.send(POST, { body: 'price', headers: { 'content-type': 'text/csv' } });
    expect(text.status).toBe(415);
  });
});

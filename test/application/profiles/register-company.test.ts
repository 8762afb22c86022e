import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  IdempotencyKeyExpired,
  IdempotencyKeyReused,
  IdentifierTaken,
} from '../../../src/domain/profiles/errors.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import { cikOf, companyIdAt, someFacts, tickerOf } from '../../support/company-mother.ts';
import { profilesUseCases, type ProfilesUseCases } from '../../support/profiles-use-cases.ts';

const context = { requestId: 'request-1' };
const request = { caller: 'caller', key: 'key', digest: 'digest' };

describe('registering a company', () => {
  let profiles: ProfilesUseCases;

  beforeEach(() => {
    profiles = profilesUseCases();
  });

  it('stores it under a new id, as of now', async () => {
    profiles.clock.set('2026-03-01T00:00:00.000Z');
    const company = await profiles.register.execute(someFacts({ name: ' Acme ' }), context);
    expect(company).toMatchObject({ name: 'Acme', version: 1, createdAt: '2026-03-01T00:00:00.000Z' });
    expect(await profiles.find.execute(company.companyId)).toEqual(company);
    const another = await profiles.register.execute(someFacts({ name: 'Acme' }), context);
    expect(another.companyId > company.companyId).toBe(true);
  });

  it('refuses what is no company, and stores nothing', async () => {
    await expect(profiles.register.execute(someFacts({ name: '' }), context)).rejects.toBeInstanceOf(
      InvalidInput,
    );
    expect(await profiles.list.execute({ by: 'nothing' }, { limit: 5 })).toEqual({ items: [] });
  });

  it('refuses an identifier of another company, and names that one', async () => {
    await profiles.register.execute(someFacts({ identifiers: [{ scheme: 'cik', value: '1' }] }), context);
    const refusal = profiles.register.execute(someFacts({ identifiers: [cikOf(1)] }), context);
    await expect(refusal).rejects.toBeInstanceOf(IdentifierTaken);
    await expect(refusal).rejects.toMatchObject({ kind: 'conflict', facts: { companyId: companyIdAt(1) } });
  });

  it('for a request seen before answers with the company as it was at first', async () => {
    const facts = someFacts({ identifiers: [cikOf(1)] });
    const first = await profiles.register.execute(facts, { ...context, request });
    profiles.clock.advance(60_000);
    await profiles.rename.execute(first.companyId, 1, 'Other', context);
    await profiles.remove.execute(first.companyId, 2, context);
    expect(await profiles.register.execute(facts, { ...context, request })).toEqual(first);
  });

  it('for a request with the key of another refuses', async () => {
    await profiles.register.execute(someFacts(), { ...context, request });
    const other = { ...request, digest: 'other' };
    await expect(
      profiles.register.execute(someFacts(), { ...context, request: other }),
    ).rejects.toBeInstanceOf(IdempotencyKeyReused);
  });

  it('for a request seen long ago refuses, rather than to register it twice', async () => {
    await profiles.register.execute(someFacts(), { ...context, request });
    profiles.clock.advance(8 * 24 * 60 * 60 * 1000);
    await expect(profiles.register.execute(someFacts(), { ...context, request })).rejects.toBeInstanceOf(
      IdempotencyKeyExpired,
    );
  });

  it('finds a company by its identifier at once, although reads are behind', async () => {
    const behind = profilesUseCases(10);
    const company = await behind.register.execute(someFacts({ identifiers: [tickerOf('A')] }), context);
    expect(await behind.lookUp.execute({ scheme: 'TICKER', value: 'a' })).toEqual({ company, others: [] });
  });
});

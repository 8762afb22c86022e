import { beforeEach, describe, expect, it } from '@jest/globals';
import { IdentifierNotFound } from '../../../src/domain/profiles/errors.ts';
import { InvalidInput } from '../../../src/domain/shared/errors.ts';
import { companyIdAt, someFacts, tickerOf } from '../../support/company-mother.ts';
import { profilesUseCases, type ProfilesUseCases } from '../../support/profiles-use-cases.ts';

const context = { requestId: 'request-1' };

describe('looking an identifier up', () => {
  let profiles: ProfilesUseCases;

  beforeEach(async () => {
    profiles = profilesUseCases();
    for (const name of ['A', 'B', 'C']) {
      await profiles.register.execute(someFacts({ name, identifiers: [tickerOf('BRK-B')] }), context);
      profiles.clock.advance(1000);
    }
  });

  it('however it is written, answers with the newest claim and the others', async () => {
    const { company, others } = await profiles.lookUp.execute({ scheme: ' Ticker', value: 'brk.b' });
    expect(company.name).toBe('C');
    expect(others).toEqual([companyIdAt(2), companyIdAt(1)]);
  });

  it('answers with the next one where the newest is removed', async () => {
    await profiles.remove.execute(companyIdAt(3), 1, context);
    const { company, others } = await profiles.lookUp.execute(tickerOf('BRK-B'));
    expect(company.name).toBe('B');
    expect(others).toEqual([companyIdAt(1)]);
  });

  it('tells that no company bears it', async () => {
    await expect(profiles.lookUp.execute(tickerOf('NONE'))).rejects.toBeInstanceOf(IdentifierNotFound);
  });

  it('refuses what is no identifier', async () => {
    const refusal = profiles.lookUp.execute({ scheme: 'lei', value: '549300B56MD0ZC402L07' });
    await expect(refusal).rejects.toBeInstanceOf(InvalidInput);
    await expect(refusal).rejects.toMatchObject({ violations: [{ path: ['value'] }] });
  });
});

import { describe, expect, it } from '@jest/globals';
import { CannotDeploy } from '../../infra/cannot-deploy.ts';
import { settingsOf } from '../../infra/settings.ts';

const USUAL = { delivery: 'queue', capacity: 'on-demand', access: 'iam', apiGatewayLogRole: 'create' };

describe('the settings of a deployment', () => {
  it('are the first choices where nothing is given', () => {
    expect(settingsOf({})).toEqual(USUAL);
  });

  it('are what is given, beside the context of others', () => {
    const ofOthers = {
      'cli-telemetry': false,
      'acknowledged-issue-numbers': [1],
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      'aws:cdk:enable-path-metadata': true,
      'availability-zones:account=1:region=eu-west-1': ['eu-west-1a'],
    };
    expect(settingsOf({ ...ofOthers, access: 'jwt' })).toEqual({ ...USUAL, access: 'jwt' });
  });

  it.each([
    ['acess', 'jwt', /^There is no setting acess; there are delivery, capacity, access, apiGatewayLogRole\./],
    ['Delivery', 'queue', /^There is no setting Delivery;/],
    ['toString', 'x', /^There is no setting toString;/],
    ['access', 'JWT', /^The setting access is "JWT"; it must be one of iam, jwt\.$/],
    ['capacity', true, /^The setting capacity is true; it must be one of on-demand, provisioned\.$/],
  ])('are not guessed: %s=%s', (name, value, told) => {
    const refused = (): unknown => settingsOf({ [name]: value });
    expect(refused).toThrow(CannotDeploy);
    expect(refused).toThrow(told);
  });
});

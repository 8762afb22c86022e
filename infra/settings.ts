/** What a deployment chooses, beside the parameters of its stacks: it decides which resources there are. */
export interface Settings {
  /** Whether topics deliver to a queue in front of their Lambda, or to the Lambda itself. */
  readonly delivery: 'queue' | 'direct';
  /** Whether tables are paid for by the request, or scale between bounds of provisioned capacity. */
  readonly capacity: 'on-demand' | 'provisioned';
  /** How callers of the REST APIs are known: by a token of an issuer that parameters name, or by a signature of AWS. */
  readonly access: 'iam' | 'jwt';
  /** Whether the events stack gives API Gateway, once an account and region, a role to write its logs with. */
  readonly apiGatewayLogRole: 'create' | 'existing';
}

const CHOICES: { readonly [Name in keyof Settings]: readonly [Settings[Name], ...Settings[Name][]] } = {
  delivery: ['queue', 'direct'],
  capacity: ['on-demand', 'provisioned'],
  access: ['iam', 'jwt'],
  apiGatewayLogRole: ['create', 'existing'],
};

/**
 * The settings of `cdk.json` and of `-c name=value`; what is not given is the first choice of each.
 *
 * @throws Error that names the setting and its choices
 */
export function settingsOf(contextOf: (name: string) => unknown): Settings {
  return {
    delivery: chosen('delivery', contextOf),
    capacity: chosen('capacity', contextOf),
    access: chosen('access', contextOf),
    apiGatewayLogRole: chosen('apiGatewayLogRole', contextOf),
  };
}

function chosen<Name extends keyof Settings>(
  name: Name,
  contextOf: (name: string) => unknown,
): Settings[Name] {
  const choices = CHOICES[name];
  const given = contextOf(name) ?? choices[0];
  const choice = choices.find((known) => known === given);
  if (choice === undefined) {
    throw new Error(
      `The setting ${name} is ${JSON.stringify(given)}; it must be one of ${choices.join(', ')}.`,
    );
  }
  return choice;
}

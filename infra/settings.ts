import { CannotDeploy } from './cannot-deploy.ts';

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

type Context = Readonly<Record<string, unknown>>;

/** Whoever else keeps context, CDK first, has signs in its names: `cli-telemetry`, `@aws-cdk/…`, `availability-zones:…`. */
const LIKE_A_SETTING = /^\w+$/;

/**
 * The settings of `cdk.json` and of `-c name=value`; what is not given is the first choice of each.
 *
 * @throws CannotDeploy that names the setting and its choices, or what is none and looks like one
 */
export function settingsOf(context: Context): Settings {
  const unknown = Object.keys(context).find(
    (name) => LIKE_A_SETTING.test(name) && !Object.hasOwn(CHOICES, name),
  );
  if (unknown !== undefined) {
    throw new CannotDeploy(
      `There is no setting ${unknown}; there are ${Object.keys(CHOICES).join(', ')}. It is in -c, cdk.json or ~/.cdk.json.`,
    );
  }
  return {
    delivery: chosen('delivery', context),
    capacity: chosen('capacity', context),
    access: chosen('access', context),
    apiGatewayLogRole: chosen('apiGatewayLogRole', context),
  };
}

function chosen<Name extends keyof Settings>(name: Name, context: Context): Settings[Name] {
  const choices = CHOICES[name];
  const given = context[name] ?? choices[0];
  const choice = choices.find((known) => known === given);
  if (choice === undefined) {
    throw new CannotDeploy(
      `The setting ${name} is ${JSON.stringify(given)}; it must be one of ${choices.join(', ')}.`,
    );
  }
  return choice;
}

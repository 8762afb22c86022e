/** A template of CloudFormation, as far as rules look into it. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** A resource by its logical id. */
export interface Named {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** @param type without `AWS::` */
export function resourcesOf({ Resources }: Template, type: string): Named[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === `AWS::${type}`)
    .map(([id, { Properties = {} }]) => ({ id, properties: Properties }));
}

/** The logical id that a value refers to, by Ref or by an attribute; undefined where it refers to nothing alone. */
export function referredBy(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0];
}

/** What stands at a path of members and positions; undefined where there is nothing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[name],
    value,
  );
}

/** Every value within a value, itself too. */
export function* within(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) yield* within(inner);
}

/** A text as CloudFormation would write it, with what it refers to in angle brackets. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { 'Fn::Join': join, 'Fn::Sub': sub } = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::Sub'?: string;
  };
  if (join) return join[1].map(textOf).join(join[0]);
  if (sub !== undefined) return sub;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute) return `<${attribute.join('.')}>`;
  return JSON.stringify(value);
}

/** A template in which one member is another: a planted fault. */
export function withMember(
  template: Template,
  id: string,
  path: readonly (string | number)[],
  value: unknown,
): Template {
  const copy = structuredClone(template) as { Resources: Record<string, Resource> };
  const last = path.at(-1);
  const holder = at(copy.Resources[id], ...path.slice(0, -1)) as Record<string | number, unknown> | undefined;
  if (last === undefined || holder === undefined) throw new Error(`no ${path.join('.')} in ${id}`);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

/** A template without a resource: a planted fault. */
export function without(template: Template, id: string): Template {
  if (!template.Resources[id]) throw new Error(`no ${id}`);
  const { [id]: _removed, ...rest } = template.Resources;
  return { ...template, Resources: rest };
}

import type { Container as InversifyContainer, ServiceIdentifier } from 'inversify';

type Make = (...ports: never[]) => unknown;

/**
 * What stands for inversify's container in a bundle: values, and what functions make of them, once. The same bindings are
 * resolved by inversify wherever they are not bundled, in every test but those of the bundles too; a cold start is shorter without.
 */
export class Container {
  readonly #made = new Map<ServiceIdentifier, unknown>();
  readonly #makers = new Map<ServiceIdentifier, () => unknown>();

  readonly bind = (identifier: ServiceIdentifier) => ({
    toConstantValue: (value: unknown): void => this.#bind(identifier, () => value),
    toResolvedValue: (make: Make, ports: readonly ServiceIdentifier[] = []): void =>
      this.#bind(identifier, () => make(...(ports.map((port) => this.get(port)) as never[]))),
  });

  /** @throws where nothing is bound */
  readonly get = ((identifier: ServiceIdentifier): unknown => {
    if (this.#made.has(identifier)) return this.#made.get(identifier);
    const make = this.#makers.get(identifier);
    if (make === undefined) throw new Error(`Nothing is bound to ${nameOf(identifier)}`);
    const made = make();
    this.#made.set(identifier, made);
    return made;
  }) as InversifyContainer['get'];

  #bind(identifier: ServiceIdentifier, make: () => unknown): void {
    if (this.#makers.has(identifier)) throw new Error(`${nameOf(identifier)} is bound twice`);
    this.#makers.set(identifier, make);
  }
}

function nameOf(identifier: ServiceIdentifier): string {
  return typeof identifier === 'function' ? identifier.name : String(identifier);
}

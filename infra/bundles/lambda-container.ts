type Make = (...ports: never[]) => unknown;

/**
 * What stands for inversify's container in a bundle: values, and what functions make of them, once. The same bindings are
 * resolved by inversify wherever they are not bundled, in every test but those of the bundles too; a cold start is shorter without.
 *
 * Identifiers are classes and symbols.
 */
export class Container {
  readonly #makers = new Map<unknown, () => unknown>();
  readonly #made = new Map<unknown, unknown>();

  bind(identifier: unknown) {
    return {
      toConstantValue: (value: unknown): void => this.#bind(identifier, () => value),
      toResolvedValue: (make: Make, ports: readonly unknown[] = []): void =>
        this.#bind(identifier, () => make(...(ports.map((port) => this.get(port)) as never[]))),
    };
  }

  /** @throws where nothing is bound */
  get(identifier: unknown): unknown {
    if (this.#made.has(identifier)) return this.#made.get(identifier);
    const make = this.#makers.get(identifier);
    if (make === undefined) throw new Error(`Nothing is bound to ${nameOf(identifier)}`);
    const made = make();
    this.#made.set(identifier, made);
    return made;
  }

  #bind(identifier: unknown, make: () => unknown): void {
    if (this.#makers.has(identifier)) throw new Error(`${nameOf(identifier)} is bound twice`);
    this.#makers.set(identifier, make);
  }
}

function nameOf(identifier: unknown): string {
  return typeof identifier === 'function' ? identifier.name : String(identifier);
}

/** The maps that ship with the registry. */
export interface ShippedMaps {
  /** The JSON of a map, by its name. */
  find(name: string): object | undefined;
  /** All names, in their order. */
  readonly names: readonly string[];
}

import { LaggingMap } from './lagging-map.ts';

/** Lists of values by key, with a replica that can be told to stay some writes behind. */
export class LaggingLists<Value> {
  readonly #values = new LaggingMap<string, Value>();
  /** By list the keys that it has, or had: the replica may still have them. */
  readonly #keys = new Map<string, Set<string>>();

  get(list: string, key: string, consistency: 'eventual' | 'strong'): Value | undefined {
    return this.#values.get(idOf(list, key), consistency);
  }

  /** In no promised order. */
  valuesOf(list: string, consistency: 'eventual' | 'strong'): Value[] {
    return [...(this.#keys.get(list) ?? [])].flatMap((key) => this.get(list, key, consistency) ?? []);
  }

  /** The values of the replica, of all lists, in no promised order. */
  replicated(): Value[] {
    return this.#values.replicated();
  }

  set(list: string, key: string, value: Value): void {
    const keys = this.#keys.get(list) ?? new Set();
    this.#keys.set(list, keys.add(key));
    this.#values.set(idOf(list, key), value);
  }

  delete(list: string, key: string): void {
    this.#values.delete(idOf(list, key));
  }

  /** From now on the replica may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#values.lag(writes);
  }

  /** Brings the replica up to date once; later writes lag as before. */
  catchUp(): void {
    this.#values.catchUp();
  }
}

function idOf(list: string, key: string): string {
  return JSON.stringify([list, key]);
}

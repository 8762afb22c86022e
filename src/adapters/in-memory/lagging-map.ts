/** A map with a replica that can be told to stay some writes behind, as the reads and indexes of a real store may be. */
export class LaggingMap<Key, Value> {
  readonly #current = new Map<Key, Value>();
  readonly #replica = new Map<Key, Value>();
  readonly #pending: (() => void)[] = [];
  #lag = 0;

  get(key: Key, consistency: 'eventual' | 'strong'): Value | undefined {
    return (consistency === 'strong' ? this.#current : this.#replica).get(key);
  }

  /** The values as they are, in no promised order. */
  current(): Value[] {
    return [...this.#current.values()];
  }

  /** The values of the replica, in no promised order. */
  replicated(): Value[] {
    return [...this.#replica.values()];
  }

  set(key: Key, value: Value): void {
    this.#write((map) => map.set(key, value));
  }

  delete(key: Key): void {
    this.#write((map) => map.delete(key));
  }

  /** From now on the replica may miss up to this many of the last writes. */
  lag(writes: number): void {
    this.#lag = writes;
    this.#replicate(writes);
  }

  /** Brings the replica up to date once; later writes lag as before. */
  catchUp(): void {
    this.#replicate(0);
  }

  #write(apply: (map: Map<Key, Value>) => void): void {
    apply(this.#current);
    this.#pending.push(() => apply(this.#replica));
    this.#replicate(this.#lag);
  }

  #replicate(missing: number): void {
    while (this.#pending.length > missing) this.#pending.shift()!();
  }
}

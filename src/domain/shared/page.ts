/** Where a list goes on: opaque to everyone but the adapter that issued it. */
export type Continuation = string;

export interface PageRequest {
  /** The most items that the page may hold. */
  readonly limit: number;
  readonly after?: Continuation;
}

/** A page may be short, even empty, and still have a `next`; without `next` the list has ended. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: Continuation;
}

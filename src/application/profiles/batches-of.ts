/** The items in batches, the last one perhaps short. Where the items end in an error, those before it come first. */
export async function* batchesOf<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  const iterator = items[Symbol.asyncIterator]();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  const next = async (): Promise<Item[]> => {
    try {
      const result = await iterator.next();
      if (!result.done) return [result.value];
    } catch (error) {
      failure = { error };
    }
    ended = true;
    return [];
  };
  try {
    while (!ended) {
      const batch: Item[] = [];
      while (!ended && batch.length < size) batch.push(...(await next()));
      if (batch.length > 0) yield batch;
    }
  } finally {
    if (!ended) await iterator.return?.();
  }
  if (failure) throw failure.error;
}

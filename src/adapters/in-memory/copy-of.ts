/** A deep copy of a JSON-like value, as a store would give it back: properties that are undefined are absent. */
export function copyOf<Value>(value: Value): Value {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);
}

/** A property's name may be as long as the body. */
const LONGEST_TOKEN = 100;

/** An RFC 6901 JSON pointer: `['identifiers', 0, 'value']` is `/identifiers/0/value`. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((token) => `/${escaped(String(token))}`).join('');
}

function escaped(token: string): string {
  const short = token.length > LONGEST_TOKEN ? `${token.slice(0, LONGEST_TOKEN)}…` : token;
  return short.replaceAll('~', '~0').replaceAll('/', '~1');
}

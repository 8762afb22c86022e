import type { Token } from 'stream-json/core/parser.js';

const LONGEST_QUOTE = 40;

/** A value stands where a record is expected. Where in the file that is, whoever reads it knows. */
export class NotARecord extends Error {
  constructor(token: Token) {
    super(`${told(token)} stands where a record is expected, an object.`);
  }
}

function told(token: Token): string {
  if (token.name === 'stringValue') return JSON.stringify(token.value.slice(0, LONGEST_QUOTE));
  return 'value' in token ? String(token.value).slice(0, LONGEST_QUOTE) : token.name;
}

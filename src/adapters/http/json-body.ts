import { parse } from 'lossless-json';
import { InvalidRequest } from './invalid-request.ts';
import { pointerOf } from './pointer.ts';

/** Levels of arrays and objects; the parser is recursive, and nothing in the interface is deeper than four. */
const DEEPEST = 32;
const LONGEST_DETAIL = 300;

/**
 * The JSON value of a body. Numbers stay what was written (LosslessNumber), since not every decimal is a double.
 *
 * @throws InvalidRequest also for what JSON leaves open: a name twice in one object, and too deep a nesting
 */
export function jsonBody(body: string, isBase64Encoded: boolean): unknown {
  const text = isBase64Encoded ? decoded(body) : body;
  // Trimming would take it for white space, and the parser's message would show nothing where it stands.
  if (text.startsWith('\uFEFF')) {
    throw InvalidRequest.at('', 'begins with a byte order mark (U+FEFF): send the JSON without it');
  }
  if (text.trim() === '') throw InvalidRequest.at('', 'is empty: a JSON object is expected');
  refuseAmbiguity(text);
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw InvalidRequest.at('', `is not JSON: ${abridged(error.message)}`);
  }
}

function decoded(body: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    throw InvalidRequest.at('', 'is not UTF-8');
  }
}

/** A message of the parser quotes the body and ends with the position. */
function abridged(message: string): string {
  if (message.length <= LONGEST_DETAIL) return message;
  return `${message.slice(0, LONGEST_DETAIL / 2)} … ${message.slice(-LONGEST_DETAIL / 2)}`;
}

/** An object with the names seen in it, or an array, and which of its values is being read. */
interface Container {
  readonly names?: Set<string>;
  at: string | number;
}

/** Reads the text without recursion. What is no JSON at all is left to the parser, which tells it better. */
function refuseAmbiguity(text: string): void {
  const open: Container[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    const container = open.at(-1);
    if (character === '"') {
      const end = endOfString(text, i);
      if (container?.names && isName(text, end))
        enter(container, container.names, nameOf(text.slice(i, end)), open);
      i = end - 1;
    } else if (character === '{' || character === '[') {
      if (open.length === DEEPEST) {
        throw InvalidRequest.at('', `is nested deeper than ${DEEPEST} levels at position ${i}`);
      }
      open.push(character === '{' ? { names: new Set(), at: '' } : { at: 0 });
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',' && typeof container?.at === 'number') {
      container.at++;
    }
  }
}

function enter(container: Container, names: Set<string>, name: string, open: readonly Container[]): void {
  container.at = name;
  if (names.has(name)) throw InvalidRequest.at(pointerOf(open.map(({ at }) => at)), 'is given twice');
  names.add(name);
}

/** The position after the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '"') return i + 1;
  }
  return text.length;
}

function isName(text: string, end: number): boolean {
  let i = end;
  while (i < text.length && ' \t\r\n'.includes(text[i]!)) i++;
  return text[i] === ':';
}

/** `"n\u0061me"` is `name` too. */
function nameOf(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

import type { Token } from 'stream-json/core/parser.js';
import { NotARecord } from './not-a-record.ts';

/**
 * Makes records of the tokens of a JSON text.
 *
 * A record's columns are its properties; those of an object inside it are joined by a dot (`address.city`), entries of a
 * list by their numbers (`names.0`). Numbers stay the text that they are in the file.
 */
export class JsonRecords {
  /** The containers around the current token, and where in each it stands. */
  readonly #containers: { readonly kind: 'object' | 'array'; key: string; index: number }[] = [];
  /** Whether the value at the top holds records, or is one; not known before its first value. */
  #topHoldsRecords: boolean | undefined;
  #record: Map<string, string> | undefined;

  constructor(private readonly everyTopObjectIsRecord: boolean) {}

  /** Whether the text may not end here. */
  get isOpen(): boolean {
    return this.#containers.length > 0;
  }

  /** Whether what comes next is kept until its record ends. */
  get isInRecord(): boolean {
    return true;
  }

  /** @returns the record that the token ends @throws NotARecord */
  take(token: Token): ReadonlyMap<string, string> | undefined {
    switch (token.name) {
      case 'keyValue':
        this.#containers.at(-1)!.key = token.value;
        break;
      case 'startObject':
        this.#open('object');
        break;
      case 'startArray':
        this.#open('array');
        break;
      case 'endObject':
      case 'endArray':
        return this.#close();
      case 'stringValue':
      case 'numberValue':
        this.#value(token, token.value);
        break;
      case 'trueValue':
      case 'falseValue':
        this.#value(token, String(token.value));
        break;
      case 'nullValue':
        this.#value(token, '');
        break;
      default:
      // Keys, texts and numbers arrive whole: their parts are not asked for.
    }
    return undefined;
  }

  #open(kind: 'object' | 'array'): void {
    this.#step();
    const depth = this.#containers.push({ kind, key: '', index: -1 });
    if (depth === 1) {
      if (kind === 'array') this.#topHoldsRecords = true;
      else this.#topHoldsRecords = this.everyTopObjectIsRecord ? false : undefined;
    } else {
      this.#topHoldsRecords ??= kind === 'object';
    }
    if (kind === 'object' && depth === this.#recordDepth) this.#record = new Map();
  }

  #close(): ReadonlyMap<string, string> | undefined {
    const endsRecord = this.#containers.length === this.#recordDepth;
    this.#containers.pop();
    const record = endsRecord ? this.#record : undefined;
    if (endsRecord) this.#record = undefined;
    return record?.size === 0 ? undefined : record;
  }

  #value(token: Token, text: string): void {
    this.#step();
    this.#topHoldsRecords ??= false;
    if (this.#record === undefined) throw new NotARecord(token);
    const path = this.#containers.slice(this.#recordDepth - 1);
    this.#record.set(path.map(({ kind, key, index }) => (kind === 'object' ? key : index)).join('.'), text);
  }

  #step(): void {
    const container = this.#containers.at(-1);
    if (container?.kind === 'array') container.index++;
  }

  get #recordDepth(): number {
    return this.#topHoldsRecords ? 2 : 1;
  }
}

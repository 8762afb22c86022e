import type { Token } from 'stream-json/core/parser.js';
import type { RecordPath } from '../../domain/profiles/import/record-path.ts';
import { LONGEST_RECORD } from './file-record.ts';
import { NotARecord } from './not-a-record.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** An object or a list that has begun, and what of it becomes columns of the records inside. */
interface Container {
  readonly kind: 'object' | 'array';
  key: string;
  index: number;
  /** How many steps of the path lead here; undefined in a record, and off the path. */
  readonly steps: number | undefined;
  readonly columns: Map<string, string>;
}

/**
 * Makes records of the tokens of a JSON text whose records are nested, such as `facts/{taxonomy}/{tag}/units/{unit}`.
 *
 * At the end of the path stands a record, or a list of them; lists on the way are entered. Columns of a record are its
 * properties, as in `JsonRecords`; then the keys that stand for names in braces, and the texts and numbers that stand before
 * it in the objects around it. The innermost one counts where several have one name.
 */
export class NestedJsonRecords {
  readonly #path: RecordPath;
  readonly #containers: Container[] = [];
  #record: Map<string, string> | undefined;
  /** How many containers are around the record, itself among them. */
  #recordDepth = 0;
  /** The characters of what is kept for the records to come. */
  #outerLength = 0;

  constructor(path: RecordPath) {
    this.#path = path;
  }

  /** Whether the text may not end here. */
  get isOpen(): boolean {
    return this.#containers.length > 0;
  }

  /** Whether what comes next is kept until its record ends. */
  get isInRecord(): boolean {
    return this.#record !== undefined;
  }

  /** @returns the record that the token ends @throws NotARecord, UnreadableFile */
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

  #open(kind: Container['kind']): void {
    const parent = this.#containers.at(-1);
    if (parent?.kind === 'array') parent.index++;
    const columns = new Map<string, string>();
    const steps = this.#record ? undefined : this.#stepsTo(parent, columns);
    const depth = this.#containers.push({ kind, key: '', index: -1, steps, columns });
    if (kind === 'array' || steps !== this.#path.length) return;
    this.#record = new Map();
    this.#recordDepth = depth;
  }

  #stepsTo(parent: Container | undefined, columns: Map<string, string>): number | undefined {
    if (parent === undefined) return 0;
    if (parent.steps === undefined || parent.kind === 'array') return parent.steps;
    const step = this.#path[parent.steps];
    if (step === undefined || ('key' in step && step.key !== parent.key)) return undefined;
    if ('column' in step) {
      columns.set(step.column, parent.key);
      this.#outerLength += step.column.length + parent.key.length;
    }
    return parent.steps + 1;
  }

  #close(): ReadonlyMap<string, string> | undefined {
    const ended = this.#containers.length === this.#recordDepth ? this.#record : undefined;
    const record = ended && ended.size > 0 ? this.#withOuter(ended) : undefined;
    if (ended) this.#record = undefined;
    for (const [name, text] of this.#containers.pop()?.columns ?? [])
      this.#outerLength -= name.length + text.length;
    return record;
  }

  #withOuter(record: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const columns = new Map(record);
    for (const container of this.#containers.toReversed()) {
      for (const [name, text] of container.columns) if (!columns.has(name)) columns.set(name, text);
    }
    return columns;
  }

  #value(token: Token, text: string): void {
    const container = this.#containers.at(-1);
    if (container?.kind === 'array') container.index++;
    if (this.#record) {
      const names = this.#containers
        .slice(this.#recordDepth - 1)
        .map(({ kind, key, index }) => (kind === 'object' ? key : index));
      this.#record.set(names.join('.'), text);
    } else if (
      container === undefined ||
      (container.kind === 'array' && container.steps === this.#path.length)
    ) {
      throw new NotARecord(token);
    } else if (container.kind === 'object' && container.steps !== undefined) {
      container.columns.set(container.key, text);
      this.#outerLength += container.key.length + text.length;
      if (this.#outerLength > LONGEST_RECORD) throw tooMuchAround();
    }
  }
}

function tooMuchAround(): UnreadableFile {
  return new UnreadableFile(
    `The objects around the records have more than ${LONGEST_RECORD} characters of texts and numbers. ` +
      'Correct "records" in the map.',
  );
}

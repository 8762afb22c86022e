import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsString,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { isLosslessNumber } from 'lossless-json';
import { decimalTextOf, MOST_DIGITS_OF_A_NUMBER } from './decimal-text.ts';
import { InvalidRequest, type Fault } from './invalid-request.ts';
import { pointerOf } from './pointer.ts';
import type { Schema } from './schema.ts';

/** A class whose decorated properties are what a JSON object may have. */
export interface DtoClass<T extends object = object> {
  new (): T;
  /** What the documentation calls it: a minified class has no name. */
  readonly title: string;
  /** Properties that clients often send back, but that only the server sets. */
  readonly serverOwned?: readonly string[];
  /** Whether an answer may have null in its place. */
  readonly nullable?: true;
}

/** What is known of one property, for the reader of bodies and for the documentation. */
export interface PropertyRule {
  readonly schema: Schema;
  readonly required: boolean;
  /** The class of the value, or of the entries of the list. */
  readonly type?: () => DtoClass;
  readonly list?: true;
  /** The entries are read one by one, so that each has its own faults. */
  readonly apart?: true;
  /** The classes of which each entry of the list is one; in answers only. */
  readonly either?: () => readonly DtoClass[];
  /** The value may come as a number, and is read as its text. */
  readonly decimal?: true;
  /** The value has some of the properties of its class. */
  readonly partial?: boolean;
}

/** Keywords of an OpenAPI schema; a property with a `default` need not be given. */
type Options = Schema & { readonly optional?: true };

type Decorator = (prototype: object, name: string) => void;

/** What class-validator is to know once it is asked: a cold start need not wait for what only faults need. */
const unregistered: (() => void)[] = [];

const rulesByPrototype = new WeakMap<object, Map<string, PropertyRule>>();

export function Text(description: string, options: Options = {}): Decorator {
  return property({ type: 'string', description }, options, {}, () => [IsString()]);
}

/** A decimal, as a text, or as a number of which no digit can have been lost. It is read as a text. */
export function DecimalText(description: string, options: Options = {}): Decorator {
  const schema: Schema = { description, oneOf: [{ type: 'string' }, { type: 'number' }] };
  const message = 'must be a decimal number, as a text such as "12.5" or as it is';
  return property(schema, options, { decimal: true }, () => [IsString({ message })]);
}

export function Whole(description: string, options: Options = {}): Decorator {
  return property({ type: 'integer', description }, options, {}, () => [IsInt()]);
}

export function Flag(description: string, options: Options = {}): Decorator {
  return property({ type: 'boolean', description }, options, {}, () => [IsBoolean()]);
}

/** @param most how many there may be; `undefined` where only the service knows */
export function Texts(description: string, most: number | undefined, options: Options = {}): Decorator {
  const bound = most === undefined ? {} : { maxItems: most };
  const schema: Schema = { type: 'array', description, items: { type: 'string' }, ...bound };
  const checks = (): PropertyDecorator[] => [
    IsArray(),
    ...(most === undefined ? [] : [ArrayMaxSize(most)]),
    IsString({ each: true }),
  ];
  return property(schema, options, {}, checks);
}

export function ObjectOf(
  type: () => DtoClass,
  description: string,
  { partial = false, ...options }: Options & { readonly partial?: boolean } = {},
): Decorator {
  return property({ description }, options, { type, partial }, () => [ValidateNested()]);
}

export function ListOf(
  type: () => DtoClass,
  description: string,
  most: number,
  options: Options = {},
): Decorator {
  const schema: Schema = { type: 'array', description, maxItems: most };
  return property(schema, options, { type, list: true }, () => [
    IsArray(),
    ArrayMaxSize(most),
    ValidateNested(),
  ]);
}

/** A list that is read as it came: each of its entries is for `dtoOf`. */
export function ListApart(
  type: () => DtoClass,
  description: string,
  { least, most }: { readonly least: number; readonly most: number },
): Decorator {
  const schema: Schema = { type: 'array', description, minItems: least, maxItems: most };
  const message = `must have ${least} to ${most} entries`;
  return property(schema, {}, { type, list: true, apart: true }, () => [
    IsArray(),
    ArrayMinSize(least, { message }),
    ArrayMaxSize(most, { message }),
  ]);
}

/** A list of an answer, the entries of which are all of one of several classes. */
export function ListOfEither(
  either: () => readonly DtoClass[],
  description: string,
  most: number,
): Decorator {
  return property({ type: 'array', description, maxItems: most }, {}, { list: true, either }, () => [
    IsArray(),
  ]);
}

/** A text, or a JSON object of any members, which are not looked into here. */
export function TextOrObject(description: string): Decorator {
  const schema: Schema = { description, oneOf: [{ type: 'string' }, { type: 'object' }] };
  const validate = (value: unknown): boolean => typeof value === 'string' || isPlainObject(value);
  const defaultMessage = (): string => 'must be a text or an object';
  return property(schema, {}, {}, () => [
    ValidateBy({ name: 'isTextOrObject', validator: { validate, defaultMessage } }),
  ]);
}

/** An object of an answer, by the names of whose members something is counted. */
export function Counts(description: string): Decorator {
  const schema: Schema = { type: 'object', description, additionalProperties: { type: 'integer' } };
  return property(schema, {}, {}, () => [IsObject()]);
}

/** An object of an answer, by the names of whose members there are texts. */
export function TextsByName(description: string): Decorator {
  const schema: Schema = { type: 'object', description, additionalProperties: { type: 'string' } };
  return property(schema, {}, {}, () => [IsObject()]);
}

/** The properties of a class, those of its parents first. */
export function rulesOf(type: DtoClass): ReadonlyMap<string, PropertyRule> {
  const known = cachedRules.get(type) ?? readRulesOf(type);
  cachedRules.set(type, known);
  return known;
}

const cachedRules = new WeakMap<DtoClass, ReadonlyMap<string, PropertyRule>>();

function readRulesOf(type: DtoClass): ReadonlyMap<string, PropertyRule> {
  const rules = new Map<string, PropertyRule>();
  for (const prototype of lineageOf(type.prototype as object)) {
    for (const [name, rule] of rulesByPrototype.get(prototype) ?? []) rules.set(name, rule);
  }
  return rules;
}

/**
 * The JSON value as an instance of the class, with the defaults of what is absent.
 *
 * @throws InvalidRequest with everything that is missing, unknown or of a wrong type
 */
export function dtoOf<T extends object>(type: DtoClass<T>, json: unknown): T {
  return read(type, json, { partial: false }) as T;
}

/** @throws InvalidRequest where a merge patch has what no such object can have; what is absent or null is not looked at */
export function checkPatchOf(type: DtoClass, json: unknown): asserts json is Record<string, unknown> {
  read(type, json, { partial: true });
}

interface Mode {
  /** Nothing need be given, and nothing gets its default. */
  readonly partial: boolean;
}

function read(type: DtoClass, json: unknown, mode: Mode): object {
  const faults: Fault[] = [];
  const dto = instantiate(type, json, [], mode, faults);
  if (dto !== undefined && faults.length === 0 && isFaultless(type, dto, mode)) return dto;
  if (dto !== undefined) {
    for (const register of unregistered.splice(0)) register();
    const errors = validateSync(dto, {
      skipMissingProperties: mode.partial,
      stopAtFirstError: true,
      forbidUnknownValues: true,
      validationError: { target: false },
    });
    collect(errors, [], faults);
  }
  if (dto === undefined || faults.length > 0) throw new InvalidRequest(firstOfEach(faults));
  return dto;
}

/** Whether it is plain to see that the validator, which takes its time, would find nothing. */
function isFaultless(type: DtoClass, dto: object, mode: Mode): boolean {
  const values = dto as Readonly<Record<string, unknown>>;
  for (const [name, rule] of rulesOf(type)) {
    const value = values[name];
    if (mode.partial && (value === undefined || value === null)) continue;
    if (value === undefined ? rule.required : !isPlainlyValid(rule, value, mode)) return false;
  }
  return true;
}

function isPlainlyValid(
  { schema, type, list, apart, either, decimal }: PropertyRule,
  value: unknown,
  mode: Mode,
): boolean {
  if (either) return false;
  if (list) {
    if (!isListOf(schema, value)) return false;
    return (
      apart === true ||
      type === undefined ||
      value.every((entry) => isFaultless(type(), entry as object, mode))
    );
  }
  if (type) return isFaultless(type(), value as object, mode);
  if (decimal) return typeof value === 'string';
  if (schema.type === 'integer') return Number.isInteger(value);
  if (schema.type === 'array')
    return isListOf(schema, value) && value.every((text) => typeof text === 'string');
  return (schema.type === 'string' || schema.type === 'boolean') && typeof value === schema.type;
}

function isListOf(
  { minItems = 0, maxItems = Infinity }: Schema,
  value: unknown,
): value is readonly unknown[] {
  return Array.isArray(value) && value.length >= minItems && value.length <= maxItems;
}

type Path = readonly (string | number)[];

/** Takes over what the class knows, so that nothing else, such as `__proto__`, is ever assigned. */
function instantiate(
  type: DtoClass,
  json: unknown,
  path: Path,
  mode: Mode,
  faults: Fault[],
): Record<string, unknown> | undefined {
  if (!isPlainObject(json)) {
    faults.push({ pointer: pointerOf(path), detail: 'must be an object' });
    return undefined;
  }
  const rules = rulesOf(type);
  const dto = Object.create(type.prototype as object) as Record<string, unknown>;
  for (const [name, value] of Object.entries(json)) {
    const rule = rules.get(name);
    if (rule === undefined) {
      const owned = type.serverOwned?.includes(name);
      const detail = owned ? 'is set by the server and cannot be given' : 'is an unknown property';
      faults.push({ pointer: pointerOf([...path, name]), detail });
    } else {
      dto[name] = instantiateProperty(rule, value, [...path, name], mode, faults);
    }
  }
  if (!mode.partial) {
    for (const [name, { schema }] of rules) {
      if (schema.default !== undefined && !Object.hasOwn(json, name))
        dto[name] = structuredClone(schema.default);
    }
  }
  return dto;
}

function instantiateProperty(
  rule: PropertyRule,
  json: unknown,
  path: Path,
  mode: Mode,
  faults: Fault[],
): unknown {
  if (rule.decimal) return instantiateDecimal(json, path, faults);
  if (rule.schema.type === 'integer' && isLosslessNumber(json)) return Number(json.value);
  if (rule.type === undefined || rule.apart || (json === null && mode.partial)) return json;
  const type = rule.type();
  if (!rule.list) return instantiate(type, json, path, mode, faults);
  // A list that is none is told by its validator.
  return Array.isArray(json)
    ? json.map((entry, index) => instantiate(type, entry, [...path, index], mode, faults))
    : json;
}

function instantiateDecimal(json: unknown, path: Path, faults: Fault[]): unknown {
  const text = decimalTextOf(json);
  if (text === undefined) {
    const detail =
      `has more than ${MOST_DIGITS_OF_A_NUMBER} digits as a number, which cannot be told from a rounded one: ` +
      'send it as a text, in quotes';
    faults.push({ pointer: pointerOf(path), detail });
  }
  return text;
}

function collect(errors: readonly ValidationError[], path: Path, faults: Fault[]): void {
  for (const { property: name, value, constraints, children = [] } of errors) {
    const here = [...path, name];
    const [constraint, message] = Object.entries(constraints ?? {})[0] ?? [];
    if (message === undefined) {
      collect(children, here, faults);
    } else if (constraint === 'isString' && message.startsWith('each ') && Array.isArray(value)) {
      const wrong = [...value.keys()].filter((index) => typeof value[index] !== 'string');
      for (const index of wrong)
        faults.push({ pointer: pointerOf([...here, index]), detail: 'must be a string' });
    } else {
      const detail = value === undefined ? 'is required' : message.replace(`${name} `, '');
      faults.push({ pointer: pointerOf(here), detail });
    }
  }
}

function firstOfEach(faults: readonly Fault[]): Fault[] {
  const byPointer = new Map<string, Fault>();
  for (const fault of faults) if (!byPointer.has(fault.pointer)) byPointer.set(fault.pointer, fault);
  return [...byPointer.values()];
}

function property(
  base: Schema,
  options: Options,
  nested: Partial<PropertyRule>,
  checks: () => readonly PropertyDecorator[],
): Decorator {
  const { optional, ...keywords } = options;
  return (prototype, name) => {
    const required = optional === undefined && keywords.default === undefined;
    const rules = rulesByPrototype.get(prototype) ?? new Map<string, PropertyRule>();
    rulesByPrototype.set(
      prototype,
      rules.set(name, { schema: { ...base, ...keywords }, required, ...nested }),
    );
    unregistered.push(() => {
      if (optional) ValidateIf((_dto, value) => value !== undefined)(prototype, name);
      for (const check of checks()) check(prototype, name);
    });
  };
}

function lineageOf(prototype: object): object[] {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  return parent === null ? [] : [...lineageOf(parent), prototype];
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

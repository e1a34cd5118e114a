import type { JsonSchema, Position, SchemaObject } from '../model/description.ts';
import { asArray, isRecord, isSchema, maximumReferences, referenceName } from '../model/schema.ts';
import { isStructural } from '../model/structural.ts';
import { definitionOf, dereferenced, type Located, within } from './located.ts';

/** What a schema says, with references followed and `allOf` taken together, so that two ways to write it look the same. */
export interface SchemaView {
  readonly at: Position;
  /** JSON's types, `integer` apart from `number`; `undefined`: any. */
  readonly types: ReadonlySet<string> | undefined;
  /** Each as JSON; `undefined`: any. */
  readonly values: ReadonlySet<string> | undefined;
  readonly properties: ReadonlyMap<string, Located>;
  readonly required: ReadonlySet<string>;
  /** What is true of properties that are not declared; `false`: there are none. */
  readonly additional: Located | false | undefined;
  readonly items: Located | undefined;
  /** Of `oneOf` and `anyOf`, without `null`, which is among the types. Fewer than two are no alternatives. */
  readonly alternatives: readonly Located[];
  /** `minimum`, `maxLength`, `uniqueItems`, … */
  readonly limits: ReadonlyMap<string, unknown>;
  readonly pattern: string | undefined;
  readonly format: string | undefined;
  /** As JSON. */
  readonly fallback: string | undefined;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  /** All other rules, each as JSON. */
  readonly others: ReadonlyMap<string, string>;
}

/** Looks at a schema. Costs the size of its top level, not of the tree below. */
export function viewOf(located: Located): SchemaView {
  const target = dereferenced(located);
  const gathered: Gathered = {
    types: undefined,
    values: undefined,
    properties: new Map(),
    required: new Set(),
    additional: undefined,
    items: undefined,
    alternatives: [],
    isNullable: false,
    limits: new Map(),
    pattern: undefined,
    format: undefined,
    fallback: undefined,
    readOnly: false,
    writeOnly: false,
    others: new Map(),
    steps: 0,
  };
  gather(target, gathered);
  const { isNullable, steps: _, types, values, ...rest } = gathered;
  return {
    at: target.at,
    ...rest,
    types: withNull(types ?? impliedTypes(gathered), isNullable),
    values: values && isNullable ? new Set([...values, 'null']) : values,
  };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Gathered extends Mutable<Omit<SchemaView, 'at'>> {
  readonly properties: Map<string, Located>;
  readonly required: Set<string>;
  readonly limits: Map<string, unknown>;
  readonly others: Map<string, string>;
  isNullable: boolean;
  steps: number;
}

function gather(located: Located, into: Gathered): void {
  const { schema } = located;
  if (++into.steps > maximumReferences) return;
  if (schema === false) into.types = new Set();
  if (!isRecord(schema)) return;
  const name = referenceName(schema);
  if (name !== undefined) gather(dereferenced(definitionOf(name, located)), into);
  for (const [index, member] of asArray(schema.allOf).entries()) {
    if (isSchema(member)) gather(dereferenced(within(located, member, ['allOf', String(index)], '')), into);
  }
  gatherValues(schema, into);
  gatherMembers(located, schema, into);
  gatherUnion(located, schema, into);
  for (const [keyword, value] of Object.entries(schema)) {
    if (limits.has(keyword)) into.limits.set(keyword, strictest(keyword, into.limits.get(keyword), value));
    else if (!known.has(keyword) && isRule(keyword)) into.others.set(keyword, canonical(value));
  }
}

/** RAML's annotations are words, as `x-…` keys are. */
function isRule(keyword: string): boolean {
  return isStructural(keyword) && !keyword.startsWith('(');
}

function gatherValues(schema: SchemaObject, into: Gathered): void {
  const types = asArray(schema.type).filter((type) => typeof type === 'string');
  if (types.length > 0) into.types = into.types ? intersection(into.types, types) : new Set(types);
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined;
  if (values) {
    const texts = values.map((value: unknown) => canonical(value));
    into.values = into.values ? intersection(into.values, texts) : new Set(texts);
  }
  if (typeof schema.pattern === 'string') into.pattern = schema.pattern;
  if (typeof schema.format === 'string') into.format = schema.format;
  if ('default' in schema) into.fallback = canonical(schema.default);
  into.readOnly ||= schema.readOnly === true;
  into.writeOnly ||= schema.writeOnly === true;
}

function gatherMembers(located: Located, schema: SchemaObject, into: Gathered): void {
  if (isRecord(schema.properties)) {
    for (const [name, member] of Object.entries(schema.properties)) {
      if (isSchema(member)) into.properties.set(name, within(located, member, ['properties', name], `.${name}`));
    }
  }
  for (const name of asArray(schema.required)) if (typeof name === 'string') into.required.add(name);
  const additional = schema.additionalProperties ?? schema.unevaluatedProperties;
  if (additional === false) into.additional = false;
  else if (isRecord(additional) && Object.keys(additional).some(isStructural) && into.additional !== false) {
    into.additional = within(located, additional, ['additionalProperties'], '.*');
  } else if (isRecord(additional) && referenceName(additional) !== undefined && into.additional !== false) {
    into.additional = within(located, additional, ['additionalProperties'], '.*');
  }
  if (isSchema(schema.items)) into.items = within(located, schema.items, ['items'], '[]');
}

/** `null` is set aside; a union of one is no union. */
function gatherUnion(located: Located, schema: SchemaObject, into: Gathered): void {
  for (const keyword of ['oneOf', 'anyOf']) {
    const members = asArray(schema[keyword]).flatMap((member, index) =>
      isSchema(member) ? [within(located, member, [keyword, String(index)], '')] : [],
    );
    const real = members.filter((member) => !isNull(dereferenced(member).schema));
    if (real.length < members.length) into.isNullable = true;
    const [only] = real;
    if (real.length === 1 && only) gather(dereferenced(only), into);
    else if (real.length > 1) into.alternatives = [...into.alternatives, ...real];
  }
}

function isNull(schema: JsonSchema): boolean {
  return isRecord(schema) && (schema.type === 'null' || schema.const === null);
}

function withNull(types: ReadonlySet<string> | undefined, isNullable: boolean): ReadonlySet<string> | undefined {
  return types && isNullable ? new Set([...types, 'null']) : types;
}

/** Who declares properties means an object, who declares items an array, and values have types. */
function impliedTypes({ properties, items, values }: Gathered): ReadonlySet<string> | undefined {
  if (properties.size > 0) return new Set(['object']);
  if (items) return new Set(['array']);
  if (!values) return undefined;
  return new Set([...values].map((text) => typeOf(JSON.parse(text))));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

export const lowerLimits: ReadonlySet<string> = new Set([
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
]);
const upperLimits: ReadonlySet<string> = new Set([
  'maximum',
  'exclusiveMaximum',
  'maxLength',
  'maxItems',
  'maxProperties',
]);
const limits: ReadonlySet<string> = new Set([...lowerLimits, ...upperLimits, 'multipleOf', 'uniqueItems']);

function strictest(keyword: string, before: unknown, value: unknown): unknown {
  if (typeof before !== 'number' || typeof value !== 'number') return value;
  if (lowerLimits.has(keyword)) return Math.max(before, value);
  return upperLimits.has(keyword) ? Math.min(before, value) : value;
}

/** What the view tells by itself. */
const known: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'unevaluatedProperties', 'items'],
  ...['allOf', 'oneOf', 'anyOf', 'pattern', 'format', 'nullable'],
]);

function intersection(one: ReadonlySet<string>, other: readonly string[]): ReadonlySet<string> {
  return new Set(other.filter((each) => one.has(each)));
}

/** JSON in which the order of keys does not count, nor do annotations of schemas within. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** @example typeWords(new Set(['string', 'null'])) // 'null or string' */
export function typeWords(types: ReadonlySet<string> | undefined): string {
  return types ? [...types].toSorted().join(' or ') || 'nothing' : 'anything';
}

import type { JsonSchema, SchemaObject } from '../model/description.ts';
import { type Definitions, isRecord } from '../model/schema.ts';
import { arrayValue } from './arrays.ts';
import { examplesOf } from './examples.ts';
import { type Flat, flatten } from './flatten.ts';
import { numberValue } from './numbers.ts';
import { objectValue } from './objects.ts';
import { createRandom, type Random } from './random.ts';
import type { Accepts } from './sample.ts';
import { stringValue } from './strings.ts';

export interface GenerationOptions {
  readonly seed: number | string;
  readonly direction: 'request' | 'response';
  readonly optional: 'all' | 'some' | 'none';
  readonly examples: boolean;
  /** Which branch of alternatives to begin with. */
  readonly turn: number;
  readonly condition: boolean;
  readonly accepts: Accepts | undefined;
}

/** Beyond these, only what is required is made: a Stripe customer leads to everything else that Stripe knows. */
const maximumDepth = 6;
const maximumNodes = 600;
/** A schema within itself this often ends there, if it can. */
const maximumRecursion = 1;
/** Required parts go deeper than optional ones, but a chain of them must end as well. */
const hardDepth = 40;
const hardNodes = 20_000;

/** One attempt at one sample. `undefined` stands for "no value can be made here"; JSON has none of its own. */
export class Generation {
  readonly options: GenerationOptions;
  private readonly $defs: Definitions;
  private readonly references: string[] = [];
  private depth = 0;
  private nodes = 0;

  constructor($defs: Definitions, options: GenerationOptions) {
    this.$defs = $defs;
    this.options = options;
  }

  /** A value for the property `name` (empty for the whole) at the JSON pointer `place`. */
  value(schema: JsonSchema, place: string, name: string): unknown {
    if (this.depth > hardDepth || ++this.nodes > hardNodes) return undefined;
    const { turn, accepts } = this.options;
    let last: unknown;
    // Alternatives that were refused give way to the next ones, where a validator tells.
    for (let shift = 0; shift < 4; shift++) {
      const flat = this.flat(schema, place, turn + shift);
      if (!flat) continue;
      const value = this.within(flat, () => this.flatValue(schema, flat, place, name));
      if (value !== undefined && (!flat.doubtful || !accepts || accepts(schema, value))) return value;
      last = value ?? last;
      if (!flat.doubtful) break;
    }
    return last;
  }

  /** The schema as the chosen alternatives make it. */
  flat(schema: JsonSchema, place: string, turn = this.options.turn): Flat | undefined {
    const random = this.random(`${place}#branch`);
    const offset = this.options.examples ? 0 : random.below(64);
    const branch = (count: number): number => (offset + turn) % count;
    return flatten(schema, this.$defs, { branch, condition: this.options.condition });
  }

  random(place: string): Random {
    return createRandom(this.options.seed, place);
  }

  /** Whether there is room for what need not be there. */
  hasRoom(): boolean {
    return this.depth <= maximumDepth && this.nodes <= maximumNodes;
  }

  private within(flat: Flat, make: () => unknown): unknown {
    const recursion = Math.max(0, ...flat.references.map((reference) => count(this.references, reference)));
    if (recursion > maximumRecursion) return undefined;
    this.references.push(...flat.references);
    this.depth++;
    const value = make();
    this.depth--;
    this.references.length -= flat.references.length;
    return value;
  }

  private flatValue(schema: JsonSchema, { keywords }: Flat, place: string, name: string): unknown {
    if ('const' in keywords) return keywords.const;
    for (const example of examplesOf(keywords, this.options.examples)) {
      const { accepts } = this.options;
      // Judged as a whole: what this direction hides may be required.
      if (accepts ? accepts(schema, example) : looksRight(keywords, example)) return this.shown(example, schema, place);
    }
    const random = this.random(place);
    if (Array.isArray(keywords.enum) && keywords.enum.length > 0) return this.oneOfEnum(keywords.enum, random);
    switch (typeOf(keywords, this.options.turn)) {
      case 'object':
        return objectValue(this, keywords, place);
      case 'array':
        return arrayValue(this, keywords, place, name);
      case 'string':
        return stringValue(keywords, name, random);
      case 'integer':
        return numberValue(keywords, name, random, true);
      case 'number':
        return numberValue(keywords, name, random, false);
      case 'boolean':
        return random.below(2) === 0;
      case 'null':
        return null;
    }
  }

  private oneOfEnum(values: readonly unknown[], random: Random): unknown {
    const { examples, turn } = this.options;
    return values[examples ? turn % values.length : random.below(values.length)];
  }

  /** An example without the members that this direction does not carry. */
  private shown(value: unknown, schema: JsonSchema, place: string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const keywords = this.flat(schema, place)?.keywords;
    if (Array.isArray(value)) {
      const { items } = keywords ?? {};
      return isRecord(items) ? value.map((element: unknown) => this.shown(element, items, place)) : value;
    }
    const properties = isRecord(keywords?.properties) ? keywords.properties : {};
    const members = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!isRecord(property)) return [[name, member] as const];
      return this.isHidden(property, place) ? [] : [[name, this.shown(member, property, `${place}/${name}`)] as const];
    });
    return Object.fromEntries(members);
  }

  /** Not for this direction. */
  isHidden(schema: JsonSchema, place: string): boolean {
    const keywords = this.flat(schema, place)?.keywords;
    return this.options.direction === 'response' ? keywords?.writeOnly === true : keywords?.readOnly === true;
  }
}

type Type = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

const typeNames: readonly Type[] = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'];

/** The declared type, the first of several that is not `null`; else what the keywords are about; else text. */
function typeOf(keywords: SchemaObject, turn: number): Type {
  const declared = Array.isArray(keywords.type) ? keywords.type : [keywords.type];
  const known = typeNames.filter((type) => declared.includes(type));
  const ordered = declared.flatMap((type) => known.filter((name) => name === type && name !== 'null'));
  const [first] = ordered;
  if (first) return ordered[turn % ordered.length] ?? first;
  if (known.includes('null')) return 'null';
  if (objectKeywords.some((keyword) => keyword in keywords)) return 'object';
  if (arrayKeywords.some((keyword) => keyword in keywords)) return 'array';
  if (numberKeywords.some((keyword) => keyword in keywords)) return 'number';
  return 'string';
}

const objectKeywords = ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties'];
const arrayKeywords = ['items', 'prefixItems', 'contains', 'minItems', 'uniqueItems'];
const numberKeywords = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

/** Without a validator, an example is taken if its type and its required members are right. */
function looksRight(keywords: SchemaObject, value: unknown): boolean {
  const declared = Array.isArray(keywords.type) ? keywords.type : [keywords.type];
  if (keywords.type !== undefined && !declared.some((type) => isOfType(type, value))) return false;
  const required = Array.isArray(keywords.required) ? keywords.required : [];
  if (Array.isArray(keywords.enum) && !keywords.enum.some((allowed) => allowed === value)) return false;
  return !isRecord(value) || required.every((name) => typeof name === 'string' && Object.hasOwn(value, name));
}

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function count(references: readonly string[], reference: string): number {
  return references.filter((other) => other === reference).length;
}

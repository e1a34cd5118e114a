import type { JsonSchema, SchemaObject } from '../model/description.ts';
import { isSchema } from '../model/schema.ts';
import type { Generation } from './generation.ts';

/** Beyond this, nobody wants to read it; a schema that demands more gets no sample. */
const maximumItems = 1000;

/** An array as short as its schema allows, but with something in it if it can. */
export function arrayValue(
  generation: Generation,
  keywords: SchemaObject,
  place: string,
  name: string,
): readonly unknown[] | undefined {
  const prefix = Array.isArray(keywords.prefixItems) ? keywords.prefixItems.filter(isSchema) : [];
  const items = isSchema(keywords.items) ? keywords.items : undefined;
  const minimum = number(keywords.minItems) ?? 0;
  const maximum = number(keywords.maxItems) ?? Infinity;
  if (minimum > maximumItems) return undefined;
  const wanted = Math.min(maximum, Math.max(minimum, usualLength(generation, prefix, items)));
  const elements = new Elements(generation, keywords.uniqueItems === true, place, singular(name));
  if (!addContained(elements, keywords, prefix)) return undefined;
  for (const schema of prefix) {
    if (elements.list.length >= maximum || !elements.add(schema)) break;
  }
  // Prefixes come in their order, so `contains` has to be met by what follows or by chance where both are declared.
  const rest = items ?? true;
  while (elements.list.length < wanted && rest !== false && elements.add(rest));
  return elements.list.length >= minimum ? elements.list : undefined;
}

function usualLength(generation: Generation, prefix: readonly JsonSchema[], items: JsonSchema | undefined): number {
  if (prefix.length > 0) return prefix.length;
  return items !== undefined && items !== true && generation.options.optional !== 'none' && generation.hasRoom()
    ? 1
    : 0;
}

/** What `contains` demands, unless a prefix fixes the order. */
function addContained(elements: Elements, keywords: SchemaObject, prefix: readonly JsonSchema[]): boolean {
  if (!isSchema(keywords.contains) || prefix.length > 0) return true;
  const items = isSchema(keywords.items) ? keywords.items : true;
  const count = number(keywords.minContains) ?? 1;
  for (let index = 0; index < Math.min(count, maximumItems); index++) {
    if (!elements.add({ allOf: [keywords.contains, items] })) return false;
  }
  return true;
}

/** Collects elements, without twins where they must be unique. */
class Elements {
  readonly list: unknown[] = [];
  private readonly texts = new Set<string>();
  private readonly generation: Generation;
  private readonly unique: boolean;
  private readonly place: string;
  private readonly name: string;

  constructor(generation: Generation, unique: boolean, place: string, name: string) {
    this.generation = generation;
    this.unique = unique;
    this.place = place;
    this.name = name;
  }

  add(schema: JsonSchema): boolean {
    for (let attempt = 0; attempt < 30; attempt++) {
      const suffix = attempt === 0 ? '' : `~${attempt}`;
      const value = this.variant(schema, `${this.place}/${this.list.length}${suffix}`, attempt);
      if (value === undefined) return false;
      const text = JSON.stringify(value);
      if (this.unique && this.texts.has(text)) continue;
      this.texts.add(text);
      this.list.push(value);
      return true;
    }
    return false;
  }

  /** An enumeration and an example give the same each time: for a twin they are taken in turn. */
  private variant(schema: JsonSchema, place: string, attempt: number): unknown {
    if (!this.unique || this.list.length + attempt === 0) return this.generation.value(schema, place, this.name);
    const keywords = this.generation.flat(schema, place)?.keywords;
    if (Array.isArray(keywords?.enum)) return keywords.enum[(this.list.length + attempt) % keywords.enum.length];
    if (keywords?.type === 'boolean') return attempt % 2 === 1;
    return this.generation.value(withoutExamples(schema), place, this.name);
  }
}

function withoutExamples(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { example: _example, examples: _examples, default: _default, ...rest } = schema;
  return rest;
}

/** `emails` holds an `email`. */
function singular(name: string): string {
  if (/ies$/i.test(name)) return `${name.slice(0, -3)}y`;
  return /[^s]s$/i.test(name) ? name.slice(0, -1) : name;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

import type { JsonSchema, SchemaObject } from '../model/description.ts';
import { type Definitions, isRecord, isSchema, referenceName } from '../model/schema.ts';
import { intersect } from './intersect.ts';

/** A schema with its references followed, `allOf` merged and one branch of each alternative taken. */
export interface Flat {
  readonly keywords: SchemaObject;
  /** The references on the way, so that a schema inside of itself is recognised. */
  readonly references: readonly string[];
  /** It had alternatives, conditions or negations: a value for it should be checked. */
  readonly doubtful: boolean;
}

export interface Choices {
  /** Index of the branch to take of `count`; `undefined` in the list means that nothing can be made of it. */
  readonly branch: (count: number) => number;
  /** Whether conditions (`if`) hold. */
  readonly condition: boolean;
}

/**
 * One plain schema out of many. `undefined` when the parts exclude each other or the schema only leads to itself.
 *
 * @example flatten({ $ref: '#/$defs/Cat' }, $defs, choices) // { keywords: { type: 'object', properties: … }, … }
 */
export function flatten(schema: JsonSchema, $defs: Definitions, choices: Choices): Flat | undefined {
  const flattening = new Flattening($defs, choices);
  const keywords = flattening.merge(schema, []);
  return keywords && { keywords, references: [...flattening.references], doubtful: flattening.doubtful };
}

class Flattening {
  readonly references = new Set<string>();
  doubtful = false;
  private readonly $defs: Definitions;
  private readonly choices: Choices;

  constructor($defs: Definitions, choices: Choices) {
    this.$defs = $defs;
    this.choices = choices;
  }

  /** `path` are the references that are being followed: meeting one again means that it never ends. */
  merge(schema: JsonSchema, path: readonly string[]): SchemaObject | undefined {
    if (schema === false) return undefined;
    if (schema === true) return {};
    const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise, ...own } = schema;
    let merged: SchemaObject | undefined = own;
    if ('not' in own || 'dependentSchemas' in own || 'unevaluatedProperties' in own) this.doubtful = true;
    const parts = [
      ...(typeof $ref === 'string' ? [this.follow($ref, path)] : []),
      ...schemas(allOf).map((member) => this.merge(member, path)),
      ...[anyOf, oneOf].filter(Array.isArray).map((members) => this.branch(schemas(members), own, path)),
      ...this.conditional(condition, then, otherwise, path),
    ];
    for (const part of parts) merged = merged && part && intersect(merged, part);
    return merged;
  }

  private follow(reference: string, path: readonly string[]): SchemaObject | undefined {
    if (path.includes(reference)) return undefined;
    this.references.add(reference);
    const name = referenceName({ $ref: reference });
    const target = name === undefined ? lookUp(reference, this.$defs) : own(this.$defs, name);
    return target === undefined ? {} : this.merge(target, [...path, reference]);
  }

  /** The branch of our turn, else the first possible one after it. `null` alone is nobody's first choice. */
  private branch(
    members: readonly JsonSchema[],
    { discriminator }: SchemaObject,
    path: readonly string[],
  ): SchemaObject | undefined {
    this.doubtful = true;
    const candidates = [...members.filter((member) => !isNull(member)), ...members.filter(isNull)];
    const start = this.choices.branch(candidates.length);
    for (let step = 0; step < candidates.length; step++) {
      const member = candidates[(start + step) % candidates.length];
      const merged = member !== undefined && this.merge(member, path);
      if (merged) return named(merged, member, discriminator);
    }
    return undefined;
  }

  private conditional(
    condition: unknown,
    then: unknown,
    otherwise: unknown,
    path: readonly string[],
  ): readonly (SchemaObject | undefined)[] {
    if (!isSchema(condition)) return [];
    this.doubtful = true;
    const parts = this.choices.condition ? [condition, then] : [otherwise];
    return parts.filter(isSchema).map((part) => this.merge(part, path));
  }
}

/** OpenAPI's `discriminator`: the property says which branch was taken. */
function named(merged: SchemaObject, member: JsonSchema | undefined, discriminator: unknown): SchemaObject {
  if (!isRecord(discriminator) || typeof discriminator.propertyName !== 'string') return merged;
  const name = referenceName(member);
  if (name === undefined) return merged;
  const mapping = isRecord(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const [value] = mapping.find(([, target]) => target === name || String(target).endsWith(`/${name}`)) ?? [name];
  const properties = isRecord(merged.properties) ? merged.properties : {};
  const declared = properties[discriminator.propertyName];
  if (isRecord(declared) && ('const' in declared || 'enum' in declared)) return merged;
  const property = { ...(isRecord(declared) ? declared : {}), type: 'string', const: value };
  return { ...merged, properties: { ...properties, [discriminator.propertyName]: property } };
}

function isNull(schema: JsonSchema): boolean {
  return isRecord(schema) && schema.type === 'null';
}

function schemas(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function own($defs: Definitions, name: string): JsonSchema | undefined {
  return Object.hasOwn($defs, name) ? $defs[name] : undefined;
}

/** A reference to the inside of a definition: `#/$defs/Book/properties/title`. */
function lookUp(reference: string, $defs: Definitions): JsonSchema | undefined {
  if (!reference.startsWith('#/$defs/')) return undefined;
  let current: unknown = $defs;
  for (const part of reference.slice('#/$defs/'.length).split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = Reflect.get(current, name);
  }
  return isSchema(current) ? current : undefined;
}

/**
 * RAML 1.0 types as JSON Schema 2020-12 (RAML 1.0, "Defining Data Types"): named types go to `$defs`, everything else
 * is converted where it stands and refers to them.
 */
import { diagnostic } from '../../../diagnostics.ts';
import type { JsonSchema, Position, SchemaObject } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import { joinPointer } from '../../pointer.ts';
import { isObject, type Json, own, setOwn } from '../../record.ts';
import { findEndless } from '../../schema/cycles.ts';
import type { SchemaRegistry } from '../../schema/registry.ts';
import { elementsOf, isTextOfUnreadFile, placeOf, textOf } from '../parsed.ts';
import { builtinNames, builtinType, httpDateType } from './builtin.ts';
import { parseTypeExpression, type TypeExpression } from './expression.ts';
import { type ExternalSchemas, isExternal } from './external.ts';
import { discriminatorName, discriminatorOf, facetsOf, isDescription, nameOf } from './facets.ts';
import { combine, inherit } from './inherit.ts';
import { widenings } from './narrowing.ts';
import { exceptFor, isRegularExpression } from './pattern.ts';

interface NamedType {
  readonly declaration: Json;
  /** Its key in `$defs`. */
  readonly definition: string;
  readonly isExternal: boolean;
  readonly at: Position;
}

/** Where a declaration stands: its JSON pointer if it is in `$defs`, and its place if it has none of its own. */
interface Whereabouts {
  readonly out: string | undefined;
  readonly at: Position;
}

export class RamlTypes {
  readonly #registry: SchemaRegistry;
  readonly #external: ExternalSchemas;
  readonly #named = new Map<string, NamedType>();
  /** Named types with everything inherited, before `finish`. */
  readonly #flattened = new Map<string, SchemaObject>();
  readonly #flattening = new Set<string>();
  readonly #children = new Map<string, string[]>();

  constructor(registry: SchemaRegistry, external: ExternalSchemas) {
    this.#registry = registry;
    this.#external = external;
  }

  /** Takes the description's named types, libraries' included (`lib.Book`), and fills `$defs`. */
  declare(declarations: readonly Json[], root: Position): void {
    for (const declaration of declarations) this.#name(declaration, placeOf(declaration, root));
    for (const [name, { declaration }] of this.#named) this.#rememberParents(name, declaration);
    for (const [name, named] of this.#named) if (!named.isExternal) this.#define(name, named);
    this.#openCircles();
    this.#registry.settle();
    for (const named of this.#named.values()) if (named.isExternal) this.#describeExternal(named);
  }

  /** The schema of a body, parameter or other declaration that stands inline. */
  schemaOf(declaration: Json, at: Position): JsonSchema {
    return this.#inline(declaration, { out: undefined, at });
  }

  /** The names of all types that were declared. */
  names(): readonly string[] {
    return [...this.#named.keys()];
  }

  /** Follows a schema to where its properties are, if it is an object of known properties. */
  properties(schema: JsonSchema): { readonly properties: Json; readonly required: readonly unknown[] } | undefined {
    const resolved = this.#resolve(schema);
    if (!isObject(resolved.properties)) return undefined;
    return { properties: resolved.properties, required: Array.isArray(resolved.required) ? resolved.required : [] };
  }

  #resolve(schema: JsonSchema): SchemaObject {
    if (typeof schema === 'boolean') return {};
    const reference = textOf(schema.$ref);
    const target = [...this.#named.values()].find(({ definition }) => reference === referenceTo(definition));
    const resolved = target && this.#registry.$defs[target.definition];
    return isObject(resolved) ? resolved : schema;
  }

  #name(declaration: Json, at: Position): void {
    const name = nameOf(declaration);
    if (this.#named.has(name) || builtinType(name)) return;
    const text = externalText(declaration);
    const definition =
      text === undefined
        ? this.#registry.reserve(name)
        : this.#external.define(name, { text, path: textOf(declaration.schemaPath), at });
    this.#named.set(name, { declaration, definition, isExternal: text !== undefined, at });
  }

  #rememberParents(name: string, declaration: Json): void {
    for (const base of basesOf(declaration)) {
      if (typeof base !== 'string' || !this.#named.has(base)) continue;
      this.#children.set(base, [...(this.#children.get(base) ?? []), name]);
    }
  }

  #define(name: string, { definition, at }: NamedType): void {
    this.#registry.place(referenceTo(definition), at);
    this.#registry.$defs[definition] = this.#tellApart(name, finish(this.#flatten(name)));
  }

  /** What RAML says beside the text of an external type: a description fits, facets do not. */
  #describeExternal({ declaration, definition, at }: NamedType): void {
    const schema = this.#registry.$defs[definition];
    const facets = this.#ownKeywords(declaration, { out: undefined, at });
    this.#checkSpecialization({ $ref: referenceTo(definition) }, facets, at);
    if (isObject(schema) && isDescription(facets)) this.#registry.$defs[definition] = { ...schema, ...facets };
  }

  #flatten(name: string): SchemaObject {
    const known = this.#flattened.get(name);
    if (known) return known;
    const named = this.#named.get(name);
    if (!named) return {};
    if (this.#flattening.has(name)) {
      this.#reportCircle(name, named.at);
      return {};
    }
    this.#flattening.add(name);
    const where = { out: referenceTo(named.definition), at: named.at };
    const flattened = this.#build(named.declaration, where);
    this.#flattening.delete(name);
    this.#flattened.set(name, flattened);
    return flattened;
  }

  /** A union that has itself as an option: to check a value against it would never end. */
  #openCircles(): void {
    const definitions = [...this.#named.values()].filter(({ isExternal }) => !isExternal);
    const endless = findEndless(
      this.#registry.$defs,
      definitions.map(({ definition }) => definition),
    );
    for (const [name, { definition, at }] of this.#named) {
      if (!endless.includes(definition)) continue;
      this.#registry.$defs[definition] = true;
      this.#reportCircle(name, at);
    }
  }

  #reportCircle(name: string, at: Position): void {
    this.#registry.report(
      diagnostic('raml-invalid', `The type "${name}" is made of itself.`, {
        at,
        hint: 'refer to it from a property or from items instead',
      }),
    );
  }

  #reportUnknown(name: string, at: Position): void {
    // The text of a file that was not found stands in its place; that is reported as such.
    if (isTextOfUnreadFile(name)) return;
    const nearest = suggest(name, [...this.#named.keys(), ...builtinNames]);
    this.#registry.report(
      diagnostic('unresolved-reference', `There is no type "${name}".`, {
        at,
        hint: nearest ? `did you mean "${nearest}"?` : 'declare it under "types" at the top of the description',
      }),
    );
  }

  #inline(declaration: Json, where: Whereabouts): JsonSchema {
    const [base, ...others] = basesOf(declaration);
    if (typeof base === 'string' && others.length === 0) {
      const named = this.#named.get(base.trim());
      const own = named ? this.#ownKeywords(declaration, where) : undefined;
      if (named && own && isDescription(own)) return { $ref: referenceTo(named.definition), ...own };
    }
    return finish(this.#build(declaration, where));
  }

  #build(declaration: Json, where: Whereabouts): SchemaObject {
    const parents = basesOf(declaration).map((base) => this.#parent(base, declaration, where));
    const own = this.#ownKeywords(declaration, where);
    const parent = combine(parents);
    this.#checkSpecialization(parent, own, where.at);
    const built = inherit(parent, own);
    const closedUnion = built.anyOf !== undefined && built.additionalProperties === false;
    if (!closedUnion) return built;
    const { additionalProperties: _, ...open } = built;
    return { ...open, unevaluatedProperties: false };
  }

  #checkSpecialization(parent: SchemaObject, own: SchemaObject, at: Position): void {
    const problems = [...widenings(parent, own)];
    if (parent.$ref !== undefined && !isDescription(own)) {
      problems.push('a type in JSON Schema or XML Schema takes no other facets than these schemas themselves');
    }
    if (own.patternProperties !== undefined && own.additionalProperties === false) {
      problems.push('"additionalProperties: false" excludes pattern properties');
    }
    for (const problem of problems) {
      this.#registry.report(diagnostic('raml-questionable', `This type does not fit its parent: ${problem}.`, { at }));
    }
  }

  /** What a declaration inherits from one entry of its `type`. */
  #parent(base: string | Json, declaration: Json, where: Whereabouts): SchemaObject {
    if (typeof base !== 'string') return this.#build(base, { ...where, at: placeOf(base, where.at) });
    if (isExternal(base)) return this.#externalParent(base, declaration, where);
    const expression = parseTypeExpression(base.trim());
    if (!expression) {
      this.#reportUnknown(base.trim(), where.at);
      return {};
    }
    if (expression.kind !== 'name') return toObject(this.#expressed(expression, where));
    // An HTTP date is a `datetime` whose format says otherwise.
    if (expression.name === 'datetime' && declaration.format === 'rfc2616') return httpDateType;
    const named = this.#named.get(expression.name);
    return named && !named.isExternal ? this.#flatten(expression.name) : toObject(this.#expressed(expression, where));
  }

  #externalParent(text: string, declaration: Json, where: Whereabouts): SchemaObject {
    const path = textOf(declaration.schemaPath);
    return toObject(this.#external.refer(nameOf(declaration), { text, path, at: where.at }));
  }

  #expressed(expression: TypeExpression, where: Whereabouts): JsonSchema {
    switch (expression.kind) {
      case 'name': {
        const builtin = builtinType(expression.name);
        if (builtin) return builtin;
        const named = this.#named.get(expression.name);
        if (named) return { $ref: referenceTo(named.definition) };
        this.#reportUnknown(expression.name, where.at);
        return true;
      }
      case 'array':
        return { type: 'array', items: this.#expressed(expression.items, where) };
      case 'union':
        return union(expression.options.map((option) => this.#expressed(option, where)));
    }
  }

  #ownKeywords(declaration: Json, where: Whereabouts): SchemaObject {
    return {
      ...facetsOf(declaration),
      ...this.#objectKeywords(declaration, where),
      ...this.#items(declaration, where),
      ...discriminatorOf(declaration),
    };
  }

  #objectKeywords(declaration: Json, where: Whereabouts): SchemaObject {
    const declared = elementsOf(declaration.properties);
    if (declared.length === 0) return {};
    const properties: Record<string, unknown> = {};
    const patterns: Record<string, unknown> = {};
    const required: string[] = [];
    let others: JsonSchema | undefined;
    for (const property of declared) {
      const name = nameOf(property);
      const pattern = /^\/(.*)\/$/s.exec(name)?.[1];
      if (pattern === undefined) {
        setOwn(properties, name, this.#child(property, where, 'properties', name));
        if (property.required !== false) required.push(name);
      } else if (pattern === '') others = this.#child(property, where, 'additionalProperties');
      else {
        // Unlike the pattern of a string, that of a name may match anywhere in it.
        if (isRegularExpression(pattern))
          setOwn(patterns, pattern, this.#child(property, where, 'patternProperties', pattern));
      }
    }
    return {
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(Object.keys(patterns).length > 0 && { patternProperties: patterns }),
      ...(others !== undefined && { additionalProperties: others }),
    };
  }

  #items(declaration: Json, where: Whereabouts): SchemaObject {
    const items: unknown = Array.isArray(declaration.items) ? declaration.items[0] : declaration.items;
    if (typeof items === 'string') return { items: this.#child({ type: [items] }, where, 'items') };
    return isObject(items) ? { items: this.#child(items, where, 'items') } : {};
  }

  #child(declaration: Json, where: Whereabouts, ...steps: readonly string[]): JsonSchema {
    const at = placeOf(declaration, where.at);
    const out = where.out === undefined ? undefined : joinPointer(where.out, ...steps);
    if (out !== undefined) this.#registry.place(out, at);
    return this.#inline(declaration, { out, at });
  }

  /**
   * Completes a `discriminator`: which value stands for which type. The property of each type then only takes the values
   * of the type itself and of its subtypes.
   */
  #tellApart(name: string, schema: SchemaObject): SchemaObject {
    const property = discriminatorName(schema);
    if (property === undefined) return schema;
    const mapping: Record<string, unknown> = {};
    for (const member of this.#family(name, new Set())) {
      const named = this.#named.get(member);
      if (named) setOwn(mapping, String(named.declaration.discriminatorValue ?? member), referenceTo(named.definition));
    }
    return {
      ...schema,
      ...(isObject(schema.properties) && {
        properties: restrictDiscriminator(schema.properties, property, Object.keys(mapping)),
      }),
      discriminator: { propertyName: property, mapping },
    };
  }

  #family(name: string, seen: Set<string>): ReadonlySet<string> {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const child of this.#children.get(name) ?? []) this.#family(child, seen);
    return seen;
  }
}

function referenceTo(definition: string): string {
  return joinPointer('#/$defs', definition);
}

/** The entries of `type`: names and expressions, texts of schemas, or declarations in place. */
function basesOf(declaration: Json): readonly (string | Json)[] {
  const { type } = declaration;
  const entries: readonly unknown[] = Array.isArray(type) ? type : [type];
  return entries.filter((entry) => typeof entry === 'string' || isObject(entry));
}

function externalText(declaration: Json): string | undefined {
  const [base] = basesOf(declaration);
  return typeof base === 'string' && isExternal(base) ? base : undefined;
}

function toObject(schema: JsonSchema): SchemaObject {
  return typeof schema === 'boolean' ? {} : schema;
}

/** `string | nil` as a list of types where that says all, else `anyOf`. */
function union(options: readonly JsonSchema[]): SchemaObject {
  const types = options.map((option) => {
    const [keyword, ...others] = Object.keys(toObject(option));
    return keyword === 'type' && others.length === 0 ? textOf(toObject(option).type) : undefined;
  });
  const bare = types.filter((type) => type !== undefined && type !== 'object' && type !== 'array');
  return bare.length === options.length ? { type: [...new Set(bare)] } : { anyOf: options };
}

/** In RAML a declared property wins over a pattern. Only done at the end: a subtype may declare more properties. */
function finish(schema: SchemaObject): SchemaObject {
  if (!isObject(schema.patternProperties) || !isObject(schema.properties)) return schema;
  const names = Object.keys(schema.properties);
  const patternProperties: Record<string, unknown> = {};
  for (const [pattern, value] of Object.entries(schema.patternProperties)) {
    setOwn(patternProperties, exceptFor(pattern, names), value);
  }
  return { ...schema, patternProperties };
}

function restrictDiscriminator(properties: Json, name: string, values: readonly string[]): Json {
  const property = own(properties, name);
  if (!isObject(property) || property.type !== 'string' || property.enum || property.pattern) return properties;
  const restricted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    setOwn(restricted, key, key === name ? { ...property, enum: values } : value);
  }
  return restricted;
}

/**
 * RAML 1.0 types as JSON Schema 2020-12 (RAML 1.0, "Defining Data Types"): named types go to `$defs`, everything else
 * is converted where it stands and refers to them.
 */
import { type Diagnostic, diagnostic } from '../../../diagnostics.ts';
import type { JsonSchema, Position, SchemaObject } from '../../../model/description.ts';
import { isObject, type Json, setOwn } from '../../record.ts';
import { findEndless } from '../../schema/cycles.ts';
import type { SchemaRegistry } from '../../schema/registry.ts';
import { attempt } from '../attempt.ts';
import { elementsOf, isExtensionName, placeOf, textOf } from '../parsed.ts';
import { builtinType } from './builtin.ts';
import { basesOf, finish, referenceTo, TypeConverter } from './converter.ts';
import { discriminatorName, tellApart } from './discriminator.ts';
import { type ExternalSchemas, isExternal } from './external.ts';
import { isDescription, nameOf } from './facets.ts';

interface NamedType {
  readonly declaration: Json;
  /** Its key in `$defs`. */
  readonly definition: string;
  readonly isExternal: boolean;
  readonly at: Position;
}

export class RamlTypes {
  readonly #registry: SchemaRegistry;
  readonly #external: ExternalSchemas;
  readonly #converter: TypeConverter;
  readonly #named = new Map<string, NamedType>();
  /** Named types with everything inherited, before `finish`. */
  readonly #flattened = new Map<string, SchemaObject>();
  readonly #flattening = new Set<string>();
  readonly #children = new Map<string, string[]>();

  constructor(registry: SchemaRegistry, external: ExternalSchemas) {
    this.#registry = registry;
    this.#external = external;
    this.#converter = new TypeConverter(registry, external, {
      find: (name) => this.#named.get(name),
      flatten: (name) => this.#flatten(name),
      names: () => this.names(),
    });
  }

  /** Takes the description's named types, libraries' included (`lib.Book`), and fills `$defs`. */
  declare(declarations: readonly Json[], root: Position): void {
    for (const declaration of declarations) this.#name(declaration, placeOf(declaration, root));
    for (const [name, { declaration }] of this.#named) this.#rememberParents(name, declaration);
    for (const [name, named] of this.#named) {
      const { definition, at } = named;
      if (named.isExternal) continue;
      const report = (failure: Diagnostic) => {
        this.#flattened.set(name, {});
        this.#flattening.delete(name);
        this.#registry.$defs[definition] = true;
        this.#registry.report(failure);
      };
      attempt(() => this.#define(name, named), undefined, { what: `the type "${name}"`, at, report });
    }
    this.#openCircles();
    this.#registry.settle();
    for (const named of this.#named.values()) if (named.isExternal) this.#describeExternal(named);
  }

  /** The schema of a body, parameter or other declaration that stands inline. */
  schemaOf(declaration: Json, at: Position): JsonSchema {
    return this.#converter.inline(declaration, { out: undefined, at });
  }

  /** The names of all types that were declared. */
  names(): readonly string[] {
    return [...this.#named.keys()];
  }

  /**
   * Follows a schema to where its properties are, if it is an object of known properties. Of a union, those of all
   * options, and none of them is required.
   */
  properties(schema: JsonSchema): { readonly properties: Json; readonly required: readonly unknown[] } | undefined {
    const { properties, required, anyOf } = this.resolve(schema);
    if (isObject(properties)) return { properties, required: Array.isArray(required) ? required : [] };
    if (!Array.isArray(anyOf)) return undefined;
    const options = anyOf.map((option: JsonSchema) => this.properties(option)?.properties ?? {});
    const all: Record<string, unknown> = {};
    for (const [name, property] of options.flatMap((option) => Object.entries(option))) setOwn(all, name, property);
    return { properties: all, required: [] };
  }

  /** The named type that a schema refers to, else the schema itself. */
  resolve(schema: JsonSchema): SchemaObject {
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
    const schema = finish(this.#flatten(name));
    const family = discriminatorName(schema) === undefined ? [] : this.#familyOf(name);
    const mapping: Record<string, unknown> = {};
    for (const { value, reference } of family) setOwn(mapping, String(value), reference);
    const values = family.map(({ value }) => value);
    this.#registry.$defs[definition] = tellApart(schema, mapping, values);
  }

  /** What RAML says beside the text of an external type: a description fits, facets do not. */
  #describeExternal({ declaration, definition, at }: NamedType): void {
    const schema = this.#registry.$defs[definition];
    const facets = this.#converter.ownKeywords(declaration, { out: undefined, at });
    // What the parser does not expect beside a schema is no extension: RAML allows nothing that changes it.
    const others = elementsOf(declaration['@unknown']).filter(
      ({ name }) => !isExtensionName(name) && name !== 'example' && name !== 'examples',
    );
    const added = Object.fromEntries(others.map(({ value }, index) => [`x-unknown-${index}`, value]));
    this.#converter.checkSpecialization({ $ref: referenceTo(definition) }, { ...facets, ...added }, at);
    if (isObject(schema) && isDescription(facets)) this.#registry.$defs[definition] = { ...schema, ...facets };
  }

  #flatten(name: string): SchemaObject {
    const known = this.#flattened.get(name);
    if (known) return known;
    const named = this.#named.get(name);
    if (!named) return {};
    if (this.#flattening.has(name)) {
      const circle = [...this.#flattening];
      this.#reportCircle(name, named.at, circle.slice(circle.indexOf(name)));
      return {};
    }
    this.#flattening.add(name);
    const where = { out: referenceTo(named.definition), at: named.at };
    const flattened = this.#converter.build(named.declaration, where);
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

  #reportCircle(name: string, at: Position, circle: readonly string[] = []): void {
    const way = circle.length > 1 ? `: ${[...circle, name].join(' → ')}` : '';
    this.#registry.report(
      diagnostic('circular-type', `The type "${name}" is made of itself${way}.`, {
        at,
        hint: 'refer to it from a property or from items instead',
      }),
    );
  }

  /** The types that an object of this type may be of: the discriminator value and the reference of each. */
  #familyOf(name: string): readonly { readonly value: unknown; readonly reference: string }[] {
    return [...this.#family(name, new Set())].flatMap((member) => {
      const named = this.#named.get(member);
      if (!named) return [];
      return [{ value: named.declaration.discriminatorValue ?? member, reference: referenceTo(named.definition) }];
    });
  }

  #family(name: string, seen: Set<string>): ReadonlySet<string> {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const child of this.#children.get(name) ?? []) this.#family(child, seen);
    return seen;
  }
}

function externalText(declaration: Json): string | undefined {
  const [base] = basesOf(declaration);
  return typeof base === 'string' && isExternal(base) ? base : undefined;
}

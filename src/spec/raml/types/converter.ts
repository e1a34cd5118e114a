/**
 * One RAML 1.0 type declaration, wherever it stands, as JSON Schema 2020-12 (RAML 1.0, "Defining Data Types").
 */
import { diagnostic } from '../../../diagnostics.ts';
import type { JsonSchema, Position, SchemaObject } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import { joinPointer } from '../../pointer.ts';
import { isObject, type Json, setOwn } from '../../record.ts';
import { unicodePattern } from '../../schema/pattern.ts';
import type { SchemaRegistry } from '../../schema/registry.ts';
import { elementsOf, isTextOfUnreadFile, placeOf, textOf } from '../parsed.ts';
import { builtinNames, builtinType, builtinWord, httpDateType } from './builtin.ts';
import { discriminatorOf } from './discriminator.ts';
import { parseTypeExpression, type TypeExpression } from './expression.ts';
import { type ExternalSchemas, isExternal } from './external.ts';
import { facetsOf, isDescription, nameOf } from './facets.ts';
import { combine, inherit } from './inherit.ts';
import { excludeEachOther, widenings } from './narrowing.ts';
import { exceptFor } from './pattern.ts';

/** Where a declaration stands: its JSON pointer if it is in `$defs`, and its place if it has none of its own. */
export interface Whereabouts {
  readonly out: string | undefined;
  readonly at: Position;
}

/** The named types that a declaration may refer to. */
export interface NamedTypes {
  find(name: string): { readonly definition: string; readonly isExternal: boolean } | undefined;
  /** A named type with everything inherited, before `finish`. */
  flatten(name: string): SchemaObject;
  names(): readonly string[];
}

export class TypeConverter {
  readonly #registry: SchemaRegistry;
  readonly #external: ExternalSchemas;
  readonly #types: NamedTypes;

  constructor(registry: SchemaRegistry, external: ExternalSchemas, types: NamedTypes) {
    this.#registry = registry;
    this.#external = external;
    this.#types = types;
  }

  /** A declaration as a schema, its named parents as references where nothing is changed about them. */
  inline(declaration: Json, where: Whereabouts): JsonSchema {
    const [base, ...others] = basesOf(declaration);
    if (typeof base === 'string' && others.length === 0) {
      const named = this.#types.find(base.trim());
      const own = named ? this.ownKeywords(declaration, where) : undefined;
      if (named && own && isDescription(own)) return { $ref: referenceTo(named.definition), ...own };
    }
    return finish(this.build(declaration, where));
  }

  /** A declaration with everything that it inherits, before `finish`. */
  build(declaration: Json, where: Whereabouts): SchemaObject {
    const parents = basesOf(declaration).map((base) => this.#parent(base, declaration, where));
    const own = this.ownKeywords(declaration, where);
    const parent = combine(parents);
    if (excludeEachOther(parents)) this.#reportExclusion(where.at);
    this.checkSpecialization(parent, own, where.at);
    const built = datedAs(declaration.format, inherit(parent, own));
    const closedUnion = built.anyOf !== undefined && built.additionalProperties === false;
    if (!closedUnion) return built;
    const { additionalProperties: _, ...open } = built;
    return { ...open, unevaluatedProperties: false };
  }

  /** What a declaration inherits from one entry of its `type`. */
  #parent(base: string | Json, declaration: Json, where: Whereabouts): SchemaObject {
    if (typeof base !== 'string') return this.build(base, { ...where, at: placeOf(base, where.at) });
    if (isExternal(base)) return this.#externalParent(base, declaration, where);
    const expression = parseTypeExpression(base.trim());
    if (!expression) {
      this.#reportUnknown(base.trim(), where.at);
      return {};
    }
    if (expression.kind !== 'name') return toObject(this.#expressed(expression, where));
    const named = this.#types.find(expression.name);
    return named && !named.isExternal
      ? this.#types.flatten(expression.name)
      : toObject(this.#expressed(expression, where));
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
        const named = this.#types.find(expression.name);
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

  /** What a declaration says itself. */
  ownKeywords(declaration: Json, where: Whereabouts): SchemaObject {
    const facets = facetsOf(declaration);
    this.#checkXml(facets.xml, where.at);
    return {
      ...facets,
      ...this.#objectKeywords(declaration, where),
      ...this.#items(declaration, where),
      ...discriminatorOf(declaration),
    };
  }

  /** RAML 1.0, "XML Serialization of Type Instances"; the parser looks at none of it. */
  #checkXml(xml: unknown, at: Position): void {
    if (!isObject(xml)) return;
    const wrong = ['attribute', 'wrapped'].find((key) => xml[key] !== undefined && typeof xml[key] !== 'boolean');
    if (wrong === undefined) return;
    const message = `"${wrong}" of "xml" must be true or false.`;
    this.#registry.report(diagnostic('invalid-value', message, { at, severity: 'warning' }));
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
        const searched = unicodePattern(pattern);
        if (searched === undefined) continue;
        setOwn(patterns, searched, this.#child(property, where, 'patternProperties', searched));
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
    return this.inline(declaration, { out, at });
  }

  /** Reports what a type allows that its parent does not. */
  checkSpecialization(parent: SchemaObject, own: SchemaObject, at: Position): void {
    const problems = [...widenings(parent, own)];
    if (parent.$ref !== undefined && !isDescription(own)) {
      problems.push('a type in JSON Schema or XML Schema takes no other facets than these schemas themselves');
    }
    if (own.patternProperties !== undefined && own.additionalProperties === false) {
      problems.push('"additionalProperties: false" excludes pattern properties');
    }
    for (const problem of problems) {
      this.#registry.report(diagnostic('subtype-mismatch', `This type does not fit its parent: ${problem}.`, { at }));
    }
  }

  #reportExclusion(at: Position): void {
    this.#registry.report(
      diagnostic('raml-questionable', 'No value can be of all parent types at once: they exclude each other.', {
        at,
        hint: 'for alternatives write "A | B"',
      }),
    );
  }

  #reportUnknown(name: string, at: Position): void {
    // The text of a file that was not found stands in its place; that is reported as such.
    if (isTextOfUnreadFile(name)) return;
    const nearest = suggest(name, [...this.#types.names(), ...builtinNames]);
    this.#registry.report(
      diagnostic('unknown-type', `There is no type "${name}".`, {
        at,
        hint:
          builtinWord(name) ??
          (nearest ? `did you mean "${nearest}"?` : 'declare it under "types" at the top of the description'),
      }),
    );
  }
}

/** The `$ref` to a definition. */
export function referenceTo(definition: string): string {
  return joinPointer('#/$defs', definition);
}

/** The entries of `type`: names and expressions, texts of schemas, or declarations in place. */
export function basesOf(declaration: Json): readonly (string | Json)[] {
  const { type } = declaration;
  const entries: readonly unknown[] = Array.isArray(type) ? type : [type];
  return entries.filter((entry) => typeof entry === 'string' || isObject(entry));
}

/** What can only be done once everything is inherited. */
export function finish(schema: SchemaObject): SchemaObject {
  return withParsedExamples(withoutPatternsOfDeclared(schema));
}

/** An example of an object or a list may be written as JSON text (RAML 1.0, "Representing Examples"). */
function withParsedExamples(schema: SchemaObject): SchemaObject {
  const { type, examples } = schema;
  if (!Array.isArray(examples)) return schema;
  if (type === 'string') return { ...schema, examples: examples.map(exampleOfText) };
  if (type !== 'object' && type !== 'array') return schema;
  return { ...schema, examples: examples.map((example: unknown) => parsedText(example)) };
}

/** The parser takes text that looks like JSON for JSON, even where the type says text. */
export function exampleOfText(example: unknown): unknown {
  return typeof example === 'object' && example !== null ? JSON.stringify(example) : example;
}

function parsedText(example: unknown): unknown {
  if (typeof example !== 'string') return example;
  try {
    return JSON.parse(example);
  } catch {
    return example;
  }
}

/**
 * In RAML a declared property wins over a pattern, and the first pattern that matches over those below it; in JSON
 * Schema all hold. Only now, because a subtype may declare more properties.
 */
function withoutPatternsOfDeclared(schema: SchemaObject): SchemaObject {
  if (!isObject(schema.patternProperties)) return schema;
  const names = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  const patternProperties: Record<string, unknown> = {};
  const earlier: string[] = [];
  for (const [pattern, value] of Object.entries(schema.patternProperties)) {
    setOwn(patternProperties, exceptFor(pattern, names, earlier), value);
    earlier.push(pattern);
  }
  return { ...schema, patternProperties };
}

/** An HTTP date is a `datetime` whose format says otherwise. */
function datedAs(format: unknown, schema: SchemaObject): SchemaObject {
  if (format !== 'rfc2616' || schema.format !== 'date-time') return schema;
  const { format: _, ...others } = schema;
  return { ...others, ...httpDateType };
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

/**
 * Any JSON Schema — draft 3, 4, 6, 7, 2019-09, OpenAPI 3.0's dialect — as 2020-12, with references into `$defs`.
 *
 * Rules go by the form of a value rather than by the declared draft, since many schemas declare one and use another: a
 * boolean `exclusiveMinimum` is understood everywhere, and where the draft does not have it, it is reported as repaired.
 * A value that makes no sense is reported and left out, so that the rest goes on working.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { JsonSchema, Position } from '../../model/description.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { joinPointer } from '../pointer.ts';
import { isObject, type Json, own, setOwn } from '../record.ts';
import { type Dialect, isMetaSchema } from './dialect.ts';
import { checkKeyword, intendedKeyword, KEYWORDS, kindOf } from './keywords.ts';
import { patternFault, unicodePattern } from './pattern.ts';
import { isTypeName, respelled, typeHint } from './types.ts';

/** What lifting needs from the registry: names for references, and a place for findings. */
interface Registry {
  refer(reference: string, node: DocumentNode, dialect: Dialect): string | undefined;
  report(finding: Diagnostic): void;
  place(out: string, at: Position): void;
}

export interface LiftContext {
  readonly registry: Registry;
  readonly dialect: Dialect;
  /** Where the result will stand (`#/$defs/Book/properties/title`); `undefined` for a schema that stays inline. */
  readonly out: string | undefined;
}

/** A schema in 2020-12. What is no schema at all is reported and becomes `true`. */
export function liftNode(node: DocumentNode, context: LiftContext): JsonSchema {
  if (context.out !== undefined) context.registry.place(context.out, node.document.positionOf(node.pointer));
  if (typeof node.value === 'boolean') return node.value;
  if (isObject(node.value)) return new Lifting(node, node.value, context).result();
  context.registry.report(
    diagnostic('schema-invalid', `A schema is an object, not ${kindOf(node.value)}.`, {
      at: node.document.positionOfValue(node.pointer),
      hint: typeof node.value === 'string' ? `write { type: ${node.value} }` : undefined,
    }),
  );
  return true;
}

/** Keywords beside `$ref` that say something about the value without restricting it. */
const HARMLESS_BESIDE_REF =
  /^(x-.*|_.*|title|description|summary|\$comment|id|\$id|\$schema|definitions|\$defs|required)$/;

class Lifting {
  readonly #node: DocumentNode;
  readonly #source: Json;
  readonly #context: LiftContext;
  readonly #lifted: Record<string, unknown> = {};
  /** Schemas that must hold besides; they join `allOf`. */
  readonly #also: JsonSchema[] = [];
  readonly #required = new Set<string>();

  constructor(node: DocumentNode, source: Json, context: LiftContext) {
    this.#node = node;
    this.#source = source;
    this.#context = context;
  }

  result(): JsonSchema {
    const alone = this.#refHidesSiblings();
    for (const keyword of Object.keys(this.#source)) {
      if (alone && keyword !== '$ref' && this.#hiddenByRef(keyword)) continue;
      this.#keyword(keyword, this.#source[keyword]);
    }
    if (this.#required.size > 0) this.#lifted.required = [...this.#required];
    if (this.#also.length > 0) this.#lifted.allOf = [...asList(this.#lifted.allOf), ...this.#also];
    return own(this.#source, 'nullable') === true && !alone ? this.#withNull() : this.#lifted;
  }

  #keyword(keyword: string, value: unknown) {
    const kind = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
    switch (kind) {
      case undefined:
        return this.#unknown(keyword, value);
      case 'dropped':
        return;
      case 'special':
        return this.#special(keyword, value);
      case 'schema':
        return this.#set(keyword, this.#lift(keyword));
      case 'schemas':
        return this.#schemas(keyword, value);
      case 'schema-map':
        return this.#set(keyword, this.#map(keyword, value));
      default:
        return this.#simple(keyword, value);
    }
  }

  #unknown(keyword: string, value: unknown) {
    const intended = intendedKeyword(keyword);
    if (intended) {
      this.#report('schema-questionable', `"${keyword}" is no keyword of JSON Schema and has no effect.`, keyword, {
        key: true,
        hint: `did you mean "${intended}"?`,
      });
    }
    this.#set(keyword, value);
  }

  #simple(keyword: string, value: unknown) {
    // `description:` with nothing behind it says nothing.
    if (value === null && KEYWORDS[keyword] === 'text') return;
    const checked = checkKeyword(KEYWORDS[keyword] ?? 'anything', value);
    if ('expected' in checked) return this.#invalid(keyword, value, checked.expected);
    if (checked.repaired) {
      this.#report('schema-questionable', `"${keyword}" has a value of the wrong type.`, keyword, {
        hint: checked.repaired,
      });
    }
    this.#set(keyword, checked.value);
  }

  #special(keyword: string, value: unknown) {
    switch (keyword) {
      case '$ref':
      case '$dynamicRef':
      case '$recursiveRef':
        return this.#reference(keyword, value);
      case 'type':
        return this.#type(value);
      case 'enum':
        return this.#enum(value);
      case 'examples':
        return this.#examples(value);
      case 'discriminator':
        return this.#discriminator(value);
      case 'required':
        return this.#requiredNames(value);
      case 'properties':
        return this.#properties(value);
      case 'patternProperties':
        return this.#patternProperties(value);
      case 'pattern':
        return this.#pattern(value);
      case 'items':
        return this.#items(value);
      case 'dependencies':
      case 'dependentRequired':
        return this.#dependencies(keyword, value);
      case 'divisibleBy':
        return this.#divisibleBy(value);
      case 'disallow':
        return this.#disallow(value);
      case 'extends':
        return this.#extends(value);
      case 'exclusiveMinimum':
        return this.#exclusive(keyword, 'minimum', value);
      case 'exclusiveMaximum':
        return this.#exclusive(keyword, 'maximum', value);
      case 'id':
        // A string is draft 4's `$id`; anything else is a keyword of somebody's own.
        if (typeof value !== 'string') this.#set(keyword, value);
        return;
      default:
        // `nullable` and `additionalItems` are read together with what they belong to.
        return;
    }
  }

  // ── references ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** Up to draft 7 and in OpenAPI 3.0, everything beside `$ref` is ignored. */
  #refHidesSiblings(): boolean {
    const { dialect } = this.#context;
    return typeof own(this.#source, '$ref') === 'string' && dialect !== '2019-09' && dialect !== '2020-12';
  }

  #hiddenByRef(keyword: string): boolean {
    if (/^(x-|_)/.test(keyword) || keyword === 'title' || keyword === 'description') return false;
    if (!HARMLESS_BESIDE_REF.test(keyword)) {
      const where = this.#context.dialect === 'openapi-3.0' ? 'in OpenAPI 3.0' : 'in this draft of JSON Schema';
      this.#report('schema-questionable', `"${keyword}" beside $ref has no effect ${where}.`, keyword, {
        key: true,
        hint: 'put the reference into allOf',
      });
    }
    return true;
  }

  #reference(keyword: string, value: unknown) {
    if (typeof value !== 'string') return this.#invalid(keyword, value, 'a reference as a string');
    if (isMetaSchema(value)) {
      // A value that is itself a schema. Its details are not checked, and nothing is fetched.
      this.#also.push({ type: ['object', 'boolean'] });
      return;
    }
    const reference = this.#context.registry.refer(value, childOf(this.#node, keyword), this.#context.dialect);
    if (reference === undefined) return;
    // 2020-12 lets siblings of `$ref` hold; two references become one and an `allOf`.
    if (Object.hasOwn(this.#lifted, '$ref')) this.#also.push({ $ref: reference });
    else this.#set('$ref', reference);
  }

  #discriminator(value: unknown) {
    const mapping = isObject(value) ? own(value, 'mapping') : undefined;
    if (!isObject(value) || !isObject(mapping)) return this.#set('discriminator', value);
    const led: Record<string, unknown> = {};
    for (const [name, target] of Object.entries(mapping)) {
      if (typeof target !== 'string') {
        this.#invalid('discriminator', target, 'names of schemas in its mapping');
        continue;
      }
      const isName = /^[A-Za-z0-9._-]+$/.test(target) && !/\.(json|ya?ml)$/.test(target);
      const reference = isName ? `#/components/schemas/${target}` : target;
      const node = childOf(this.#node, 'discriminator', 'mapping', name);
      setOwn(led, name, this.#context.registry.refer(reference, node, this.#context.dialect) ?? target);
    }
    this.#set('discriminator', { ...value, mapping: led });
  }

  // ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #type(value: unknown) {
    const list = Array.isArray(value) ? value : [value];
    const names = new Set<string>();
    const schemas: JsonSchema[] = [];
    let any = false;
    for (const [index, item] of list.entries()) {
      const node = Array.isArray(value) ? childOf(this.#node, 'type', index) : childOf(this.#node, 'type');
      if (item === 'any') any = true;
      else if (isTypeName(item)) names.add(item);
      else if (item === null && list.length > 1) names.add('null');
      else if (isObject(item)) schemas.push(liftNode(node, { ...this.#context, out: undefined }));
      else {
        const repaired = this.#typeName(item, node);
        if (repaired) names.add(repaired);
      }
    }
    if (any) return this.#anyType();
    if (schemas.length === 0) {
      const [first] = names;
      if (first !== undefined) this.#set('type', names.size === 1 ? first : [...names]);
      return;
    }
    if (names.size > 0) schemas.unshift({ type: [...names] });
    this.#also.push(schemas.length === 1 && schemas[0] !== undefined ? schemas[0] : { anyOf: schemas });
  }

  #anyType() {
    if (this.#context.dialect === 'draft-03') return;
    this.#report(
      'schema-questionable',
      '"any" is a type of draft 3 only; without a type, everything is accepted.',
      'type',
      {
        hint: 'leave the type out',
      },
    );
  }

  #typeName(item: unknown, node: DocumentNode): string | undefined {
    const right = typeof item === 'string' ? respelled(item) : undefined;
    this.#context.registry.report(
      diagnostic(right ? 'schema-questionable' : 'schema-invalid', `${kindOf(item)} is no type of JSON Schema.`, {
        at: node.document.positionOfValue(node.pointer),
        hint: right ? `write "${right}"` : typeHint(String(item)),
      }),
    );
    return right;
  }

  #enum(value: unknown) {
    if (!Array.isArray(value) || value.length === 0)
      return this.#invalid('enum', value, 'a list of at least one value');
    this.#set('enum', value);
  }

  #examples(value: unknown) {
    if (Array.isArray(value)) return this.#set('examples', value);
    this.#report('schema-questionable', '"examples" of a schema is a list.', 'examples', {
      hint: 'put the example into a list, or write "example"',
    });
    this.#set('examples', [value]);
  }

  #pattern(value: unknown) {
    const pattern = typeof value === 'string' ? unicodePattern(value) : undefined;
    if (pattern === undefined) return this.#invalid('pattern', value, 'a regular expression', { hint: faultOf(value) });
    this.#set('pattern', pattern);
  }

  #divisibleBy(value: unknown) {
    const checked = checkKeyword('positive', value);
    if ('expected' in checked) return this.#invalid('divisibleBy', value, checked.expected);
    this.#fromDraft3('divisibleBy', 'multipleOf');
    this.#set('multipleOf', checked.value);
  }

  /** Up to draft 4 (and OpenAPI 3.0), a flag beside `minimum`; later a bound of its own. */
  #exclusive(keyword: string, inclusive: string, value: unknown) {
    if (typeof value !== 'boolean') {
      const checked = checkKeyword('number', value);
      if ('expected' in checked) return this.#invalid(keyword, value, checked.expected);
      return this.#set(keyword, checked.value);
    }
    const { dialect } = this.#context;
    if (dialect !== 'draft-03' && dialect !== 'draft-04' && dialect !== 'openapi-3.0') {
      this.#report(
        'schema-questionable',
        `"${keyword}" is a number, not a flag, in this draft of JSON Schema.`,
        keyword,
        {
          hint: `write ${keyword}: <number> instead of ${inclusive}`,
        },
      );
    }
    const bound = own(this.#source, inclusive);
    if (value && typeof bound === 'number') this.#set(keyword, bound);
  }

  // ── objects and arrays ──────────────────────────────────────────────────────────────────────────────────────────

  #properties(value: unknown) {
    this.#set('properties', this.#map('properties', value));
    if (!isObject(value)) return;
    for (const [name, property] of Object.entries(value)) {
      if (!isObject(property) || own(property, 'required') !== true) continue;
      this.#required.add(name);
    }
  }

  #requiredNames(value: unknown) {
    if (typeof value === 'boolean') return this.#requiredFlag();
    const names = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(names)) return this.#invalid('required', value, 'a list of property names');
    if (typeof value === 'string') {
      this.#report('schema-questionable', '"required" is a list of property names.', 'required', {
        hint: `write [${value}]`,
      });
    }
    for (const [index, name] of names.entries()) {
      if (typeof name === 'string') this.#required.add(name);
      else this.#invalid('required', name, 'names of properties', { node: childOf(this.#node, 'required', index) });
    }
  }

  /** Draft 3 says on the property that it is required; the object above collects it. */
  #requiredFlag() {
    if (this.#context.dialect === 'draft-03') return;
    this.#report(
      'schema-questionable',
      '"required" is a list of property names on the object, since draft 4.',
      'required',
      {
        hint: 'list the property in "required" of the object that has it',
      },
    );
  }

  #patternProperties(value: unknown) {
    const map = this.#map('patternProperties', value);
    if (!map) return;
    const led: Record<string, unknown> = {};
    for (const [pattern, schema] of Object.entries(map)) {
      const unicode = unicodePattern(pattern);
      if (unicode !== undefined) setOwn(led, unicode, schema);
      else
        this.#invalid('patternProperties', pattern, 'regular expressions as keys', {
          node: childOf(this.#node, 'patternProperties', pattern),
          hint: faultOf(pattern),
        });
    }
    this.#set('patternProperties', led);
  }

  #items(value: unknown) {
    if (!Array.isArray(value)) return this.#set('items', this.#lift('items'));
    if (this.#context.dialect === '2020-12') {
      this.#report('schema-questionable', '"items" is one schema for all items, since 2020-12.', 'items', {
        hint: 'write "prefixItems" for a list of schemas',
      });
    }
    const schemas = value.map((_, index) =>
      liftNode(childOf(this.#node, 'items', index), this.#below('prefixItems', index)),
    );
    if (schemas.length > 0) this.#set('prefixItems', schemas);
    if (Object.hasOwn(this.#source, 'additionalItems')) this.#set('items', this.#lift('additionalItems', 'items'));
  }

  #dependencies(keyword: string, value: unknown) {
    if (!isObject(value)) return this.#invalid(keyword, value, 'an object');
    const required: Record<string, unknown> = {};
    const schemas: Record<string, unknown> = {};
    for (const [name, dependency] of Object.entries(value)) {
      const node = childOf(this.#node, keyword, name);
      const names = typeof dependency === 'string' ? [dependency] : dependency;
      if (Array.isArray(names)) setOwn(required, name, [...new Set(names.map(String))]);
      else if (keyword === 'dependencies') setOwn(schemas, name, liftNode(node, this.#below('dependentSchemas', name)));
      else this.#invalid(keyword, dependency, 'lists of property names', { node });
    }
    if (Object.keys(required).length > 0) this.#set('dependentRequired', required);
    if (Object.keys(schemas).length > 0) this.#set('dependentSchemas', schemas);
  }

  // ── combinations ────────────────────────────────────────────────────────────────────────────────────────────────

  #schemas(keyword: string, value: unknown) {
    if (!Array.isArray(value) || value.length === 0) {
      return this.#invalid(keyword, value, 'a list of at least one schema');
    }
    this.#set(
      keyword,
      value.map((_, index) => liftNode(childOf(this.#node, keyword, index), this.#below(keyword, index))),
    );
  }

  #disallow(value: unknown) {
    this.#fromDraft3('disallow', 'not');
    const list = Array.isArray(value) ? value : [value];
    const schemas = list.map((item, index): JsonSchema => {
      if (typeof item === 'string') return item === 'any' ? true : { type: item };
      const node = Array.isArray(value) ? childOf(this.#node, 'disallow', index) : childOf(this.#node, 'disallow');
      return liftNode(node, { ...this.#context, out: undefined });
    });
    this.#also.push({ not: schemas.length === 1 && schemas[0] !== undefined ? schemas[0] : { anyOf: schemas } });
  }

  #extends(value: unknown) {
    this.#fromDraft3('extends', 'allOf');
    const list = Array.isArray(value) ? value.map((_, index) => index) : [undefined];
    for (const index of list) {
      const node = index === undefined ? childOf(this.#node, 'extends') : childOf(this.#node, 'extends', index);
      this.#also.push(liftNode(node, { ...this.#context, out: undefined }));
    }
  }

  /**
   * OpenAPI 3.0's `nullable`. Strictly it adds null to a `type` beside it and does nothing else; descriptions mean
   * more by it, so that it also opens an `enum`, and an `allOf` with one reference.
   */
  #withNull(): JsonSchema {
    if (this.#context.dialect !== 'openapi-3.0') {
      this.#report('schema-questionable', '"nullable" belongs to OpenAPI 3.0.', 'nullable', {
        key: true,
        hint: "write type: [<type>, 'null']",
      });
    }
    const { type, enum: values, ...rest } = this.#lifted;
    if (Array.isArray(values) && !values.includes(null)) this.#lifted.enum = [...values, null];
    if (type !== undefined) {
      const types = asList(type);
      this.#lifted.type = types.includes('null') ? type : [...types, 'null'];
      return this.#lifted;
    }
    const combining = ['$ref', 'allOf', 'anyOf', 'oneOf'].filter((keyword) => Object.hasOwn(rest, keyword));
    if (combining.length === 0) return this.#lifted;
    const combined: Record<string, unknown> = {};
    const outer: Record<string, unknown> = {};
    for (const keyword of Object.keys(this.#lifted)) {
      setOwn(combining.includes(keyword) ? combined : outer, keyword, this.#lifted[keyword]);
    }
    const choices = combining.length === 1 && Array.isArray(combined.anyOf) ? combined.anyOf : [combined];
    return { ...outer, anyOf: [...choices, { type: 'null' }] };
  }

  // ── helpers ─────────────────────────────────────────────────────────────────────────────────────────────────────

  #lift(keyword: string, as: string = keyword): JsonSchema {
    return liftNode(childOf(this.#node, keyword), this.#below(as));
  }

  #map(keyword: string, value: unknown): Record<string, unknown> | undefined {
    if (!isObject(value)) {
      this.#invalid(keyword, value, 'an object');
      return undefined;
    }
    const map: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      setOwn(map, name, liftNode(childOf(this.#node, keyword, name), this.#below(keyword, name)));
    }
    return map;
  }

  #below(...steps: readonly (string | number)[]): LiftContext {
    const { out } = this.#context;
    return out === undefined ? this.#context : { ...this.#context, out: joinPointer(out, ...steps) };
  }

  #set(keyword: string, value: unknown) {
    if (value !== undefined) setOwn(this.#lifted, keyword, value);
  }

  #fromDraft3(keyword: string, now: string): void {
    if (this.#context.dialect === 'draft-03') return;
    this.#report('schema-questionable', `"${keyword}" belongs to draft 3.`, keyword, {
      key: true,
      hint: `write "${now}"`,
    });
  }

  #invalid(
    keyword: string,
    value: unknown,
    expected: string,
    {
      node = childOf(this.#node, keyword),
      hint,
    }: { readonly node?: DocumentNode; readonly hint?: string | undefined } = {},
  ) {
    const at = node.document.positionOfValue(node.pointer);
    const message = `"${keyword}" takes ${expected}, not ${kindOf(value)}.`;
    this.#context.registry.report(diagnostic('schema-invalid', message, { at, hint }));
  }

  #report(
    code: 'schema-questionable' | 'schema-invalid',
    message: string,
    keyword: string,
    { key = false, hint }: { readonly key?: boolean; readonly hint?: string },
  ) {
    const { document, pointer } = childOf(this.#node, keyword);
    const at = key ? document.positionOf(pointer) : document.positionOfValue(pointer);
    this.#context.registry.report(diagnostic(code, message, { at, hint }));
  }
}

function faultOf(pattern: unknown): string | undefined {
  return typeof pattern === 'string' ? patternFault(pattern) : undefined;
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/**
 * Holds a document against the shapes of OpenAPI: unknown keys, wrong types, missing keys, each at its place.
 *
 * Own code instead of a validator with the official JSON Schema: that costs 143 ms at every start and 5 MB installed,
 * tells places as pointers, and says "must NOT have unevaluated properties" where a reader wants "did you mean".
 */
import type { DiagnosticCode } from '../../diagnostics.ts';
import { suggest } from '../../suggest.ts';
import { childOf, type DocumentNode, placeOfValue } from '../document/node.ts';
import { isObject, own } from '../record.ts';
import { kindOf } from '../schema/keywords.ts';
import { exists, isRight, type MapRule, requiredOf } from './plainly-right.ts';
import { childrenOf, dereference, entriesOf, has, itemsOf, placeOf, type Reading, report } from './reading.ts';
import { ELSEWHERE, exclusive, KEY_RULES, OTHER_VALUES, SHAPE_RULES, type ShapeFinding } from './rules.ts';
import { type KeyRule, type Rule, SHAPES, type Shape, type ShapeName } from './shapes.ts';

/** Checks a whole document, through its references. Schemas are checked where they are lifted. */
export function checkShape(reading: Reading, root: DocumentNode): void {
  new ShapeCheck(reading).object(root, 'OpenAPI');
  if (reading.version === '3.0' || ['paths', 'components', 'webhooks'].some((key) => has(root, key))) return;
  report(reading, 'missing-key', 'The document has neither "paths", "components" nor "webhooks".', {
    at: placeOf(root),
    hint: 'add "paths"',
  });
}

class ShapeCheck {
  readonly #reading: Reading;
  /** Objects that were checked, by the shape that they were held against; and places of what is no object. */
  readonly #done = new Map<ShapeName, WeakSet<object>>();
  readonly #told = new Set<string>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  object(node: DocumentNode, name: ShapeName): void {
    const target = SHAPES[name].referable ? this.#target(node, name) : node;
    if (!target) return;
    if (this.#isDone(target, name)) return;
    const shape = SHAPES[name];
    if (!isObject(target.value)) {
      this.#wrongType(target, `${shape.title} is an object`);
      return;
    }
    this.#required(target, shape);
    this.#fields(target, name);
  }

  #fields(target: DocumentNode, name: ShapeName): void {
    const shape = SHAPES[name];
    const value = isObject(target.value) ? target.value : {};
    for (const field of Object.keys(value)) {
      const known = Object.hasOwn(shape.fields, field) ? shape.fields[field] : undefined;
      const isKnown = known !== undefined && exists(known, this.#reading.version);
      // Most are right, and what is right needs no place.
      if (isKnown && isRight(value[field], known.rule, this.#reading.version)) continue;
      const child = childOf(target, field);
      if (isKnown) this.#value(child, known.rule, `"${field}"`);
      else if (field.startsWith('x-') || (shape.referable && field === '$ref')) continue;
      else if (shape.others) this.#value(child, shape.others, `"${field}"`);
      else this.#unknown(child, field, shape);
    }
    for (const finding of findingsOf(target, name)) {
      const at = placeOf(finding.node);
      const { message, hint, severity = 'error', code = 'openapi-invalid' } = finding;
      report(this.#reading, code, message, { at, hint, severity });
    }
  }

  /** Components are referred to from many places, and may refer to each other in circles. */
  #isDone(node: DocumentNode, name: ShapeName): boolean {
    if (!isObject(node.value)) {
      const place = `${name} ${node.document.file}#${node.pointer}`;
      const isTold = this.#told.has(place);
      this.#told.add(place);
      return isTold;
    }
    const done = this.#done.get(name) ?? new WeakSet();
    this.#done.set(name, done);
    const isDone = done.has(node.value);
    done.add(node.value);
    return isDone;
  }

  /** What a `$ref` names; siblings of it have no effect, but for the two that 3.1 allows. */
  #target(node: DocumentNode, name: ShapeName): DocumentNode | undefined {
    if (!isObject(node.value) || typeof own(node.value, '$ref') !== 'string') return node;
    const allowed = this.#reading.version === '3.1' ? ['$ref', 'summary', 'description'] : ['$ref'];
    if (name === 'PathItem') return this.#besidePathItem(node);
    for (const [key, child] of entriesOf(node)) {
      if (allowed.includes(key) || key.startsWith('x-')) continue;
      report(this.#reading, 'unsupported-keyword', `"${key}" beside $ref has no effect.`, {
        at: placeOf(child),
        hint: 'change what it refers to instead',
      });
    }
    return dereference(this.#reading, node);
  }

  /** What stands beside the `$ref` of a path item joins it; of what both have, OpenAPI leaves open which one holds. */
  #besidePathItem(node: DocumentNode): DocumentNode | undefined {
    this.#fields(node, 'PathItem');
    const target = dereference(this.#reading, node);
    for (const [key, child] of target ? entriesOf(node) : []) {
      if (!target || !has(target, key) || ['$ref', 'summary', 'description', 'parameters'].includes(key)) continue;
      const message = `"${key}" stands here and in what $ref leads to; this one holds.`;
      report(this.#reading, 'openapi-invalid', message, {
        at: placeOf(child),
        hint: 'remove one of the two',
        severity: 'warning',
      });
    }
    return target;
  }

  #required(node: DocumentNode, shape: Shape): void {
    for (const [name, field] of requiredOf(shape)) {
      if (has(node, name)) continue;
      if (field.required === '3.0' && this.#reading.version !== '3.0') continue;
      // A key that was misspelled is told as such, not as missing.
      if (entriesOf(node).some(([key]) => !Object.hasOwn(shape.fields, key) && suggest(key, [name]))) continue;
      const hint = name === 'responses' ? 'add e.g. responses: { 200: { description: OK } }' : `add "${name}"`;
      report(this.#reading, 'missing-key', `"${name}" is missing: ${shape.title} needs it.`, {
        at: placeOf(node),
        hint,
        ...(field.required === 'for-people' ? { severity: 'warning' as const } : {}),
      });
    }
  }

  #unknown(node: DocumentNode, field: string, shape: Shape): void {
    const known = Object.hasOwn(shape.fields, field);
    const names = Object.keys(shape.fields);
    const near = suggest(field, names);
    const message = known
      ? `"${field}" came with OpenAPI 3.1, and this document is 3.0.`
      : `"${field}" is no key of ${shape.title}.`;
    const hint = known ? 'write openapi: 3.1.0' : (ELSEWHERE[field] ?? (near ? `did you mean "${near}"?` : undefined));
    report(this.#reading, 'unknown-key', message, {
      at: placeOf(node),
      hint: hint ?? `one of ${names.join(', ')}`,
    });
  }

  #value(node: DocumentNode, rule: Rule, title: string): void {
    switch (rule.kind) {
      case 'anything':
      case 'schema':
        return;
      case 'text':
        this.#text(node, title);
        return;
      case 'flag':
        if (typeof node.value !== 'boolean') this.#wrongType(node, `${title} is true or false`, unquoted(node.value));
        return;
      case 'one-of':
        this.#oneOf(node, rule.values, title);
        return;
      case 'object':
        this.object(node, rule.shape);
        return;
      case 'list':
        this.#list(node, rule.items, title);
        return;
      case 'map':
        this.#map(node, rule, title);
        return;
      default:
        rule satisfies never;
    }
  }

  /** A number where a text belongs (`version: 1.0`) is understood, and still not right. */
  #text(node: DocumentNode, title: string): void {
    if (typeof node.value === 'string') return;
    const scalar = typeof node.value === 'number' || typeof node.value === 'boolean';
    if (scalar) {
      report(this.#reading, 'invalid-value', `${title} is a text, not ${kindOf(node.value)}.`, {
        at: placeOfValue(node),
        severity: 'warning',
        hint: 'put it in quotes',
      });
    } else if (node.value === null) {
      const at = placeOf(node);
      const message = `${title} has nothing behind it.`;
      report(this.#reading, 'invalid-value', message, {
        at,
        severity: 'warning',
        hint: 'write "" or remove the key',
      });
    } else this.#wrongType(node, `${title} is a text`);
  }

  #oneOf(node: DocumentNode, values: readonly string[], title: string): void {
    if (values.some((value) => value === node.value)) return;
    const other = typeof node.value === 'string' ? OTHER_VALUES[node.value] : undefined;
    const near = typeof node.value === 'string' ? suggest(node.value, values) : undefined;
    this.#wrongType(node, `${title} is one of ${values.join(', ')}`, other ?? (near && `did you mean "${near}"?`));
  }

  #list(node: DocumentNode, items: Rule, title: string): void {
    if (!Array.isArray(node.value)) {
      this.#wrongType(node, `${title} is a list`, isObject(node.value) ? 'begin each entry with "- "' : undefined);
      return;
    }
    for (const item of itemsOf(node)) this.#value(item, items, `an entry of ${title}`);
  }

  #map(node: DocumentNode, rule: MapRule, title: string): void {
    if (!isObject(node.value)) {
      // `paths:` with nothing behind it describes nothing, yet is what everybody begins with.
      this.#wrongType(node, `${title} is an object`, node.value === null ? 'write {} or remove the key' : undefined);
      return;
    }
    if (rule.keys === 'status' && Object.keys(node.value).length === 0) {
      const hint = 'add e.g. 200: { description: OK }';
      report(this.#reading, 'missing-key', `${title} needs at least one response.`, { at: placeOf(node), hint });
    }
    for (const child of childrenOf(node)) {
      const key = child.step;
      if (hasExtensions(rule) && key.startsWith('x-')) continue;
      if (rule.keys) this.#key(child, key, rule.keys);
      this.#value(child, rule.values, `"${key}"`);
    }
  }

  #key(node: DocumentNode, key: string, rule: KeyRule): void {
    const problem = KEY_RULES[rule](key);
    if (!problem) return;
    report(this.#reading, KEY_CODES[rule], problem.message, {
      at: placeOf(node),
      hint: problem.hint,
      ...(problem.mild ? { severity: 'warning' as const } : {}),
    });
  }

  #wrongType(node: DocumentNode, expected: string, hint?: string): void {
    const message = `${capital(expected)}, not ${kindOf(node.value)}.`;
    report(this.#reading, 'invalid-value', message, { at: placeOfValue(node), hint });
  }
}

function hasExtensions({ keys }: MapRule): boolean {
  return keys === 'path' || keys === 'status';
}

function findingsOf(node: DocumentNode, name: ShapeName): readonly ShapeFinding[] {
  const pair = SHAPES[name].exclusive;
  return [...(pair ? exclusive(node, ...pair) : []), ...(SHAPE_RULES[name]?.(node) ?? [])];
}

/** What a key of a map is when it is wrong. */
const KEY_CODES = {
  path: 'openapi-invalid',
  status: 'invalid-status',
  component: 'openapi-invalid',
  'media-type': 'invalid-media-type',
} as const satisfies Record<KeyRule, DiagnosticCode>;

function unquoted(value: unknown): string | undefined {
  return value === 'true' || value === 'false' ? 'remove the quotes' : undefined;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

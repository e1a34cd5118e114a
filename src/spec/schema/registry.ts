/**
 * The `$defs` in the making: every schema that is referred to gets one name and is lifted once, however often and from
 * wherever it is named, so that recursion ends.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { JsonSchema, Position, SchemaObject } from '../../model/description.ts';
import type { ParsedDocument } from '../document/document.ts';
import { childOf, type DocumentNode, type Library } from '../document/library.ts';
import { placeOf } from '../document/node.ts';
import { resourceRoot } from '../document/schema-resource.ts';
import { joinPointer, stepsOf } from '../pointer.ts';
import { isObject, own } from '../record.ts';
import { findEndless } from './cycles.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type DynamicScope, DynamicScopes, noScope, outermost } from './dynamic-scope.ts';
import { liftNode } from './lift.ts';
import type { LiftContext } from './lifting.ts';

interface Waiting {
  readonly name: string;
  readonly node: DocumentNode;
  readonly dialect: Dialect;
  readonly scope: DynamicScope;
}

export class SchemaRegistry {
  /** Without a prototype: names come from a stranger. */
  readonly $defs: Record<string, JsonSchema> = Object.create(null);
  readonly schemaPositions: Record<string, Position> = Object.create(null);
  readonly diagnostics: Diagnostic[] = [];
  readonly mentioned: { readonly document: string; readonly at: Position }[] = [];
  readonly library: Library;
  readonly #names = new Map<ParsedDocument, Map<string, string>>();
  readonly #taken = new Set<string>();
  /** Answers to references into the same document that mean the same wherever they stand. */
  readonly #referred = new Map<ParsedDocument, Map<string, Reference>>();
  readonly #scopes: DynamicScopes;
  #isOverrun = false;
  #waiting: Waiting[] = [];

  constructor(library: Library) {
    this.library = library;
    this.#scopes = new DynamicScopes(library);
  }

  /** A name that nothing else has: as wanted, else with a number behind. */
  reserve(wanted: string): string {
    const name = uniqueName(safeName(wanted), this.#taken);
    this.#taken.add(name);
    return name;
  }

  /**
   * Gives a schema a name in `$defs`, and answers with the name that it got. It is lifted by the next `settle` or
   * `lift`: define all that have a name of their own first, so that none is taken by a reference on the way.
   *
   * @param dialect what the schema is written in unless it says so itself; default: a guess
   */
  define(wanted: string, node: DocumentNode, dialect?: Dialect): string {
    const scope = this.enter(noScope, node);
    const key = this.#scopeKey(scope, node);
    const known = this.#nameOf(node, key);
    if (known !== undefined && known === wanted) return known;
    const name = this.reserve(wanted);
    this.#remember(node, name, key, { dialect: dialectOf(node.value, dialect), scope });
    return name;
  }

  /** A schema that stands inline: lifted, its references led to `#/$defs/…`. */
  lift(node: DocumentNode, dialect?: Dialect): JsonSchema {
    const scope = this.enter(noScope, node);
    const reference = pureReference(node.value);
    const known = reference === undefined ? undefined : this.#referredTo(reference, childOf(node, '$ref'), scope);
    if (known) return known;
    const lifted = liftNode(node, { registry: this, dialect: dialectOf(node.value, dialect), out: undefined, scope });
    this.settle();
    return lifted;
  }

  /** Lifts all that was defined or referred to and is not lifted yet. */
  settle(): void {
    if (this.#waiting.length === 0) return;
    const fresh: string[] = [];
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const { name, node, ...context } = next;
      const out = joinPointer('#/$defs', name);
      this.$defs[name] = liftNode(node, { registry: this, out, ...context });
      fresh.push(name);
    }
    for (const name of findEndless(this.$defs, fresh)) {
      this.$defs[name] = true;
      this.report(
        diagnostic('circular-type', `The schema "${name}" consists of itself, so that nothing can be checked by it.`, {
          at: this.schemaPositions[joinPointer('#/$defs', name)],
          hint: 'refer to it from a property or from items instead',
        }),
      );
    }
  }

  /**
   * The `$ref` into `$defs` for a reference that stands at `node`, or `undefined` (and a finding) if it leads nowhere.
   */
  refer(reference: string, node: DocumentNode, context: LiftContext): string | undefined {
    const before = this.#referredTo(reference, node, context.scope);
    if (before) return before.$ref;
    const written = this.library.resolve(reference, node);
    if (!written) return undefined;
    const target = outermost(written, reference, node.step, context.scope);
    const scope = this.enter(context.scope, target);
    const key = this.#scopeKey(scope, target);
    const known = this.#nameOf(target, key);
    if (known !== undefined) {
      const $ref = joinPointer('#/$defs', known);
      if (scope.size === 0 && isPlain(reference, node)) this.#rememberReference(reference, node.document, { $ref });
      return $ref;
    }
    const [, , around] = key === '' ? [] : stepsOf(context.out ?? '');
    const name = this.reserve(around === undefined ? nameFor(target) : `${around}-${nameFor(target)}`);
    const sameFile = target.document === node.document;
    const dialect = sameFile ? context.dialect : dialectOf(target.document.value, context.dialect);
    this.#remember(target, name, key, { dialect: dialectOf(target.value, dialect), scope });
    return joinPointer('#/$defs', name);
  }

  target(reference: string, node: DocumentNode): DocumentNode | undefined {
    return this.library.resolve(reference, node);
  }

  enter(scope: DynamicScope, node: DocumentNode): DynamicScope {
    return this.#scopes.enter(scope, node);
  }

  /** A relationship of Ramses leads to this document; whether there is one is known when all are read. */
  mention(document: string, at: Position): void {
    this.mentioned.push({ document, at });
  }

  report(finding: Diagnostic): void {
    this.diagnostics.push(finding);
  }

  place(out: string, at: Position): void {
    this.schemaPositions[out] = at;
  }

  /** Remembers the name; and, for a schema that is nothing but a reference, the same name for what it refers to. */
  #remember(node: DocumentNode, name: string, key: string, context: Omit<Waiting, 'name' | 'node'>): void {
    this.#setName(node, key, name);
    const end = context.scope.size === 0 ? this.#throughReferences(node, name) : node;
    this.#waiting.push({ name, node: end, ...context });
  }

  /** A description of a thousand operations refers to each of its schemas five times and more. */
  #referredTo(reference: string, node: DocumentNode, scope: DynamicScope): Reference | undefined {
    const known = scope.size === 0 ? this.#referred.get(node.document)?.get(reference) : undefined;
    return known && isPlain(reference, node) ? known : undefined;
  }

  #rememberReference(reference: string, document: ParsedDocument, found: Reference): void {
    const ofDocument = this.#referred.get(document) ?? new Map<string, Reference>();
    this.#referred.set(document, ofDocument);
    ofDocument.set(reference, found);
  }

  #throughReferences(node: DocumentNode, name: string): DocumentNode {
    let current = node;
    for (;;) {
      const reference = pureReference(current.value);
      // Within one file each has a name of its own, and the reference stays a reference.
      if (reference === undefined || reference.startsWith('#')) return current;
      const target = this.library.resolve(reference, childOf(current, '$ref'));
      // What has dynamic anchors is entered by the way of references, and not as if it stood here.
      if (!target || this.#nameOf(target, '') !== undefined || this.enter(noScope, target).size > 0) return current;
      this.#setName(target, '', name);
      current = target;
    }
  }

  #scopeKey(scope: DynamicScope, node: DocumentNode): string {
    const key = this.#scopes.keyOf(scope, node);
    if (key !== undefined) return key;
    if (!this.#isOverrun) {
      this.#isOverrun = true;
      const message = 'Dynamic references lead so many ways from here that some are read as plain ones.';
      this.report(diagnostic('unsupported-keyword', message, { at: placeOf(node), hint: 'write $ref' }));
    }
    return '';
  }

  #nameOf(node: DocumentNode, key: string): string | undefined {
    return this.#names.get(node.document)?.get(placeKey(node, key));
  }

  #setName(node: DocumentNode, key: string, name: string): void {
    const names = this.#names.get(node.document) ?? new Map<string, string>();
    this.#names.set(node.document, names);
    names.set(placeKey(node, key), name);
  }
}

/** A definition: where it stands, and what its dynamic references lead to. */
function placeKey({ pointer }: DocumentNode, key: string): string {
  return key === '' ? pointer : `${pointer}\n${key}`;
}

type Reference = SchemaObject & { readonly $ref: string };

/** Whether a reference leads into the document that it stands in, by way of no `$id`. */
function isPlain(reference: string, node: DocumentNode): boolean {
  return reference.startsWith('#') && resourceRoot(node).parent === undefined;
}

function pureReference(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  for (const keyword in value) if (keyword !== '$ref') return undefined;
  const reference = own(value, '$ref');
  return typeof reference === 'string' ? reference : undefined;
}

/** Steps that say what a schema is used for, not what it is. */
const NAMELESS =
  /^(schema|items|additionalProperties|not|if|then|else|allOf|anyOf|oneOf|content|application\/.*|[0-9]+)$/;

/** A good name for a schema that has none: the last telling step of its pointer, else the base name of its file. */
function nameFor(node: DocumentNode): string {
  const telling = stepsOf(node.pointer).filter((step) => !NAMELESS.test(step));
  const fileName = node.document.file.replace(/^.*\//, '').replace(/([.-]schema)?(\.[A-Za-z]+)?$/, '');
  return telling.at(-1) ?? fileName;
}

/** Letters, digits, `.`, `_` and `-` need no escaping in a pointer, a URL or a file name. */
function safeName(wanted: string): string {
  const name = wanted.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '');
  return name === '' || name === '__proto__' ? 'Schema' : name;
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    if (!taken.has(`${name}${number}`)) return `${name}${number}`;
  }
}

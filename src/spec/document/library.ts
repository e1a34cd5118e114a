/**
 * The documents of one reading, each parsed once, and the way from a `$ref` to what it names.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { suggest } from '../../suggest.ts';
import { escapeStep, joinPointer, stepsOf, valueAt, valueBelow } from '../pointer.ts';
import { isObject, own } from '../record.ts';
import type { Source } from '../source.ts';
import { type ParsedDocument, parseDocument } from './document.ts';
import { childOf, type DocumentNode, placeOfValue, rootOf } from './node.ts';
import { originOf } from './origin.ts';
import {
  baseOf,
  baseWithin,
  collectDynamicAnchors,
  isIdentifier,
  NO_ANCHORS,
  resolved,
  resourceRoot,
  resourceWith,
} from './schema-resource.ts';

export { childOf, DocumentNode, rootOf } from './node.ts';

export class Library {
  readonly diagnostics: Diagnostic[] = [];
  readonly #source: Source;
  readonly #files = new Map<string, ParsedDocument>();
  readonly #documents: ParsedDocument[] = [];
  /** Dynamic anchors of the documents that have some, by the schema resource they belong to. */
  readonly #anchors = new Map<ParsedDocument, ReadonlyMap<string, ReadonlyMap<string, DocumentNode>>>();
  readonly #identified = new Map<ParsedDocument, ReadonlyMap<string, string>>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** All that was read so far. */
  documents(): readonly ParsedDocument[] {
    return this.#documents;
  }

  /** Opens a file, named as in the file `from` (default: the root file). What keeps it closed is a finding. */
  open(reference: string, from?: string, at?: Position): ParsedDocument | undefined {
    const outcome = this.#source.read(reference, from, at);
    if ('problem' in outcome) {
      this.diagnostics.push(outcome.problem);
      return undefined;
    }
    const { path, text } = outcome.file;
    const known = this.#files.get(path);
    if (known) return known;
    const document = this.#keep(parseDocument(text, path), text);
    this.#files.set(path, document);
    return document;
  }

  /** Parses a text that stands inside of a file, such as a schema within RAML, at `near` or below. */
  embed(text: string, near: Position): ParsedDocument {
    const origin = this.originOf(text, near);
    return this.#keep(parseDocument(text, origin.file, origin), text);
  }

  /** Where a text begins that was taken out of a file, at `near` or below. */
  originOf(text: string, near: Position): Position {
    return originOf(text, near, this.#source);
  }

  /**
   * Follows a reference that stands at `node`: `#/a/b`, `other.yaml#/a/b`, `#anchor`, or the `$id` of a schema that was
   * read. What leads nowhere, outside or to the network is a finding, and the answer `undefined`.
   */
  resolve(reference: string, node: DocumentNode): DocumentNode | undefined {
    const [path = '', fragment = ''] = splitOnce(reference, '#');
    const home =
      path === ''
        ? resourceRoot(node)
        : (this.#byIdentifier(path) ?? this.#byIdentifier(resolved(path, baseOf(node))) ?? this.#load(path, node));
    if (!home) return undefined;
    const target = this.#follow(decode(fragment), home);
    if (target) return target;
    this.#unresolved(reference, decode(fragment), home, node);
    return undefined;
  }

  /** As `resolve`, without a finding for what leads nowhere. */
  glance(reference: string, node: DocumentNode): DocumentNode | undefined {
    const before = this.diagnostics.length;
    const target = this.resolve(reference, node);
    // What is wrong within a file that was opened on the way is told once, and so must stay.
    const fresh = this.diagnostics.splice(before).filter(({ at }) => at && at.file !== node.document.file);
    this.diagnostics.push(...fresh);
    return target;
  }

  /**
   * The schemas with a `$dynamicAnchor` (or `$recursiveAnchor: true`, whose name is empty) in the schema resource that a
   * node stands in: below the nearest `$id`, and above the next ones.
   */
  dynamicAnchors(node: DocumentNode): ReadonlyMap<string, DocumentNode> {
    const anchors = this.#anchors.get(node.document);
    return anchors?.get(resourceWith(node).pointer) ?? NO_ANCHORS;
  }

  #load(path: string, node: DocumentNode): DocumentNode | undefined {
    const at = placeOfValue(node);
    const local = this.#meantLocally(path, node.document);
    if (local !== undefined && 'problem' in this.#source.read(decode(path), node.document.file)) {
      const message = `The reference "${path}" names a file, and there is none.`;
      this.diagnostics.push(diagnostic('unresolved-reference', message, { at, hint: `did you mean "${local}"?` }));
      return undefined;
    }
    const document = this.open(decode(path), node.document.file, at);
    return document && rootOf(document);
  }

  /** A reference within the file of which `#/`, or all but the name, was forgotten. */
  #meantLocally(path: string, document: ParsedDocument): string | undefined {
    const places = ['', 'components/schemas/', 'definitions/', '$defs/'].map((folder) => `/${folder}${path}`);
    const place = places.find((pointer) => valueAt(document.value, pointer) !== undefined);
    return place && `#${place}`;
  }

  #keep(document: ParsedDocument, text: string): ParsedDocument {
    // Hardly any text has them, and to look for the word costs next to nothing.
    if (/\$(?:dynamic|recursive)Anchor/.test(text)) this.#anchors.set(document, collectDynamicAnchors(document));
    this.diagnostics.push(...document.diagnostics);
    this.#documents.push(document);
    return document;
  }

  #follow(fragment: string, home: DocumentNode): DocumentNode | undefined {
    if (fragment === '') return home;
    if (fragment.startsWith('/')) {
      const below = childOf(home, ...stepsOf(fragment));
      if (below.value !== undefined) return below;
      // Many descriptions count from the top of the file, although an `$id` above makes a new top.
      const above = childOf(rootOf(home.document), ...stepsOf(fragment));
      return above.value === undefined ? undefined : above;
    }
    const identifiers = this.#identifiers(home.document);
    // Each `$id` begins a space of anchors; people also name those of the file around.
    const pointer = identifiers.get(anchorWithin(baseWithin(home), fragment)) ?? identifiers.get(`#${fragment}`);
    return pointer === undefined ? undefined : childOf(rootOf(home.document), ...stepsOf(pointer));
  }

  #byIdentifier(path: string): DocumentNode | undefined {
    for (const document of this.#documents) {
      const pointer = this.#identifiers(document).get(path);
      if (pointer !== undefined) return childOf(rootOf(document), ...stepsOf(pointer));
    }
    return undefined;
  }

  #identifiers(document: ParsedDocument): ReadonlyMap<string, string> {
    const known = this.#identified.get(document);
    if (known) return known;
    const found = new Map<string, string>();
    collectIdentifiers(document.value, '', undefined, found);
    this.#identified.set(document, found);
    return found;
  }

  #unresolved(reference: string, fragment: string, home: DocumentNode, node: DocumentNode): void {
    if (valueAt(home.value, `/${fragment}`) !== undefined) {
      this.diagnostics.push(
        diagnostic('unresolved-reference', `The reference "${reference}" names an anchor that does not exist.`, {
          at: placeOfValue(node),
          hint: `did you mean "${reference.replace('#', '#/')}"?`,
        }),
      );
      return;
    }
    const { missing, siblings } = deadEnd(fragment, home);
    const sibling = suggest(missing, siblings);
    this.diagnostics.push(
      diagnostic('unresolved-reference', `The reference "${reference}" leads nowhere: there is no "${missing}".`, {
        at: placeOfValue(node),
        hint: sibling && `did you mean "${reference.slice(0, -escapeStep(missing).length)}${escapeStep(sibling)}"?`,
      }),
    );
  }
}

/** `$id`, draft 4's `id`, `$anchor` and `$dynamicAnchor`, as references write them, with the pointer of each. */
function collectIdentifiers(
  value: unknown,
  pointer: string,
  base: string | undefined,
  found: Map<string, string>,
): void {
  if (typeof value !== 'object' || value === null) return;
  let baseHere = base;
  if (isObject(value)) {
    const id = own(value, '$id') ?? own(value, 'id');
    if (typeof id === 'string') {
      for (const name of [id, resolved(id, base)]) remember(name.replace(/#$/, ''), pointer, found);
      if (isIdentifier(id)) baseHere = resolved(id, base);
    }
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = own(value, keyword);
      if (typeof anchor !== 'string') continue;
      remember(`#${anchor}`, pointer, found);
      remember(anchorWithin(baseHere, anchor), pointer, found);
    }
  }
  for (const [key, child] of Object.entries(value)) {
    collectIdentifiers(child, joinPointer(pointer, key), baseHere, found);
  }
}

function remember(name: string, pointer: string, found: Map<string, string>): void {
  if (name !== '' && !found.has(name)) found.set(name, pointer);
}

/** An anchor of one schema resource, apart from `#anchor`, which is the first one of the document. */
function anchorWithin(base: string | undefined, anchor: string): string {
  return `within ${base ?? ''}#${anchor}`;
}

/** The first step of a pointer that does not exist, and what stands beside where it would be. */
function deadEnd(
  fragment: string,
  home: DocumentNode,
): { readonly missing: string; readonly siblings: readonly string[] } {
  let current = home.value;
  for (const step of stepsOf(fragment)) {
    const next = valueBelow(current, [step]);
    if (next === undefined) {
      return { missing: step, siblings: isObject(current) ? Object.keys(current) : [] };
    }
    current = next;
  }
  return { missing: fragment, siblings: [] };
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Percent-decoded; a stray `%` stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Path templates as segments, and all paths of a description as one tree: the skeleton on which resources are found.
 */
import type { Operation, PathItem } from './description.ts';
import { isPlural } from './names.ts';

/** One segment of a path template. */
export type Segment =
  /** `books`, `books.json`; `name` is without the extension. */
  | { readonly kind: 'literal'; readonly name: string }
  /** `{isbn}`, `{isbn}.json`. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** `{base}...{head}`, `Books({id})`: more than one value or text around it. */
  | { readonly kind: 'mixed'; readonly name: string };

/**
 * A place in the tree. Parameters share one node whatever their names, since they match the same requests; every path
 * item keeps its own names.
 */
export interface PathNode {
  readonly segment: Segment;
  readonly parent: PathNode | undefined;
  readonly literals: Map<string, PathNode>;
  parameter: PathNode | undefined;
  /** Usually one; several where paths differ only in the names of parameters or in an extension. */
  readonly items: PathItem[];
  /** The operations of all items; of two with one method the first counts. */
  readonly operations: Map<Operation['method'], Operation>;
  /** Steps from the root. */
  readonly depth: number;
}

const extension = /\.(?:json|xml|ya?ml|csv|html?|txt|jsonld|rdf)$/i;
const extensionParameter = /^(?:mediatypeextension|ext|extension|format|_format|suffix)$/i;

/**
 * @example segmentsOf('/books/{isbn}.json') // literal books, parameter isbn
 * @example segmentsOf('/items{mediaTypeExtension}') // literal items
 */
export function segmentsOf(path: string): readonly Segment[] {
  return path
    .split('/')
    .filter((text) => text !== '')
    .map(segmentOf);
}

/** The names of the parameters in a path template, in order. */
export function parametersOf(path: string): readonly string[] {
  if (!path.includes('{')) return [];
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => (match[1] ?? '').replace(/[*+?]$/, ''));
}

/** All paths as one tree; the root stands for `/`. */
export function pathTree(paths: readonly PathItem[]): PathNode {
  const root: PathNode = node({ kind: 'literal', name: '' }, undefined);
  for (const item of paths) {
    let current = root;
    for (const segment of segmentsOf(item.path)) current = descend(current, segment);
    current.items.push(item);
    for (const operation of item.operations) {
      if (!current.operations.has(operation.method)) current.operations.set(operation.method, operation);
    }
  }
  return root;
}

/** Every node below and including this one, parents before children, in the description's order. */
export function* walk(from: PathNode): Generator<PathNode> {
  const waiting: PathNode[] = [from];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    yield current;
    if (current.parameter !== undefined) waiting.push(current.parameter);
    waiting.push(...[...current.literals.values()].reverse());
  }
}

/** The methods of all operations of a node, some perhaps twice. */
export function methodsOf(from: PathNode): readonly Operation['method'][] {
  return from.items.flatMap(({ operations }) => operations.map(({ method }) => method));
}

/** The operation of a node with this method. */
export function operationOf(from: PathNode, method: Operation['method']): Operation | undefined {
  return from.operations.get(method);
}

/** From the root to the node, without the root. */
export function lineOf(from: PathNode): readonly PathNode[] {
  const line: PathNode[] = [];
  for (let current: PathNode | undefined = from; current?.parent !== undefined; current = current.parent) {
    line.unshift(current);
  }
  return line;
}

/** The nearest literal segment above a parameter (or the node's own name). */
export function literalNameOf(from: PathNode): string | undefined {
  for (let current: PathNode | undefined = from; current?.parent !== undefined; current = current.parent) {
    if (current.segment.kind === 'literal') return current.segment.name;
  }
  return undefined;
}

/** A segment reads as a list of things rather than one thing or an action. */
export function readsAsCollection(from: PathNode): boolean {
  return from.segment.kind === 'literal' && isPlural(from.segment.name);
}

/** A version or mount point, as `v1`, `api`, `rest`: it names nothing that is stored. */
export function isPrefix(name: string): boolean {
  return /^(?:api|rest|v\d+(?:[._-]\d+)*(?:-?(?:alpha|beta|rc)\d*)?|\d{4}-\d{2}-\d{2}|public|internal|latest)$/i.test(
    name,
  );
}

function segmentOf(text: string): Segment {
  const whole = /^\{([^{}]*)\}$/.exec(text.replace(extension, ''));
  if (whole?.[1] !== undefined) return { kind: 'parameter', name: whole[1].replace(/[*+?]$/, '') };
  const suffixed = /^(.*?)\.?\{([^{}]+)\}$/.exec(text);
  if (suffixed?.[1] !== undefined && suffixed[2] !== undefined && extensionParameter.test(suffixed[2])) {
    const inner = segmentOf(suffixed[1]);
    if (suffixed[1] !== '') return inner;
  }
  if (text.includes('{')) return { kind: 'mixed', name: text };
  return { kind: 'literal', name: text.replace(extension, '') || text };
}

function descend(from: PathNode, segment: Segment): PathNode {
  if (segment.kind === 'parameter') {
    from.parameter ??= node(segment, from);
    return from.parameter;
  }
  const known = from.literals.get(segment.name);
  if (known !== undefined) return known;
  const child = node(segment, from);
  from.literals.set(segment.name, child);
  return child;
}

function node(segment: Segment, parent: PathNode | undefined): PathNode {
  return {
    segment,
    parent,
    literals: new Map(),
    parameter: undefined,
    items: [],
    operations: new Map(),
    depth: parent === undefined ? 0 : parent.depth + 1,
  };
}

import { ApiError } from '../../errors.ts';
import { compileSegment, decodeLiteral, type SegmentMatcher } from './segment.ts';

/** What stands at one path: a value per method, with the names of the path's parameters in order. */
export interface Place<Value> {
  /** By method, upper case. */
  readonly methods: Map<string, { readonly value: Value; readonly parameters: readonly string[] }>;
}

export interface Match<Value> {
  readonly place: Place<Value>;
  /** Decoded values of the parameters, in the order of the path. */
  readonly values: readonly string[];
}

export interface Router<Value> {
  /**
   * A later `add` for the same method and the same requests has no effect. `make` is called when a request first comes
   * near: of thousands of operations, a client uses three.
   */
  add(path: string, method: string, make: () => Value): void;
  /**
   * The place for a raw path (percent-encoded, without query), or `undefined`.
   * Throws `ApiError` `malformed-path` where a percent-encoding is broken.
   */
  match(path: string): Match<Value> | undefined;
}

/**
 * A tree of path segments: literals first, then segments such as `{id}.json`, then `{id}`, then `{+rest}`; it goes back where a branch
 * leads nowhere. The cost depends on the length of the path, not on the number of routes. Case sensitive; one trailing
 * slash is of no account.
 *
 * @example
 * const router = createRouter<string>();
 * router.add('/books/{isbn}', 'GET', () => 'a');
 * router.match('/books/42')?.values // ['42']
 */
export function createRouter<Value>(): Router<Value> {
  const root = createNode<Value>();
  return {
    add(path, method, make) {
      const addition = { path, method, make };
      const literal = firstLiteral(path);
      if (literal === undefined) plant(root, addition);
      else addLater(root, literal, addition);
    },
    match(path) {
      const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
      const values: string[] = [];
      // The root's own path has no segment.
      const place = end <= 1 ? root.place : find(root, path, 1, end, values);
      return place && { place, values };
    },
  };
}

interface Addition<Value> {
  readonly path: string;
  readonly method: string;
  readonly make: () => Value;
}

interface Node<Value> {
  readonly literals: Map<string, Node<Value>>;
  /** At the root: what is to be planted below a literal as soon as somebody asks for it. */
  later: Map<string, Addition<Value>[]> | undefined;
  readonly mixed: { readonly matcher: SegmentMatcher; readonly node: Node<Value> }[];
  parameter: Node<Value> | undefined;
  /** `{+name}`: all segments that are left, in one value. */
  rest: Node<Value> | undefined;
  place: Place<Value> | undefined;
}

function createNode<Value>(): Node<Value> {
  return {
    literals: new Map(),
    later: undefined,
    mixed: [],
    parameter: undefined,
    rest: undefined,
    place: undefined,
  };
}

/** `books` of `/books/{isbn}`; `undefined` where a path begins with a parameter or has no segment. */
function firstLiteral(path: string): string | undefined {
  const start = path.startsWith('/') ? 1 : 0;
  const slash = path.indexOf('/', start);
  const text = slash === -1 ? path.slice(start) : path.slice(start, slash);
  return text === '' || text.includes('{') ? undefined : decodeLiteral(text);
}

function addLater<Value>(node: Node<Value>, literal: string, addition: Addition<Value>): void {
  node.later ??= new Map();
  const others = node.later.get(literal);
  if (others) others.push(addition);
  else node.later.set(literal, [addition]);
}

/** The node below a literal, grown if nobody has asked for it before. */
function grown<Value>(node: Node<Value>, literal: string): Node<Value> | undefined {
  const additions = node.later?.get(literal);
  if (additions) {
    node.later?.delete(literal);
    for (const addition of additions) plant(node, addition);
  }
  return node.literals.get(literal);
}

function plant<Value>(root: Node<Value>, { path, method, make }: Addition<Value>): void {
  const { node, parameters } = descend(root, path);
  node.place ??= { methods: new Map() };
  if (!node.place.methods.has(method)) node.place.methods.set(method, { value: make(), parameters });
}

function descend<Value>(root: Node<Value>, path: string): { node: Node<Value>; parameters: readonly string[] } {
  let node = root;
  const parameters: string[] = [];
  const segments = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  for (const text of segments[0] === '' && segments.length === 1 ? [] : segments) {
    const segment = compileSegment(text);
    parameters.push(...segment.parameters);
    node = child(node, segment);
  }
  return { node, parameters };
}

function child<Value>(node: Node<Value>, segment: SegmentMatcher): Node<Value> {
  if (segment.kind === 'parameter') {
    node.parameter ??= createNode();
    return node.parameter;
  }
  if (segment.kind === 'rest') {
    node.rest ??= createNode();
    return node.rest;
  }
  if (segment.kind === 'literal') {
    const known = node.literals.get(segment.shape) ?? createNode<Value>();
    node.literals.set(segment.shape, known);
    return known;
  }
  const known = node.mixed.find(({ matcher }) => matcher.shape === segment.shape);
  if (known) return known.node;
  const created = createNode<Value>();
  node.mixed.push({ matcher: segment, node: created });
  // The one with more text around its values is the more exact one.
  node.mixed.sort((a, b) => b.matcher.shape.length - a.matcher.shape.length);
  return created;
}

function find<Value>(
  node: Node<Value>,
  path: string,
  from: number,
  end: number,
  values: string[],
): Place<Value> | undefined {
  if (from > end) return node.place;
  const slash = path.indexOf('/', from);
  const until = slash === -1 || slash > end ? end : slash;
  const text = decode(path.slice(from, until));
  const literal = node.literals.get(text) ?? (node.later && grown(node, text));
  if (literal) {
    const place = find(literal, path, until + 1, end, values);
    if (place) return place;
  }
  const known = values.length;
  for (const { matcher, node: next } of node.mixed) {
    if (!matcher.match(text, values)) continue;
    const place = find(next, path, until + 1, end, values);
    if (place) return place;
    values.length = known;
  }
  // An empty segment is no value: `/books//reviews` is not the reviews of a book without a name.
  if (node.parameter && text !== '') {
    values.push(text);
    const place = find(node.parameter, path, until + 1, end, values);
    if (place) return place;
    values.length = known;
  }
  if (node.rest?.place) values.push(decode(path.slice(from, end)));
  return node.rest?.place;
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError('malformed-path', `The path segment "${segment}" is not percent-encoded UTF-8.`);
  }
}

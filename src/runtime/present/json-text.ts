/**
 * Leaves members out of a JSON text without parsing it: what stays, stays byte for byte (`1.0`, `12345678901234567890`,
 * escapes), and a document is cut in one pass over its characters. Parsing and stringifying again would be slower and
 * would change numbers that JavaScript cannot hold.
 *
 * Every text here was written by a store, so it is valid JSON; malformed text ends the scan early, never in a loop.
 */
import { fieldNames } from '../../model/field-path.ts';

/** A set of dotted paths as a tree. A leaf stands for the whole value. */
export interface PathTree {
  readonly leaf: boolean;
  readonly children: ReadonlyMap<string, PathTree>;
}

/** Paths lead through arrays: `authors.name` is the name of each author. */
export function pathTree(paths: readonly string[]): PathTree {
  const root: MutableTree = { leaf: false, children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const name of fieldNames(path)) {
      let child = node.children.get(name);
      if (!child) {
        child = { leaf: false, children: new Map() };
        node.children.set(name, child);
      }
      node = child;
    }
    node.leaf = true;
  }
  return root;
}

interface MutableTree {
  leaf: boolean;
  readonly children: Map<string, MutableTree>;
}

/**
 * The text without the members that the tree names.
 *
 * @example dropMembers('{"a":1,"b":{"c":2,"d":3}}', pathTree(['b.c'])) // '{"a":1,"b":{"d":3}}'
 */
export function dropMembers(text: string, tree: PathTree): string {
  return new Cut(text, 'drop').value(tree) ?? text;
}

/**
 * The text with nothing but the members that the tree names, in the document's own order.
 *
 * @example keepMembers('{"a":1,"b":{"c":2,"d":3}}', pathTree(['b.c'])) // '{"b":{"c":2}}'
 */
export function keepMembers(text: string, tree: PathTree): string {
  return new Cut(text, 'keep').value(tree) ?? text;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** One pass over one text. */
class Cut {
  private readonly text: string;
  private readonly mode: 'drop' | 'keep';
  private at = 0;

  constructor(text: string, mode: 'drop' | 'keep') {
    this.text = text;
    this.mode = mode;
  }

  /** The value at the cursor, cut by `tree`; `undefined` for a scalar that a `keep` tree wants to look into. */
  value(tree: PathTree): string | undefined {
    this.skipSpace();
    const code = this.text.charCodeAt(this.at);
    if (code === openBrace) return this.object(tree);
    if (code === openBracket) return this.array(tree);
    const start = this.at;
    this.skipValue();
    return this.mode === 'drop' ? this.text.slice(start, this.at) : undefined;
  }

  private object(tree: PathTree): string {
    const members: string[] = [];
    this.at++;
    for (;;) {
      this.skipSpace();
      const start = this.at;
      if (this.text.charCodeAt(start) !== quote) break;
      this.skipString();
      const key = this.text.slice(start, this.at);
      this.skipTo(':');
      const member = this.member(key, tree.children.get(memberName(key)));
      if (member !== undefined) members.push(member);
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== comma) break;
      this.at++;
    }
    this.skipTo('}');
    return `{${members.join(',')}}`;
  }

  private member(key: string, child: PathTree | undefined): string | undefined {
    const wanted = this.mode === 'drop' ? child === undefined : child?.leaf === true;
    const unwanted = this.mode === 'drop' ? child?.leaf === true : child === undefined;
    if (child === undefined || wanted || unwanted) {
      this.skipSpace();
      const start = this.at;
      this.skipValue();
      return wanted ? `${key}:${this.text.slice(start, this.at)}` : undefined;
    }
    const value = this.value(child);
    return value === undefined ? undefined : `${key}:${value}`;
  }

  private array(tree: PathTree): string {
    const elements: string[] = [];
    this.at++;
    for (;;) {
      this.skipSpace();
      if (this.at >= this.text.length || this.text.charCodeAt(this.at) === closeBracket) break;
      const element = this.value(tree);
      if (element !== undefined) elements.push(element);
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== comma) break;
      this.at++;
    }
    this.skipTo(']');
    return `[${elements.join(',')}]`;
  }

  private skipValue(): void {
    this.skipSpace();
    const first = this.text.charCodeAt(this.at);
    if (first === quote) this.skipString();
    else if (first === openBrace || first === openBracket) this.skipNested();
    else this.skipScalar();
  }

  private skipNested(): void {
    const { text } = this;
    let depth = 0;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === quote) {
        this.skipString();
        continue;
      }
      this.at++;
      if (code === openBrace || code === openBracket) depth++;
      else if (code === closeBrace || code === closeBracket) depth--;
      if (depth === 0) return;
    }
  }

  private skipScalar(): void {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === comma || code === closeBrace || code === closeBracket || code <= 0x20) return;
      this.at++;
    }
  }

  /** From an opening quote to behind the closing one. */
  private skipString(): void {
    const { text } = this;
    let end = text.indexOf('"', this.at + 1);
    while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    this.at = end === -1 ? text.length : end + 1;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && this.text.charCodeAt(this.at) <= 0x20) this.at++;
  }

  private skipTo(mark: string): void {
    const found = this.text.indexOf(mark, this.at);
    this.at = found === -1 ? this.text.length : found + 1;
  }
}

/** A quote is escaped by an odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before--;
  return (at - before) % 2 === 0;
}

/** `"title"` to `title`. An escaped spelling (`"\u0074itle"`) is the same name, and must not smuggle a secret out. */
function memberName(key: string): string {
  if (!key.includes('\\')) return key.slice(1, -1);
  const name: unknown = JSON.parse(key);
  return String(name);
}

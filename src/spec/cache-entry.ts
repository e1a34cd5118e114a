/**
 * An entry of the cache as bytes: a digest, a head, and a line for each part of the model that a server does not need to
 * start. Those are parsed when they are first looked at: of a thousand paths, a client asks for three.
 *
 * All of it is ASCII, with anything else escaped as JSON allows, because bytes that are characters need no decoding.
 */
import { createHash } from 'node:crypto';
import type { ApiModel } from '../model/types.ts';
import type { ReadSpecResult } from './read.ts';
import type { Refusal } from './source.ts';

/** What is kept: a result, and the files that were asked for in vain. */
export interface Entry extends ReadSpecResult {
  readonly refused: readonly Refusal[];
}

export function formatEntry(result: Entry & { readonly model: ApiModel }): string {
  const lines: string[] = [];
  const model = Object.entries(result.model).map(([key, value]: [string, unknown]): [string, unknown] => {
    if (key === 'paths') {
      lines.push(...result.model.paths.map((item) => JSON.stringify(item)));
      return [key, result.model.paths.map((item): PathHead => [item.path, definedKeys(item)])];
    }
    if (isNeededAtStart(key, value)) return [key, value];
    lines.push(JSON.stringify(value));
    return [key, deferred];
  });
  const head = JSON.stringify({ ...result, model: Object.fromEntries(model) });
  const body = toAscii([head, ...lines].join('\n'));
  return `${digest(body)}\n${body}`;
}

/** The same as was formatted, to everybody who looks at it; `undefined` for a damaged entry, whose digest is another. */
export function parseEntry(bytes: Buffer): Entry | undefined {
  const end = bytes.indexOf('\n');
  const body = bytes.subarray(end + 1);
  if (end === -1 || digest(body) !== bytes.toString('latin1', 0, end)) return undefined;
  const nextLine = linesOf(body);
  // Written by `formatEntry` of the same version: the digest vouches for its shape.
  const result = nextLine()() as Entry;
  const model: object = result.model ?? {};
  for (const key of Object.keys(model)) {
    const value: unknown = Reflect.get(model, key);
    if (isPathHeads(key, value)) {
      Reflect.set(
        model,
        key,
        value.map(([path, keys]) => itemOf(path, keys, nextLine())),
      );
    } else if (value === deferred) {
      const parse = nextLine();
      const get = (): unknown => replace(model, key, parse());
      Object.defineProperty(model, key, { ...accessor, get });
    }
  }
  return result;
}

/** In the head: the value has a line of its own. Nothing in a model is `null`. */
const deferred = null;

/** In the head: what routes are made of, and the names of everything else that is on the path's own line. */
type PathHead = readonly [path: string, keys: readonly string[]];

function isPathHeads(key: string, value: unknown): value is readonly PathHead[] {
  return key === 'paths' && Array.isArray(value);
}

/** Data is opened for the resources, and routes are made for the bindings. */
function isNeededAtStart(key: string, value: unknown): boolean {
  return key === 'resources' || key === 'bindings' || typeof value !== 'object';
}

/** Those that JSON keeps, in its order. */
function definedKeys(object: object): readonly string[] {
  return Object.keys(object).filter((key) => Reflect.get(object, key) !== undefined);
}

/** A path item whose line is parsed when the first of its other properties is looked at. */
function itemOf(path: string, keys: readonly string[], parse: () => unknown): object {
  const item = { path };
  unparsed.set(item, { keys, parse });
  // In the order of the keys, so that it is written as it was.
  for (const key of keys) if (key !== 'path') Object.defineProperty(item, key, accessorOf(key));
  return item;
}

const unparsed = new WeakMap<object, { readonly keys: readonly string[]; readonly parse: () => unknown }>();

/**
 * One accessor for all items that have the property: with the same ones, V8 gives them one hidden class, and makes a
 * thousand items in a tenth of the time.
 */
function accessorOf(key: string): PropertyDescriptor {
  let known = accessors.get(key);
  if (known === undefined) {
    known = {
      ...accessor,
      get(this: object): unknown {
        settle(this);
        return Reflect.get(this, key);
      },
    };
    accessors.set(key, known);
  }
  return known;
}

const accessors = new Map<string, PropertyDescriptor>();

function settle(item: object): void {
  const later = unparsed.get(item);
  if (later === undefined) return;
  unparsed.delete(item);
  const parsed: object = Object(later.parse());
  for (const key of later.keys) replace(item, key, Reflect.get(parsed, key));
}

function replace<Value>(target: object, key: string, value: Value): Value {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

const accessor = { enumerable: true, configurable: true } as const;

/** Gives one line after the other, each to be parsed at leisure. */
function linesOf(body: Buffer): () => () => unknown {
  let from = 0;
  return () => {
    const start = from;
    const newline = body.indexOf('\n', start);
    const end = newline === -1 ? body.length : newline;
    from = end + 1;
    return () => JSON.parse(body.toString('latin1', start, end));
  };
}

function toAscii(json: string): string {
  return json.replace(/[^\n -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

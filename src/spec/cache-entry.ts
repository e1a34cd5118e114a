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
        value.map(([path, keys]) => parsedLater({ path }, keys, nextLine())),
      );
    } else if (value === deferred) {
      const parse = nextLine();
      parsedLater(model, [key], () => ({ [key]: parse() }));
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

/** Gives an object properties that are parsed, all together, when the first of them is looked at. */
function parsedLater<Target extends object>(target: Target, keys: readonly string[], parse: () => unknown): Target {
  const settle = (wanted: string): unknown => {
    const parsed: object = Object(parse());
    for (const key of keys) Object.defineProperty(target, key, { ...plain, value: Reflect.get(parsed, key) });
    return Reflect.get(target, wanted);
  };
  for (const key of keys) {
    const isKnown = Object.hasOwn(target, key) && Reflect.get(target, key) !== deferred;
    // In the order of the keys, so that it is written as it was.
    if (!isKnown) Object.defineProperty(target, key, { ...accessor, get: () => settle(key) });
  }
  return target;
}

const plain = { enumerable: true, configurable: true, writable: true } as const;
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

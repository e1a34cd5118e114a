/**
 * An overlay or extension after what it changes: the parser gives what was added before what was there, so that the
 * paths of an extension would come before those of its API.
 */
import { parseDocument } from '../../document/document.ts';
import { isObject, type Json, own } from '../../record.ts';
import type { Source } from '../../source.ts';
import { textOf } from '../parsed.ts';

/** The specification with its lists in the order in which the files say them, from the API to the last change of it. */
export function baseFirst(specification: Json, source: Source): Json {
  return inOrder(specification, chainOf(source));
}

/** The root file and what it extends, the innermost first. */
function chainOf(source: Source): readonly Json[] {
  const chain: Json[] = [];
  const seen = new Set<string>();
  let outcome = source.read(source.rootFile);
  while ('file' in outcome && !seen.has(outcome.file.path)) {
    const { path, text } = outcome.file;
    seen.add(path);
    const { value } = parseDocument(text, path);
    if (!isObject(value)) break;
    chain.unshift(value);
    const base = textOf(own(value, 'extends'));
    if (base === undefined) break;
    outcome = source.read(base, path);
  }
  return chain;
}

/** An element of the parser's JSON whose lists follow the keys of what was written for it, in one file or several. */
function inOrder(element: Json, written: readonly Json[]): Json {
  if (written.length === 0) return element;
  return Object.fromEntries(
    Object.entries(element).map(([field, list]) => {
      if (!Array.isArray(list)) return [field, list];
      // Resources and methods are keys among others; everything else stands under a key of its own.
      const owners = field === 'resources' || field === 'methods' ? written : below(written, field);
      return [field, sorted(list, owners)];
    }),
  );
}

function sorted(list: readonly unknown[], written: readonly Json[]): readonly unknown[] {
  const order = [...new Set(written.flatMap((keys) => Object.keys(keys)).map(plainKey))];
  if (order.length === 0) return list;
  const rank = (item: unknown) => {
    const found = order.indexOf(keyOf(item));
    // What a trait or resource type adds is in none of the files' lists.
    return found === -1 ? order.length : found;
  };
  return list
    .toSorted((one, other) => rank(one) - rank(other))
    .map((item) => (isObject(item) ? inOrder(item, below(written, keyOf(item))) : item));
}

function below(written: readonly Json[], key: string): readonly Json[] {
  return written.flatMap((keys) => {
    const value = own(keys, key) ?? own(keys, `${key}?`);
    return isObject(value) ? [value] : [];
  });
}

function keyOf(item: unknown): string {
  if (!isObject(item)) return '';
  return textOf(item.relativeUri) ?? textOf(item.method) ?? textOf(item.code) ?? textOf(item.name) ?? '';
}

function plainKey(key: string): string {
  return key.replace(/\?$/, '');
}

/**
 * JSON exactly as `JSON.stringify` writes it, on one line or indented, as nearly every tool leaves it.
 *
 * Of such a text `JSON.parse` loses nothing: no key occurs twice, and where something stands follows from what stands
 * before it. It takes a tenth of the time that our own parser does, and places are found when they are asked for.
 */
import { isContainer, isObject } from '../record.ts';
import type { EntryOffsets, ParsedText } from './document.ts';
import { Entries } from './entries.ts';
import { MAX_DEPTH } from './findings.ts';
import { type DocumentNode, offsetsOf } from './node.ts';
import { MAX_ENTRIES, MAX_KEY, MAX_VALUES } from './size.ts';

/** What `JSON.parse` makes of a longer text may be too much before anybody can count it. */
const MAX_LENGTH = 4_000_000;

/**
 * Parses a text that is regular, and within the limits of one document; `undefined` for all others, of which `parseJson`
 * tells what is the matter.
 */
export function parseRegularJson(text: string): ParsedText | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const written = text.trimEnd();
  const indentation = /^[[{]\n([ \t]+)/.exec(written)?.[1] ?? '';
  try {
    const value: unknown = JSON.parse(written);
    if (countValues(value, 0) > MAX_VALUES || JSON.stringify(value, null, indentation) !== written) return undefined;
    const places = new Places(written, indentation);
    return { value, start: 0, entryOf: (parent, step) => places.find(parent, step), diagnostics: [] };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** How many values stand in one, itself included; infinite above a limit. */
function countValues(value: unknown, depth: number): number {
  if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
  let count = 1;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) count += countValues(value[index], depth + 1);
  } else if (isObject(value)) {
    let entries = 0;
    for (const key in value) {
      if (key.length > MAX_KEY || ++entries > MAX_ENTRIES) return Number.POSITIVE_INFINITY;
      const child = value[key];
      count += typeof child === 'object' ? countValues(child, depth + 1) : 1;
    }
  }
  return count;
}

class Places {
  readonly #text: string;
  readonly #indentation: string;
  readonly #entries = new Map<object, Entries>();

  constructor(text: string, indentation: string) {
    this.#text = text;
    this.#indentation = indentation;
  }

  find(parent: DocumentNode, step: string): EntryOffsets | undefined {
    const { value } = parent;
    if (!isContainer(value)) return undefined;
    let entries = this.#entries.get(value);
    if (!entries) {
      entries = this.#entriesOf(value, offsetsOf(parent)[1], depthOf(parent));
      this.#entries.set(value, entries);
    }
    return entries.find(step);
  }

  /** @param start the offset of the opening brace or bracket */
  #entriesOf(container: object, start: number, depth: number): Entries {
    const isArray = Array.isArray(container);
    const keys = Object.keys(container);
    const offsets: number[] = [];
    const margin = this.#margin(depth);
    let at = start + 1;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const keyAt = at + margin;
      const valueAt = isArray ? keyAt : keyAt + this.#lengthOfKey(key);
      offsets.push(keyAt, valueAt);
      // Nothing stands behind the last.
      if (index + 1 < keys.length) at = this.#endOf(Reflect.get(container, key), valueAt, depth + 1) + 1;
    }
    return new Entries(isArray ? undefined : keys, offsets);
  }

  /** From what stands before an entry to the entry: the end of the line, and what the next is indented by. */
  #margin(depth: number): number {
    return this.#indentation === '' ? 0 : 1 + this.#indentation.length * (depth + 1);
  }

  /** From a key to its value. */
  #lengthOfKey(key: string): number {
    return JSON.stringify(key).length + (this.#indentation === '' ? 1 : 2);
  }

  /** Behind the last character of a value. */
  #endOf(value: unknown, start: number, depth: number): number {
    const isNested = isContainer(value) && Object.keys(value).length > 0;
    if (this.#indentation === '' || !isNested) return start + JSON.stringify(value).length;
    // No line in between begins with so little space, and no string has an end of line.
    const closing = `\n${this.#indentation.repeat(depth)}${Array.isArray(value) ? ']' : '}'}`;
    return this.#text.indexOf(closing, start) + closing.length;
  }
}

function depthOf(node: DocumentNode): number {
  let depth = 0;
  for (let above = node.parent; above !== undefined; above = above.parent) depth++;
  return depth;
}

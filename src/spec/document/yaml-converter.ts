/**
 * From the nodes of the YAML parser to plain values, with the place of each entry.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { isObject, setOwn } from '../record.ts';
import type { EntryOffsets } from './document.ts';
import { Entries } from './entries.ts';
import { duplicateKey, MAX_DEPTH, tooDeep } from './findings.ts';
import { keyTooLong, MAX_ENTRIES, MAX_KEY, tooManyEntries } from './size.ts';

/**
 * Values that aliases may add when they are written out. A sane description repeats some parameters and responses; a
 * "billion laughs" text has nine levels of nine.
 */
const MAX_ALIASED_VALUES = 100_000;

export type Locate = (offset: number) => Position;

/** Ends the reading of a text. */
export class Unreadable extends Error {
  readonly finding: Diagnostic;

  constructor(finding: Diagnostic) {
    super(finding.message);
    this.finding = finding;
  }
}

/** A converted value, and the number of values it holds when written out. */
interface Converted {
  readonly value: unknown;
  readonly size: number;
}

/** A mapping on its way, entry by entry. */
export interface Mapping {
  readonly object: Record<string, unknown>;
  readonly offsets: Map<string, EntryOffsets>;
  readonly merged: Converted[];
  size: number;
}

export class Converter {
  /** Where the text that is being converted stands in the whole. */
  base = 0;
  readonly #entries = new Map<object, Entries>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #anchors = new Map<string, Converted | 'open'>();
  readonly #locate: Locate;
  #aliased = 0;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  /** Where an entry of a converted value stands. */
  entryOf(container: object, step: string): EntryOffsets | undefined {
    return this.#entries.get(container)?.find(step);
  }

  convert(node: unknown, depth: number): Converted {
    if (depth > MAX_DEPTH) throw new Unreadable(tooDeep(this.#at(node)));
    if (isAlias(node)) return this.#alias(node.source, node);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const converted = this.#withoutAnchor(node, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  #withoutAnchor(node: unknown, depth: number): Converted {
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) {
      const array: unknown[] = [];
      const offsets: number[] = [];
      let size = 1;
      for (const item of node.items) {
        const converted = this.convert(item, depth + 1);
        const at = this.#offset(item);
        offsets.push(at, at);
        array.push(converted.value);
        size += converted.size;
      }
      // What is empty has no entries to be asked for.
      if (array.length > 0) this.#entries.set(array, new Entries(undefined, offsets));
      return { value: array, size };
    }
    return { value: isScalar(node) ? this.#scalar(node) : null, size: 1 };
  }

  #map(node: YAMLMap, depth: number): Converted {
    const mapping = this.begin();
    this.fill(mapping, node, depth);
    return this.finish(mapping, node);
  }

  /** A mapping without entries. */
  begin(): Mapping {
    return { object: {}, offsets: new Map(), merged: [], size: 1 };
  }

  /** Adds the entries of a node to a mapping, of which the node may be one part. */
  fill(mapping: Mapping, node: YAMLMap, depth: number): void {
    const { object, offsets, merged } = mapping;
    if (offsets.size + node.items.length > MAX_ENTRIES) throw new Unreadable(tooManyEntries(this.#at(node)));
    for (const pair of node.items) {
      const value = this.convert(pair.value, depth + 1);
      mapping.size += value.size;
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      if (key.length > MAX_KEY) throw new Unreadable(keyTooLong(key, this.#at(pair.key)));
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        merged.push(value);
        continue;
      }
      const keyAt = this.#offset(pair.key);
      const first = offsets.get(key);
      if (first) this.diagnostics.push(duplicateKey('YAML', key, this.#locate(keyAt), this.#locate(first[0])));
      offsets.set(key, [keyAt, pair.value === null ? keyAt : this.#offset(pair.value)]);
      setOwn(object, key, value.value);
    }
  }

  /** Puts a value behind the only key of a node, whose line alone was read before. */
  replace({ object, offsets }: Mapping, node: YAMLMap, { value }: Converted, valueAt: number): void {
    const key = this.#key(node.items[0]?.key);
    if (key === undefined) return;
    setOwn(object, key, value);
    offsets.set(key, [offsets.get(key)?.[0] ?? this.base, valueAt]);
  }

  /** The mapping with what its merge keys bring. */
  finish({ object, offsets, merged, size }: Mapping, node: Node | undefined): Converted {
    for (const { value } of merged) this.#merge(object, offsets, value, node);
    // A map takes four times the room of what it holds.
    if (offsets.size > 0) this.#entries.set(object, new Entries([...offsets.keys()], [...offsets.values()].flat()));
    return { value: object, size };
  }

  /** https://yaml.org/type/merge.html: a mapping's own keys win, and of several merged mappings the earlier. */
  #merge(object: Record<string, unknown>, offsets: Map<string, EntryOffsets>, merged: unknown, node: unknown): void {
    for (const source of Array.isArray(merged) ? merged : [merged]) {
      if (!isObject(source)) {
        this.diagnostics.push(
          diagnostic('syntax-error', 'The merge key "<<" takes a mapping, or a list of them.', { at: this.#at(node) }),
        );
        return;
      }
      for (const key of Object.keys(source)) {
        if (Object.hasOwn(object, key)) continue;
        setOwn(object, key, source[key]);
        offsets.set(key, this.entryOf(source, key) ?? [this.#offset(node), this.#offset(node)]);
      }
    }
  }

  /** Keys are text in JSON: `200` is `"200"`, `yes` is `"yes"`, and `1.0` keeps its zero. */
  #key(node: unknown): string | undefined {
    if (isAlias(node)) {
      const { value } = this.#alias(node.source, node);
      if (typeof value !== 'object') return String(value);
    }
    if (isScalar(node)) {
      if (typeof node.value === 'string') return node.value;
      return node.source ?? (node.value === null ? '' : String(node.value));
    }
    this.diagnostics.push(diagnostic('syntax-error', 'A key must be a single value.', { at: this.#at(node) }));
    return undefined;
  }

  #scalar(node: Scalar): unknown {
    const { value } = node;
    if (typeof value === 'bigint') return Number(value);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.diagnostics.push(
        diagnostic('syntax-error', `${node.source ?? value} is no number that JSON knows.`, { at: this.#at(node) }),
      );
      return null;
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    return value === null || value === undefined ? null : String(value);
  }

  #alias(name: string, node: Node): Converted {
    const target = this.#anchors.get(name);
    if (target === undefined || target === 'open') {
      const message =
        target === 'open'
          ? `The alias "*${name}" stands inside of its own anchor.`
          : `No anchor "&${name}" stands above.`;
      this.diagnostics.push(diagnostic('syntax-error', message, { at: this.#at(node) }));
      return { value: null, size: 1 };
    }
    this.#aliased += target.size;
    if (this.#aliased > MAX_ALIASED_VALUES) {
      const message = `Written out, the aliases of this text would make more than ${MAX_ALIASED_VALUES} values.`;
      throw new Unreadable(diagnostic('alias-limit', message, { at: this.#at(node) }));
    }
    return target;
  }

  #at(node: unknown): Position {
    return this.#locate(this.#offset(node));
  }

  #offset(node: unknown): number {
    const stands = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
    return this.base + (stands ? (node.range?.[0] ?? 0) : 0);
  }
}

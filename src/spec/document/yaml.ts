/**
 * YAML 1.2 with places, as plain JSON values: aliases and merge keys (`<<`) resolved, everything else refused.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { isContainer, isObject, setOwn } from '../record.ts';
import type { EntryOffsets, ParsedText } from './document.ts';
import { duplicateKey, MAX_DEPTH, tooDeep } from './findings.ts';
import { keyTooLong, MAX_ENTRIES, MAX_KEY, tooManyEntries, yamlSizeProblem } from './size.ts';
import { hintFor, messageOf } from './yaml-words.ts';

/**
 * Values that aliases may add when they are written out. A sane description repeats some parameters and responses; a
 * "billion laughs" text has nine levels of nine.
 */
const MAX_ALIASED_VALUES = 100_000;

type Locate = (offset: number) => Position;

/** Parses YAML. Of a text with syntax errors, `value` is what the parser could recover. */
export function parseYaml(text: string, locate: Locate): ParsedText {
  const nothing = { value: undefined, start: 0, entryOf: () => undefined };
  const abyss = deepNesting(text);
  if (abyss !== undefined) return { ...nothing, diagnostics: [tooDeep(locate(abyss))] };
  const excess = yamlSizeProblem(text, locate(0));
  if (excess) return { ...nothing, diagnostics: [excess] };
  try {
    // Duplicate keys are found below: the parser's own check compares every key with every other.
    const parsed = parseDocument<Node>(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
    const converter = new Converter(locate);
    const value = parsed.contents ? converter.convert(parsed.contents, 0).value : null;
    const contents = parsed.contents;
    return {
      value,
      start: contents?.range?.[0] ?? 0,
      entryOf: ({ value }, step) => (isContainer(value) ? converter.entries.get(value)?.get(step) : undefined),
      diagnostics: [
        ...syntaxErrors(parsed.errors, contents, locate),
        ...parsed.warnings.map((warning) => syntaxWarning(warning, locate)),
        ...converter.diagnostics,
      ],
    };
  } catch (error) {
    if (error instanceof Unreadable) return { ...nothing, diagnostics: [error.finding] };
    // The parser recurses; its own depth is bounded by the text's, which `deepNesting` can only estimate.
    if (error instanceof RangeError) return { ...nothing, diagnostics: [tooDeep(locate(0))] };
    throw error;
  }
}

class Unreadable extends Error {
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

class Converter {
  readonly entries = new Map<object, Map<string, EntryOffsets>>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #anchors = new Map<string, Converted | 'open'>();
  readonly #locate: Locate;
  #aliased = 0;

  constructor(locate: Locate) {
    this.#locate = locate;
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
      const offsets = new Map<string, EntryOffsets>();
      this.entries.set(array, offsets);
      let size = 1;
      for (const item of node.items) {
        const converted = this.convert(item, depth + 1);
        offsets.set(String(array.length), [offsetOf(item), offsetOf(item)]);
        array.push(converted.value);
        size += converted.size;
      }
      return { value: array, size };
    }
    return { value: isScalar(node) ? this.#scalar(node) : null, size: 1 };
  }

  #map(node: YAMLMap, depth: number): Converted {
    if (node.items.length > MAX_ENTRIES) throw new Unreadable(tooManyEntries(this.#at(node)));
    const object: Record<string, unknown> = {};
    const offsets = new Map<string, EntryOffsets>();
    this.entries.set(object, offsets);
    let size = 1;
    const merged: Converted[] = [];
    for (const pair of node.items) {
      const value = this.convert(pair.value, depth + 1);
      size += value.size;
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      if (key.length > MAX_KEY) throw new Unreadable(keyTooLong(key, this.#at(pair.key)));
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        merged.push(value);
        continue;
      }
      const keyAt = offsetOf(pair.key);
      const first = offsets.get(key);
      if (first) this.diagnostics.push(duplicateKey('YAML', key, this.#locate(keyAt), this.#locate(first[0])));
      offsets.set(key, [keyAt, pair.value === null ? keyAt : offsetOf(pair.value)]);
      setOwn(object, key, value.value);
    }
    for (const { value } of merged) this.#merge(object, offsets, value, node);
    return { value: object, size };
  }

  /** https://yaml.org/type/merge.html: a mapping's own keys win, and of several merged mappings the earlier. */
  #merge(object: Record<string, unknown>, offsets: Map<string, EntryOffsets>, merged: unknown, node: Node): void {
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
        offsets.set(key, this.entries.get(source)?.get(key) ?? [offsetOf(node), offsetOf(node)]);
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
    return this.#locate(offsetOf(node));
  }
}

function offsetOf(node: unknown): number {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0] ?? 0;
  return 0;
}

/**
 * Offset where brackets or list dashes nest thousands of levels deep. The parser would take minutes for megabytes of
 * them. Brackets in text count too, so the limit is far above what text has.
 */
function deepNesting(text: string): number | undefined {
  const limit = 20 * MAX_DEPTH;
  const dashes = /(?:[-?:] ){1000}/.exec(text);
  if (dashes) return dashes.index;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > limit) return at;
  }
  return undefined;
}

/** The first errors tell; those behind them on the same line are mostly consequences. */
function syntaxErrors(errors: readonly YAMLError[], contents: Node | null, locate: Locate): readonly Diagnostic[] {
  const [first] = errors;
  if (!first) return [];
  const open = openQuote(contents, locate);
  // Nothing behind a missing quote is what its author sees.
  if (open !== undefined && locate(open).line <= locate(first.pos[0]).line) return [unclosedQuote(locate(open))];
  const lines = new Set<number>();
  const findings: Diagnostic[] = [];
  for (const error of errors) {
    const at = locate(error.pos[0]);
    if (lines.has(at.line)) continue;
    lines.add(at.line);
    const message = messageOf(error);
    findings.push(diagnostic('syntax-error', message, { at, hint: hintFor(error) }));
    if (findings.length === 20) break;
  }
  return findings;
}

function unclosedQuote(at: Position): Diagnostic {
  return diagnostic('syntax-error', 'The quote that opens here is not closed on its line.', {
    at,
    hint: 'close it, or remove what opens it',
  });
}

function syntaxWarning(warning: YAMLError, locate: Locate): Diagnostic {
  return diagnostic('syntax-error', `${warning.message}.`, { at: locate(warning.pos[0]), severity: 'warning' });
}

/** Offset of the first quoted text that goes over more than one line: in a text with errors, its end was forgotten. */
function openQuote(node: unknown, locate: Locate): number | undefined {
  if (isMap(node)) {
    return firstOf(node.items, ({ key, value }) => openQuote(key, locate) ?? openQuote(value, locate));
  }
  if (isSeq(node)) return firstOf(node.items, (item) => openQuote(item, locate));
  if (!isScalar(node) || !node.range || (node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE'))
    return undefined;
  const [start, end] = node.range;
  return locate(start).line < locate(end - 1).line ? start : undefined;
}

function firstOf<T>(items: readonly T[], find: (item: T) => number | undefined): number | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * YAML 1.2 with places, as plain JSON values: aliases and merge keys (`<<`) resolved, everything else refused.
 */
import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLError, type YAMLMap } from 'yaml';
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { isContainer } from '../record.ts';
import type { ParsedText } from './document.ts';
import { MAX_DEPTH, tooDeep } from './findings.ts';
import { MAX_VALUES, tooManyValues, tooMuchYaml, yamlSize } from './size.ts';
import { Converter, type Locate, type Mapping, Unreadable } from './yaml-converter.ts';
import { type Part, partsOf } from './yaml-parts.ts';
import { hintFor, messageOf } from './yaml-words.ts';

/** Parses YAML. Of a text with syntax errors, `value` is what the parser could recover. */
export function parseYaml(text: string, locate: Locate): ParsedText {
  const abyss = deepNesting(text);
  if (abyss !== undefined) return unread(tooDeep(locate(abyss)));
  const size = yamlSize(text);
  if (size === 'too-much') return unread(tooMuchYaml('too-much', locate(0)));
  try {
    return size === 'whole' ? parseWhole(text, locate) : parseInParts(text, locate);
  } catch (error) {
    if (error instanceof Unreadable) return unread(error.finding);
    // The parser recurses; its own depth is bounded by the text's, which `deepNesting` can only estimate.
    if (error instanceof RangeError) return unread(tooDeep(locate(0)));
    throw error;
  }
}

function unread(finding: Diagnostic): ParsedText {
  return { value: undefined, start: 0, entryOf: () => undefined, diagnostics: [finding] };
}

function parseWhole(text: string, locate: Locate): ParsedText {
  const converter = new Converter(locate);
  const { contents, diagnostics } = parse(text, 0, locate);
  const value = contents ? converter.convert(contents, 0).value : null;
  return {
    value,
    start: contents?.range?.[0] ?? 0,
    entryOf: ({ value: container }, step) => (isContainer(container) ? converter.entryOf(container, step) : undefined),
    diagnostics: [...diagnostics, ...converter.diagnostics],
  };
}

/**
 * The same for a text whose trees would take too much room at once. Only a block mapping can be read so.
 *
 * @param size characters that a part may have
 */
export function parseInParts(text: string, locate: Locate, size = 10_000): ParsedText {
  const converter = new Converter(locate);
  const findings: Diagnostic[] = [];
  const root: Open = { mapping: converter.begin(), base: 0 };
  const open: Open[] = [];
  let values = 0;
  for (const part of partsOf(text, size) ?? [NO_PART]) {
    const current = open.at(-1) ?? root;
    if (part.kind === 'end') {
      open.pop();
      close(converter, current, open.at(-1) ?? root);
      continue;
    }
    const inside = text.slice(part.from, part.to);
    // Before its trees are made: they are what takes the room.
    if (part === NO_PART || yamlSize(inside) !== 'whole') return unread(tooMuchYaml('uncut', locate(part.from)));
    const { contents, diagnostics } = parse(inside, part.from, locate);
    findings.push(...diagnostics);
    if (contents === null && diagnostics.length === 0 && inside !== '') continue;
    // What is no mapping by itself began in the part before.
    if (!isMap(contents)) {
      return {
        ...unread(tooMuchYaml('uncut', locate(part.from))),
        ...(findings.length > 0 && { diagnostics: findings }),
      };
    }
    converter.base = part.from;
    current.start ??= part.from + (contents.range?.[0] ?? 0);
    const before = current.mapping.size;
    converter.fill(current.mapping, contents, open.length);
    values += current.mapping.size - before;
    if (values > MAX_VALUES) return unread(tooManyValues(locate(part.from)));
    if (part.kind === 'open') open.push({ mapping: converter.begin(), base: part.from, key: contents });
  }
  return {
    value: converter.finish(root.mapping, root.key).value,
    start: root.start ?? 0,
    entryOf: ({ value: container }, step) => (isContainer(container) ? converter.entryOf(container, step) : undefined),
    diagnostics: [...findings, ...converter.diagnostics],
  };
}

/** A mapping that is put together from parts. */
interface Open {
  readonly mapping: Mapping;
  /** Where the line of its key begins. */
  readonly base: number;
  readonly key?: YAMLMap;
  start?: number;
}

/** Of a text that is cut nowhere: too large for one part, and so for reading. */
const NO_PART: Part = { kind: 'entries', from: 0, to: 0 };

function close(converter: Converter, { mapping, base, key, start }: Open, parent: Open): void {
  if (key === undefined) return;
  converter.base = base;
  converter.replace(parent.mapping, key, converter.finish(mapping, key), start ?? base);
}

interface Parsed {
  readonly contents: Node | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The nodes of a text that stands at `base` of the whole. */
function parse(text: string, base: number, locateInWhole: Locate): Parsed {
  const locate: Locate = (offset) => locateInWhole(base + offset);
  // Duplicate keys are found by the converter: the parser's own check compares every key with every other.
  const { contents, errors, warnings } = parseDocument<Node>(text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  return {
    contents,
    diagnostics: [
      ...syntaxErrors(errors, contents, locate),
      ...warnings.map((warning) => syntaxWarning(warning, locate)),
    ],
  };
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

/**
 * The adapter around raml-1-parser, and the only file that imports it. Runs in the worker thread (`worker.ts`).
 *
 * The parser is only given our resolvers. That is a matter of safety, not of taste: with its default file resolver it
 * EXECUTES a `raml-lint.js` that lies beside the description, and with its default network resolver it fetches what
 * the description names. `test/spec/raml/confinement.test.ts` holds both.
 */
import { relative, resolve, sep } from 'node:path';
import raml from 'raml-1-parser';
import serializer from 'raml-1-parser/dist/util/jsonSerializerHL.js';
import type { Diagnostic } from '../../diagnostics.ts';
import { isObject, type Json, setOwn } from '../record.ts';
import type { Source, SourceFile } from '../source.ts';
import type { ParsedRaml, ParserFinding, RefusedReference, WorkerAnswer } from './parsed.ts';
import { elementsOf, textOf } from './parsed.ts';
import { PatternGuard, slowPatterns } from './pattern-guard.ts';
import { dataWithoutStandIns, withoutStandIns, withStandIns } from './reserved-names.ts';
import { sizeProblem } from './size.ts';
import { isSuspicious } from './suspicion.ts';

type SyntaxNode = raml.hl.IParseResult;
type SyntaxElement = raml.hl.IHighLevelNode;

/** Parses the root file of a source: in one pass, unless a file must be looked at first. Never rejects. */
export async function parseRaml(source: Source): Promise<WorkerAnswer> {
  const reading: Reading = { source, trusted: new Set(), withheld: [], oversized: [], refused: [] };
  const answer = parseOnce(reading);
  if (reading.oversized.length > 0) return { ...answer, unsafe: reading.oversized };
  if (reading.withheld.length === 0) return answer;
  // Loaded only now: the check needs another parser, and start-up time counts.
  const { parseDocument } = await import('../document/document.ts');
  const unsafe = reading.withheld.flatMap(({ path, text }) =>
    parseDocument(text, path).diagnostics.filter(
      ({ code, message }) => code === 'alias-limit' || /nested/.test(message),
    ),
  );
  if (unsafe.length > 0) return { ...answer, unsafe };
  const trusted = new Set(reading.withheld.map(({ path }) => path));
  return parseOnce({ source, trusted, withheld: [], oversized: [], refused: [] });
}

/** One run of the parser and what it was given. */
interface Reading {
  readonly source: Source;
  /** Suspicious files that were looked at and are fine. */
  readonly trusted: ReadonlySet<string>;
  /** Suspicious files that the parser did not get. */
  readonly withheld: SourceFile[];
  /** Why files are too large for the parser, which did not get them. */
  readonly oversized: Diagnostic[];
  readonly refused: RefusedReference[];
}

function parseOnce(reading: Reading): WorkerAnswer {
  const { source, refused } = reading;
  const patterns = new PatternGuard();
  const resolvers = confinedResolvers(reading, patterns);
  try {
    const root = raml.parseSync(resolve(source.folder, source.rootFile), resolvers);
    const dumped: unknown = new PlacedSerializer(SERIALIZER_OPTIONS).dump(root);
    const meant = resolvers.hasStandIns() ? dataWithoutStandIns(dumped) : dumped;
    return { parsed: toParsed(meant, source), files: source.files(), refused, unsafe: [] };
  } catch (error) {
    const thrown = withoutStandIns(error instanceof Error ? error.message : String(error));
    return { thrown, files: source.files(), refused, unsafe: [] };
  } finally {
    patterns.release();
  }
}

/**
 * `expandSecurity: false` keeps what a security scheme describes (headers, responses) out of the operations, and
 * `expandExpressions: false` leaves `Book[]` and `A | B` as written, for `types/expression.ts`.
 */
const SERIALIZER_OPTIONS = {
  rootNodeDetails: true,
  expandSecurity: false,
  expandExpressions: false,
  allParameters: false,
  attributeDefaults: true,
};

function confinedResolvers(reading: Reading, patterns: PatternGuard) {
  const { source, trusted, withheld, oversized, refused } = reading;
  const sized = new Set<string>();
  const refusedPaths = new Set<string>();
  let hasStandIns = false;
  function read(written: string): string | null {
    const reference = withoutStandIns(written);
    const outcome = source.read(reference);
    if ('file' in outcome) {
      const { path, text: given } = outcome.file;
      const text = withStandIns(given);
      hasStandIns ||= text !== given;
      const problem = sized.has(path) ? undefined : sizeProblem(text, path);
      if (problem) {
        oversized.push(problem);
        return null;
      }
      sized.add(path);
      patterns.watch(slowPatterns(text));
      if (trusted.has(path) || !isSuspicious(text)) return text;
      if (!withheld.includes(outcome.file)) withheld.push(outcome.file);
      return null;
    }
    // The parser asks up to 14 times for one file.
    if (!refusedPaths.has(reference)) refused.push({ path: reference, problem: outcome.problem });
    refusedPaths.add(reference);
    return null;
  }
  // `null` means "no such file" to the parser, which then reports the place; its typings do not say so.
  const content = (path: string) => read(relative(source.folder, path).split(sep).join('/')) as string;
  const getResource = (url: string) => {
    read(url);
    return {};
  };
  return {
    fsResolver: {
      content,
      contentAsync: (path: string) => Promise.resolve(content(path)),
      list: (path: string) => [...source.list(relative(source.folder, path))],
      exists: (path: string) => content(path) !== null,
    },
    httpResolver: { getResource, getResourceAsync: (url: string) => Promise.resolve(getResource(url)) },
    hasStandIns: () => hasStandIns,
  };
}

/**
 * Adds to the parser's JSON what it leaves out: places, unknown keys, settings of custom security schemes, and the file
 * of an included RAML 0.8 schema. Leaves out what repeats.
 */
class PlacedSerializer extends serializer.JsonSerializer {
  override dumpInternal(...[node, ...rest]: Parameters<serializer.JsonSerializer['dumpInternal']>): unknown {
    const dumped: unknown = super.dumpInternal(node, ...rest);
    if (!isObject(dumped) || !node.isElement()) return dumped;
    const element = node.asElement();
    if (!element) return dumped;
    const { simplifiedExamples: _simplified, schemaContent, ...kept } = dumped;
    const placed: Record<string, unknown> = kept;
    if (schemaContent !== undefined && placed.schema === undefined) placed.schema = schemaContent;
    placed['@at'] = placeOfKey(element);
    addExamplesPlace(placed, element);
    addUnknownKeys(placed, element);
    if (element.property()?.nameId() === 'settings') placed['@settings'] = settingsOf(element);
    placed.schemaPath ??= schemaPathOf(placed, element);
    return placed;
  }
}

/** The file of a RAML 0.8 schema, relative to the root file's folder; of types the parser gives it itself. */
function schemaPathOf(dumped: Json, element: SyntaxElement): string | undefined {
  if (dumped.schema !== undefined) return serializer.getSchemaPath(element) ?? undefined;
  if (element.definition()?.nameId() !== 'GlobalSchema') return undefined;
  const included = element.attr('value')?.lowLevel().includePath();
  if (!included) return undefined;
  const unit = element.lowLevel().unit().resolve(included.replace(/#.*$/, ''));
  const fragment = /#.*$/.exec(included)?.[0] ?? '';
  return unit ? unit.path().split(sep).join('/') + fragment : undefined;
}

type Place = readonly [file: string, line: number, column: number];

function placeOfKey(node: SyntaxNode): Place | undefined {
  return placeInText(node.lowLevel());
}

function placeInText(node: raml.ll.ILowLevelASTNode | null | undefined): Place | undefined {
  if (!node) return undefined;
  const keyStart = node.keyStart();
  const offset = keyStart >= 0 ? keyStart : node.start();
  if (offset < 0) return undefined;
  const unit = node.unit();
  const { line, column } = unit.lineMapper().position(offset);
  return [unit.path().split(sep).join('/'), line + 1, column + 1];
}

function addExamplesPlace(placed: Record<string, unknown>, element: SyntaxElement): void {
  if (placed.examples === undefined && placed.example === undefined) return;
  const key = element
    .lowLevel()
    .children()
    .find((child) => child.key() === 'example' || child.key() === 'examples');
  placed['@examplesAt'] = placeInText(key);
}

/** Keys that RAML does not know: `x-…` and `_…` mean something to us. */
function addUnknownKeys(placed: Record<string, unknown>, element: SyntaxElement): void {
  const unknown = element.children().filter((child) => child.isUnknown());
  const written = unknown
    .map((child) => ({
      name: child.lowLevel().key(),
      value: entryValue(child.lowLevel()),
      '@at': placeOfKey(child),
    }))
    .filter(({ name, value }) => !(name === MADE_UP && isObject(value)));
  if (written.length > 0) placed['@unknown'] = written;
}

/** The parser gives one to every type of a library, as `{ value, strict }`; and does not expect it of a JSON Schema. */
const MADE_UP = 'discriminatorValue';

/** Settings with their real types, custom ones included: the parser's JSON has only those that RAML names. */
function settingsOf(element: SyntaxElement): Json {
  const settings: Record<string, unknown> = {};
  for (const child of element.lowLevel().children()) setOwn(settings, child.key(), entryValue(child));
  return settings;
}

/** `dumpToObject` gives `{ key: value }` for a mapping entry. */
function entryValue(node: raml.ll.ILowLevelASTNode): unknown {
  const dumped: unknown = node.dumpToObject();
  const key = node.key();
  return isObject(dumped) && Object.keys(dumped).length === 1 && Object.hasOwn(dumped, key) ? dumped[key] : dumped;
}

function toParsed(dumped: unknown, source: Source): ParsedRaml {
  const result = isObject(dumped) ? dumped : {};
  return {
    version: result.ramlVersion === 'RAML08' ? '0.8' : '1.0',
    kind: textOf(result.type) ?? 'Api',
    specification: isObject(result.specification) ? result.specification : {},
    findings: elementsOf(result.errors).map((error) => toFinding(error, source.rootFile)),
  };
}

function toFinding(error: Json, rootFile: string): ParserFinding {
  const range = isObject(error.range) ? error.range : {};
  const start = isObject(range.start) ? range.start : {};
  return {
    code: String(error.code),
    message: String(error.message),
    isWarning: error.isWarning === true,
    at: {
      file: textOf(error.path)?.split(sep).join('/') ?? rootFile,
      line: typeof start.line === 'number' ? start.line + 1 : 1,
      column: typeof start.column === 'number' ? start.column + 1 : 1,
    },
  };
}

/**
 * Path items and their operations: those that are served, and those of webhooks and callbacks, which are kept.
 */
import type { Callback, Method, Operation, Parameter, PathItem, Position } from '../../model/description.ts';
import { impliedParameter } from '../../model/implied-parameter.ts';
import { isSameParameter } from '../../model/parameter.ts';
import { childOf, type DocumentNode, placeOfValue } from '../document/node.ts';
import { isObject } from '../record.ts';
import { readRequestBody, readResponses } from './bodies.ts';
import { expressionsIn, parseExpression } from './expressions.ts';
import { readExternalDocs, readOwnServers } from './info.ts';
import { readParameters } from './parameters.ts';
import { checkPathParameters, templateNames } from './path-parameters.ts';
import {
  dereference,
  entriesOf,
  extensionsOf,
  flagOf,
  has,
  itemsOf,
  placeOf,
  type Reading,
  report,
  textOf,
  textsOf,
} from './reading.ts';
import { type DeclaredSchemes, readSecurity } from './security.ts';

const METHODS: readonly Method[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What the path items of one description share. */
export interface Surroundings {
  readonly schemes: DeclaredSchemes;
  /** Operation ids so far, with the place of each. */
  readonly ids: Map<string, Position>;
  /** Callbacks around, by their place, so that one within itself comes to an end. */
  readonly within: readonly string[];
  /** Callbacks that may still be read: components that refer to each other multiply. */
  readonly budget: { callbacks: number };
  /** Paths are; webhooks and callbacks have names and expressions in their place. */
  readonly isServed: boolean;
}

export function surroundings(schemes: DeclaredSchemes): Surroundings {
  return { schemes, ids: new Map(), within: [], budget: { callbacks: 10_000 }, isServed: true };
}

export function readPaths(reading: Reading, root: DocumentNode, around: Surroundings): readonly PathItem[] {
  return entriesOf(root, 'paths').flatMap(([path, entry]) => {
    if (!path.startsWith('/')) return [];
    const node = dereference(reading, entry);
    return node ? [readPathItem(reading, path, entry, node, around)] : [];
  });
}

/** Requests that the provider sends: kept by their names, and never sent. */
export function readWebhooks(reading: Reading, root: DocumentNode, around: Surroundings): readonly PathItem[] {
  const node = childOf(root, 'webhooks');
  if (!isObject(node.value)) return [];
  const message = 'Webhooks are kept in the document, and not sent.';
  report(reading, 'unsupported-keyword', message, { at: placeOf(node), severity: 'info' });
  return unserved(reading, node, around);
}

/** Path items whose keys are names or expressions, and no templates. */
function unserved(reading: Reading, parent: DocumentNode, outer: Surroundings): readonly PathItem[] {
  const around = { ...outer, isServed: false };
  return entriesOf(parent).flatMap(([name, entry]) => {
    const node = name.startsWith('x-') ? undefined : dereference(reading, entry);
    return node ? [readPathItem(reading, name, entry, node, around)] : [];
  });
}

function readCallbacks(reading: Reading, operation: DocumentNode, around: Surroundings): readonly Callback[] {
  return entriesOf(operation, 'callbacks').flatMap(([name, entry]) => {
    const node = name.startsWith('x-') ? undefined : dereference(reading, entry);
    if (!node) return [];
    const place = `${node.document.file}#${node.pointer}`;
    if (around.within.includes(place) || --around.budget.callbacks < 0) {
      const why = around.within.includes(place) ? 'is within itself' : 'is one of too many';
      report(reading, 'unsupported-keyword', `The callback "${name}" ${why}, and is left out here.`, {
        at: placeOf(entry),
        severity: 'info',
      });
      return [];
    }
    checkExpressions(reading, name, node);
    const paths = unserved(reading, node, { ...around, within: [...around.within, place] });
    return [{ name, paths, extensions: extensionsOf(node), at: placeOf(entry) }];
  });
}

/** The address of a callback is put together from what a request brought. */
function checkExpressions(reading: Reading, callback: string, node: DocumentNode): void {
  for (const [address, entry] of entriesOf(node)) {
    for (const text of address.startsWith('x-') ? [] : expressionsIn(address)) {
      const expression = parseExpression(text);
      if (!('fault' in expression)) continue;
      const message = `The callback "${callback}" has no address: ${expression.fault}.`;
      report(reading, 'invalid-value', message, { at: placeOf(entry), hint: expression.hint, severity: 'warning' });
    }
  }
}

function readPathItem(
  reading: Reading,
  path: string,
  entry: DocumentNode,
  node: DocumentNode,
  around: Surroundings,
): PathItem {
  // A path item may be a reference with more beside it; 3.1 leaves open which one wins, here it is the nearer.
  const beside = entry === node ? [] : readParameters(reading, itemsOf(entry, 'parameters'));
  const far = readParameters(reading, itemsOf(node, 'parameters'));
  const shared = [...beside, ...far.filter((one) => !beside.some((nearer) => isSameParameter(nearer, one)))];
  const nearer = entry === node ? [] : operationsOf(entry);
  const nodes = [...nearer, ...operationsOf(node).filter(([method]) => !has(entry, method) || entry === node)];
  const drafts = nodes.map(([method, operation]) => ({
    method,
    node: operation,
    parameters: readParameters(reading, itemsOf(operation, 'parameters')),
  }));
  const { isServed } = around;
  if (isServed) checkPathParameters(reading, path, entry, shared, drafts);
  if (isServed) reportUnserved(reading, node);
  const declared = [...shared, ...drafts.flatMap(({ parameters }) => parameters)];
  const ofPath = (isServed ? templateNames(path) : []).map(
    (name) =>
      declared.find((parameter) => parameter.in === 'path' && parameter.name === name) ??
      impliedParameter(name, placeOf(entry)),
  );
  const others = shared.filter((parameter) => parameter.in !== 'path');
  const description = textOf(entry, 'description') ?? textOf(node, 'description');
  const displayName = textOf(entry, 'summary') ?? textOf(node, 'summary');
  return {
    path,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
    parameters: [...ofPath, ...others],
    operations: drafts.map((draft) => readOperation(reading, path, draft, { ...around, ofPath, others })),
    ...(has(entry, 'servers') ? readOwnServers(entry) : readOwnServers(node)),
    extensions: entry === node ? extensionsOf(node) : [...extensionsOf(entry), ...extensionsOf(node)],
    at: placeOf(entry),
  };
}

function operationsOf(node: DocumentNode): readonly (readonly [Method, DocumentNode])[] {
  return entriesOf(node).flatMap(([key, operation]) => {
    const method = METHODS.find((known) => known === key);
    return method ? [[method, operation] as const] : [];
  });
}

interface OperationDraft {
  readonly method: Method;
  readonly node: DocumentNode;
  readonly parameters: readonly Parameter[];
}

interface OfPath {
  readonly ofPath: readonly Parameter[];
  readonly others: readonly Parameter[];
}

function readOperation(
  reading: Reading,
  path: string,
  { method, node, parameters }: OperationDraft,
  around: Surroundings & OfPath,
): Operation {
  const summary = textOf(node, 'summary');
  const description = textOf(node, 'description');
  const requestBody = has(node, 'requestBody') ? readRequestBody(reading, childOf(node, 'requestBody')) : undefined;
  const security = readSecurity(reading, node, around.schemes);
  if (around.isServed) reportUnserved(reading, node);
  const callbacks = readCallbacks(reading, node, around);
  const responsesExtensions = extensionsOf(childOf(node, 'responses'));
  return {
    method,
    id: operationId(reading, node, `${method} ${path}`, around),
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    tags: textsOf(node, 'tags'),
    deprecated: flagOf(node, 'deprecated') ?? false,
    parameters: mergeParameters(around.ofPath, around.others, parameters),
    ...(requestBody && { requestBody }),
    responses: readResponses(reading, node),
    ...(security && { security }),
    traits: [],
    ...readExternalDocs(node),
    ...(callbacks.length > 0 && { callbacks }),
    ...readOwnServers(node),
    extensions: extensionsOf(node),
    ...(responsesExtensions.length > 0 && { responsesExtensions }),
    at: placeOf(node),
  };
}

/** An operation's own parameters, path parameters only where they differ from the path's; then what it inherits. */
function mergeParameters(
  ofPath: readonly Parameter[],
  others: readonly Parameter[],
  own: readonly Parameter[],
): readonly Parameter[] {
  const refined = own.filter(
    (parameter) => !ofPath.includes(parameter) && !ofPath.some((known) => isSaid(known, parameter)),
  );
  const inherited = others.filter((parameter) => !own.some((nearer) => isSameParameter(nearer, parameter)));
  return [...refined, ...inherited];
}

/** Whether two parameters say the same, wherever they stand. */
function isSaid(one: Parameter, other: Parameter): boolean {
  const words = ({ at, examples, ...rest }: Parameter) =>
    JSON.stringify({ ...rest, examples: examples.map(({ at: _, ...example }) => example) });
  return isSameParameter(one, other) && words(one) === words(other);
}

function operationId(reading: Reading, node: DocumentNode, fallback: string, { ids, isServed }: Surroundings): string {
  const declared = textOf(node, 'operationId');
  if (declared === undefined && !isServed) return fallback;
  const id = declared ?? fallback;
  const first = ids.get(id);
  // A callback of the components, which several operations refer to, is one operation all the same.
  if (!isServed && first && isSamePlace(first, placeOf(node))) return id;
  if (!first) {
    ids.set(id, placeOf(node));
    return id;
  }
  report(reading, 'duplicate-operation', `The operationId "${id}" is taken already, in line ${first.line}.`, {
    at: placeOfValue(childOf(node, 'operationId')),
    hint: 'ids are unique across the whole description',
  });
  return fallback;
}

function isSamePlace(one: Position, other: Position): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column;
}

/** What a description may say and a server of CRUD operations does not act on. */
const UNSERVED = [
  ['callbacks', 'Callbacks are kept in the document, and not called.'],
  [
    'servers',
    'Servers of a single path or operation are kept in the document; requests are answered below one base path.',
  ],
] as const;

function reportUnserved(reading: Reading, node: DocumentNode): void {
  for (const [keyword, reason] of UNSERVED) {
    if (!has(node, keyword)) continue;
    report(reading, 'unsupported-keyword', reason, { at: placeOf(childOf(node, keyword)), severity: 'info' });
  }
}

/**
 * Paths and operations.
 */

import type { Method, Operation, Parameter, PathItem, Position } from '../../model/description.ts';
import { impliedParameter } from '../../model/implied-parameter.ts';
import { suggest } from '../../suggest.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { readRequestBody, readResponses } from './bodies.ts';
import { isSameParameter, readParameters } from './parameters.ts';
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

export const METHODS: readonly Method[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

export function readPaths(reading: Reading, root: DocumentNode, schemes: DeclaredSchemes): readonly PathItem[] {
  const ids = new Map<string, Position>();
  return entriesOf(root, 'paths').flatMap(([path, entry]) => {
    if (!path.startsWith('/')) return [];
    const node = dereference(reading, entry);
    return node ? [readPathItem(reading, path, entry, node, { schemes, ids })] : [];
  });
}

interface Surroundings {
  readonly schemes: DeclaredSchemes;
  /** Operation ids so far, with the place of each. */
  readonly ids: Map<string, Position>;
}

function readPathItem(
  reading: Reading,
  path: string,
  entry: DocumentNode,
  node: DocumentNode,
  surroundings: Surroundings,
): PathItem {
  const shared = readParameters(reading, itemsOf(node, 'parameters'));
  // A path item may be a reference with operations beside it; 3.1 leaves open which one wins, here it is the nearer.
  const nearer = entry === node ? [] : operationsOf(entry);
  const nodes = [...nearer, ...operationsOf(node).filter(([method]) => !has(entry, method) || entry === node)];
  const drafts = nodes.map(([method, operation]) => ({
    method,
    node: operation,
    parameters: readParameters(reading, itemsOf(operation, 'parameters')),
  }));
  checkPathParameters(reading, path, entry, shared, drafts);
  reportUnserved(reading, node);
  const declared = [...shared, ...drafts.flatMap(({ parameters }) => parameters)];
  const ofPath = templateNames(path).map(
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
    operations: drafts.map((draft) => readOperation(reading, path, draft, { ...surroundings, ofPath, others })),
    extensions: extensionsOf(node),
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

function readOperation(
  reading: Reading,
  path: string,
  { method, node, parameters }: OperationDraft,
  {
    schemes,
    ids,
    ofPath,
    others,
  }: Surroundings & { readonly ofPath: readonly Parameter[]; readonly others: readonly Parameter[] },
): Operation {
  const summary = textOf(node, 'summary');
  const description = textOf(node, 'description');
  const requestBody = has(node, 'requestBody') ? readRequestBody(reading, childOf(node, 'requestBody')) : undefined;
  const security = readSecurity(reading, node, schemes);
  reportUnserved(reading, node);
  return {
    method,
    id: operationId(reading, node, `${method} ${path}`, ids),
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    tags: textsOf(node, 'tags'),
    deprecated: flagOf(node, 'deprecated') ?? false,
    parameters: mergeParameters(ofPath, others, parameters),
    ...(requestBody && { requestBody }),
    responses: readResponses(reading, node),
    ...(security && { security }),
    traits: [],
    extensions: extensionsOf(node),
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

function operationId(reading: Reading, node: DocumentNode, fallback: string, ids: Map<string, Position>): string {
  const id = textOf(node, 'operationId') ?? fallback;
  const first = ids.get(id);
  if (!first) {
    ids.set(id, placeOf(node));
    return id;
  }
  report(reading, 'duplicate-operation', `The operationId "${id}" is taken already, in line ${first.line}.`, {
    at: node.document.positionOfValue(childOf(node, 'operationId').pointer),
    hint: 'ids are unique across the whole description',
  });
  return fallback;
}

// ── path templates ──────────────────────────────────────────────────────────────────────────────────────────────────

/** @example templateNames('/users/{id}/files/{name}.{ext}') // ['id', 'name', 'ext'] */
export function templateNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

function checkPathParameters(
  reading: Reading,
  path: string,
  entry: DocumentNode,
  shared: readonly Parameter[],
  drafts: readonly OperationDraft[],
): void {
  const names = templateNames(path);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    const message = `The template names "{${twice}}" twice.`;
    report(reading, 'path-parameter-mismatch', message, { at: placeOf(entry), hint: 'rename one of the two' });
  }
  const declared = [...shared, ...drafts.flatMap(({ parameters }) => parameters)].filter(
    ({ in: place }) => place === 'path',
  );
  const undeclared = names.filter((name) => !declared.some((parameter) => parameter.name === name));
  const strangers = declared.filter(({ name }) => !names.includes(name));
  for (const stranger of strangers) {
    const near = suggest(stranger.name, names) ?? (undeclared.length === 1 ? undeclared[0] : undefined);
    report(reading, 'path-parameter-mismatch', `"${path}" has no place for the path parameter "${stranger.name}".`, {
      at: stranger.at,
      hint: near ? `did you mean "${near}"?` : `add {${stranger.name}} to the path, or remove the parameter`,
    });
  }
  for (const name of strangers.length > 0 ? [] : undeclared) {
    report(
      reading,
      'path-parameter-mismatch',
      `The path parameter "{${name}}" is not declared; any text is accepted.`,
      {
        at: placeOf(entry),
        severity: 'warning',
        hint: `add { name: ${name}, in: path, required: true, schema: … } to its parameters`,
      },
    );
  }
}

/** What a description may say and a server of CRUD operations does not act on. */
function reportUnserved(reading: Reading, node: DocumentNode): void {
  const reasons: Readonly<Record<string, string>> = {
    callbacks: 'Callbacks are not called.',
    servers: 'Servers of a single path or operation are not told apart.',
  };
  for (const [keyword, reason] of Object.entries(reasons)) {
    if (!has(node, keyword)) continue;
    report(reading, 'unsupported-keyword', reason, { at: placeOf(childOf(node, keyword)), severity: 'info' });
  }
}

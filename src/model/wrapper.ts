/**
 * Bodies that are no document but an object around one: `{ "data": {…} }`, `{ "book": Book }`,
 * `{ "status": "success", "data": { "book": Book } }`.
 */
import { constantsIn } from './constants.ts';
import type { JsonSchema } from './description.ts';
import { folded, sameNoun } from './names.ts';
import { escapePointer, pointerSteps } from './pointer.ts';
import { type Definitions, type Shape, schemaKey, shapeOf } from './schema.ts';
import type { Wrapper } from './types.ts';

/** What tells a wrapper from a document that has an object among its properties. */
export interface WrapperEvidence {
  /** Keys of schemas that are known to be documents: elements of the list, bodies of requests. */
  readonly keys: ReadonlySet<string>;
  /** What the path calls its documents: `books`. */
  readonly noun: string;
  /** The author's word: where the document is, `''` for a body that is the document. */
  readonly said?: string | undefined;
}

export interface Wrapped {
  readonly wrapper: Wrapper;
  /** The schema of the document inside. */
  readonly document: JsonSchema;
}

/** `undefined` for a body that is the document itself. */
export function wrappedIn(
  schema: JsonSchema | undefined,
  definitions: Definitions,
  evidence: WrapperEvidence,
): Wrapped | undefined {
  const pointer = evidence.said ?? find(shapeOf(schema, definitions), '', definitions, evidence);
  if (pointer === undefined || pointer === '') return undefined;
  const document = schemaAt(schema, pointer, definitions);
  if (document === undefined) return undefined;
  const constants = constantsIn(shapeOf(schema, definitions), '', definitions, [pointer]);
  return { wrapper: { document: pointer, constants }, document };
}

/** The document in a body, which may be the body itself. */
export function unwrapped(
  schema: JsonSchema | undefined,
  definitions: Definitions,
  evidence: WrapperEvidence,
): JsonSchema | undefined {
  return wrappedIn(schema, definitions, evidence)?.document ?? schema;
}

const deepest = 2;

/**
 * A property that has the schema of a known document is it. Otherwise names must tell: the property is called like the
 * things of the path, or like wrappers are, and whatever stands beside it is about the answer and not about a thing.
 */
function find(shape: Shape, pointer: string, definitions: Definitions, evidence: WrapperEvidence): string | undefined {
  if (shape.type !== 'object' || isDocument(shape, evidence)) return undefined;
  const inner: { readonly name: string; readonly schema: JsonSchema; readonly shape: Shape }[] = [];
  shape.properties.forEach((schema, name) => {
    const property = shapeOf(schema, definitions);
    if (property.type === 'object') inner.push({ name, schema, shape: property });
  });
  if (inner.length === 0) return undefined;
  const known = inner.filter(({ schema }) => evidence.keys.has(schemaKey(schema, definitions) ?? ''));
  const around = [...shape.properties.keys()].filter((name) => !aside.test(name));
  const [only] = around.length === 1 ? inner.filter(({ name }) => name === around[0]) : [];
  const named =
    only !== undefined && only.shape.properties.size > 0 && isCalledSo(only.name, evidence.noun) ? only : undefined;
  const found = (known.length === 1 && !mentionsId(shape) ? known[0] : undefined) ?? named;
  if (found === undefined) return undefined;
  const here = `${pointer}/${escapePointer(found.name)}`;
  const isKnown = evidence.keys.has(schemaKey(found.schema, definitions) ?? '');
  const deeper =
    isKnown || pointerSteps(here).length >= deepest ? undefined : find(found.shape, here, definitions, evidence);
  return deeper ?? here;
}

function isDocument({ name }: Shape, { keys }: WrapperEvidence): boolean {
  return name !== undefined && keys.has(`#${name}`);
}

/** `{ id, author: Person }` is a document that holds another one. */
function mentionsId({ properties }: Shape): boolean {
  return [...properties.keys()].some((name) => /^_?(?:id|uuid|guid|href|self)$/i.test(name));
}

function isCalledSo(name: string, noun: string): boolean {
  return wrapperNames.has(folded(name)) || sameNoun(name, noun);
}

const wrapperNames: ReadonlySet<string> = new Set(
  'data result response payload item record document entity object resource'.split(' '),
);

/** Properties that are about the answer. */
const aside =
  /^_?(?:links?|meta|metadata|errors?|warnings?|messages?|status|status_?code|code|success|ok|jsonapi|included|api_?version|request_?id|took)$/i;

function schemaAt(schema: JsonSchema | undefined, pointer: string, definitions: Definitions): JsonSchema | undefined {
  let current = schema;
  for (const name of pointerSteps(pointer)) current = shapeOf(current, definitions).properties.get(name);
  return current;
}

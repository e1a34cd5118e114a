/**
 * What one place in the path tree shows of the thing behind it, before anything is concluded.
 */
import type { JsonSchema, Operation } from './description.ts';
import { elementsAt, type ListShape, listShapeOf } from './envelope.ts';
import { sharedProperties } from './likeness.ts';
import { singular } from './names.ts';
import { operationOverrides } from './overrides.ts';
import { isPrefix, operationOf, type PathNode } from './paths.ts';
import { type Representation, requestOf, responseOf, schemaOfExample } from './representation.ts';
import { type Definitions, isRecord, isSilent, schemaKey, shapeOf } from './schema.ts';
import { unwrapped, type WrapperEvidence } from './wrapper.ts';

/** How GET answers: a list, one document, or the description does not say. */
export type Answer = 'list' | 'perhaps' | 'document' | 'other' | 'silent' | 'none';

export interface Evidence {
  readonly answer: Answer;
  /** The whole answer of GET. */
  readonly answered?: JsonSchema;
  /** The list that GET answers, if it may be one. */
  readonly list?: ListShape;
  /** The schema of one document, the most telling first: GET, then PUT and PATCH, then POST. */
  readonly document?: JsonSchema;
  /** The schema that a POST takes and gives. */
  readonly created?: JsonSchema;
  readonly posted?: JsonSchema;
}

/** A schema for what an operation answers: declared, else seen in an example. */
export function schemaOf(representation: Representation | undefined): JsonSchema | undefined {
  if (representation === undefined) return undefined;
  if (representation.schema !== undefined) return representation.schema;
  const [example] = representation.examples;
  const value = example?.value;
  return typeof value === 'object' && value !== null ? schemaOfExample(value) : undefined;
}

/** Looks at all operations of a node. */
export function evidenceOf(node: PathNode, definitions: Definitions): Evidence {
  const get = operationOf(node, 'get');
  const post = operationOf(node, 'post');
  const answered = schemaOf(responseOf(get, definitions));
  const noun = nounOf(node);
  const around = wrapperEvidence(node, definitions);
  const inside = (schema: JsonSchema | undefined, operation: Operation | undefined) =>
    schema && unwrapped(schema, definitions, saying(around, operation));
  const posted = inside(schemaOf(requestOf(post, definitions)), post);
  const created = createdDocument(inside(schemaOf(responseOf(post, definitions)), post), posted, post, definitions);
  const key = schemaKey(created, definitions) ?? schemaKey(posted, definitions);
  const seen = listShapeOf(answered, definitions, { key, noun });
  const declared = isOneDocument(node, seen, answered, definitions) ? undefined : seen;
  const list = declared === undefined ? undefined : withElement(declared, responseOf(get, definitions), definitions);
  const answer = get === undefined ? 'none' : answerOf(answered, list, selectsOne(node), definitions);
  const document =
    answer === 'document' || answer === 'perhaps' ? inside(answered, get) : changed(node, definitions, inside);
  return {
    answer,
    ...(answered !== undefined && { answered }),
    ...(list !== undefined && { list }),
    ...(document !== undefined && { document }),
    ...(created !== undefined && { created }),
    ...(posted !== undefined && { posted }),
  };
}

/**
 * Schemas around a place that are documents for certain: elements of its list. What POST takes is none for certain: it
 * may be wrapped itself.
 */
function wrapperEvidence(node: PathNode, definitions: Definitions): WrapperEvidence {
  const collection = node.segment.kind === 'parameter' ? node.parent : node;
  const noun = nounOf(node);
  const answered = schemaOf(responseOf(collection && operationOf(collection, 'get'), definitions));
  const element = listShapeOf(answered, definitions, { noun })?.element;
  const key = schemaKey(element, definitions);
  return { keys: new Set(key === undefined ? [] : [key]), noun };
}

/**
 * What POST gives, unless it is only an example that has nothing of what POST is declared to take:
 * `{ "message": "The song has been entered" }`.
 */
function createdDocument(
  given: JsonSchema | undefined,
  taken: JsonSchema | undefined,
  post: Operation | undefined,
  definitions: Definitions,
): JsonSchema | undefined {
  const isExample = responseOf(post, definitions)?.schema === undefined;
  const isDeclared = requestOf(post, definitions)?.schema !== undefined;
  const isMessage = isExample && isDeclared && sharedProperties(given, taken, definitions) === 0;
  return isMessage ? undefined : given;
}

/** With the author's word on where the document is in the bodies of an operation. */
function saying(evidence: WrapperEvidence, operation: Operation | undefined): WrapperEvidence {
  const said = operation && operationOverrides(operation.extensions).document;
  return said === undefined ? evidence : { ...evidence, said };
}

/** What looks like an envelope is a document with a list in it: PUT takes what GET answers, array and all. */
function isOneDocument(
  node: PathNode,
  list: ListShape | undefined,
  answered: JsonSchema | undefined,
  definitions: Definitions,
): boolean {
  if (list === undefined || list.certainty === 'array') return false;
  const taken = schemaOf(requestOf(operationOf(node, 'put'), definitions));
  return taken !== undefined && schemaKey(taken, definitions) === schemaKey(answered, definitions);
}

/** Where a list says nothing of its elements, an example may show one. */
function withElement(list: ListShape, representation: Representation | undefined, definitions: Definitions): ListShape {
  if (!isSilent(list.element, definitions) || representation === undefined) return list;
  const documents = representation.examples
    .flatMap(({ value }) => elementsAt(value, list.envelope.items))
    .filter(isRecord);
  return documents.length === 0 ? list : { ...list, element: schemaOfExample(Object.assign({}, ...documents)) };
}

/** The noun that a node stands for: its own name, or that of the literal above it. */
export function nounOf(node: PathNode): string {
  for (let current: PathNode | undefined = node; current?.parent !== undefined; current = current.parent) {
    if (current.segment.kind !== 'parameter' && !isPrefix(current.segment.name)) return current.segment.name;
  }
  return node.segment.kind === 'parameter'
    ? node.segment.name.replace(/_?ids?$/i, '') || node.segment.name
    : node.segment.name;
}

/** The name of one thing: `book` for `/books`. */
export function thingOf(node: PathNode): string {
  return singular(nounOf(node));
}

/** It has an operation that only makes sense on one document. */
export function changesDocument(node: PathNode): boolean {
  const { operations } = node;
  return operations.has('put') || operations.has('patch') || operations.has('delete');
}

/** A parameter selects one document, which may hold lists; only a bare array is a list there, unless nothing changes it. */
function selectsOne(node: PathNode): boolean {
  return node.segment.kind === 'parameter';
}

function answerOf(
  schema: JsonSchema | undefined,
  list: ListShape | undefined,
  one: boolean,
  definitions: Definitions,
): Answer {
  if (schema === undefined) return 'silent';
  if (one && list?.certainty !== 'array' && list?.hasSlots !== true) {
    return isObject(schema, definitions) ? 'document' : 'other';
  }
  if (list !== undefined) return list.certainty === 'perhaps' ? 'perhaps' : 'list';
  return isObject(schema, definitions) ? 'document' : 'other';
}

function isObject(schema: JsonSchema, definitions: Definitions): boolean {
  const { type } = shapeOf(schema, definitions);
  return type === 'object' || type === undefined;
}

/** What PUT or PATCH give back or take, arrays aside. */
function changed(
  node: PathNode,
  definitions: Definitions,
  inside: (schema: JsonSchema | undefined, operation: Operation | undefined) => JsonSchema | undefined,
): JsonSchema | undefined {
  for (const method of ['put', 'patch'] as const) {
    const operation = operationOf(node, method);
    for (const representation of [responseOf(operation, definitions), requestOf(operation, definitions)]) {
      const schema = inside(schemaOf(representation), operation);
      if (schema === undefined) continue;
      const shape = shapeOf(schema, definitions);
      // `{ type: object }` under a merge patch says nothing of the document.
      if (shape.type === 'object' && shape.properties.size > 0) return schema;
    }
  }
  return undefined;
}

/** Whether anybody can bring documents of a resource into being, and how. */
import type { JsonSchema, Operation } from './description.ts';
import { schemaOf } from './evidence.ts';
import type { Group } from './groups.ts';
import { operationOverrides } from './overrides.ts';
import { operationOf } from './paths.ts';
import { isBinary, requestOf, responseOf } from './representation.ts';
import { type Definitions, shapeOf } from './schema.ts';
import { unwrapped, type WrapperEvidence } from './wrapper.ts';

export interface Creation {
  readonly possible: boolean;
  /** PUT to an item is the only way. */
  readonly byPutOnly: boolean;
  /** The body that creates, for the question who chooses the id. */
  readonly schema?: JsonSchema;
}

export function creationOf(group: Group, definitions: Definitions): Creation {
  if (group.kind === 'singleton') {
    const possible = group.places.some(({ node }) => node.operations.has('put') || node.operations.has('post'));
    return { possible, byPutOnly: false };
  }
  const posts = group.places
    .filter(({ role }) => role.kind === 'collection')
    .map(({ node }) => operationOf(node, 'post'))
    .filter((operation) => operation !== undefined)
    .filter((operation) => createsDocument(operation, group, definitions));
  const puts = group.itemPlaces.some(({ node }) => {
    const put = operationOf(node, 'put');
    return put !== undefined && takesDocument(put, definitions);
  });
  const schema = posts
    .map((operation) => documentOf(schemaOf(requestOf(operation, definitions)), group, definitions))
    .find((found) => found !== undefined);
  return {
    possible: posts.length > 0 || puts,
    byPutOnly: posts.length === 0 && puts,
    ...(schema !== undefined && { schema }),
  };
}

/**
 * POST on a collection creates, unless what it takes or gives is no document. Where nothing can ever be read, what it
 * answers must moreover be something that it was given: `POST /streams` that answers a `subscriptionId` is an action.
 */
export function createsDocument(operation: Operation, group: Group, definitions: Definitions): boolean {
  const said = operationOverrides(operation.extensions).action;
  if (said !== undefined) return said === 'create';
  if (!takesDocument(operation, definitions)) return false;
  const taken = shapeOf(schemaOf(requestOf(operation, definitions)), definitions);
  const given = shapeOf(schemaOf(responseOf(operation, definitions)), definitions);
  if (!isDocument(given.type) && taken.type !== 'object') return false;
  return isReadable(group) || [...given.required].every((name) => taken.properties.has(name) || isId(name));
}

/** The body is an object, a list of objects, or not described. */
export function takesDocument(operation: Operation, definitions: Definitions): boolean {
  if (isBinary(operation) || operationOverrides(operation.extensions).action === 'sample') return false;
  const taken = shapeOf(schemaOf(requestOf(operation, definitions)), definitions);
  if (taken.type !== 'array') return isDocument(taken.type);
  const element = shapeOf(taken.items, definitions);
  return isDocument(element.type);
}

/** The document in a body, which may be a list of documents, or an object around one. */
function documentOf(body: JsonSchema | undefined, group: Group, definitions: Definitions): JsonSchema | undefined {
  const shape = shapeOf(body, definitions);
  return shape.type === 'array' ? shape.items : unwrapped(body, definitions, aboutDocuments(group));
}

/** What the group knows by which a wrapper of its documents is told. */
export function aboutDocuments({ key, noun }: Group): WrapperEvidence {
  return { keys: new Set(key === undefined ? [] : [key]), noun };
}

function isReadable(group: Group): boolean {
  return [...group.places, ...group.itemPlaces].some(
    ({ node, role }) => role.kind !== 'none' && operationOf(node, 'get') !== undefined,
  );
}

function isId(name: string): boolean {
  return /^(?:id|uuid|_id|guid)$/i.test(name);
}

function isDocument(type: string | undefined): boolean {
  return type === undefined || type === 'object' || type === 'array';
}

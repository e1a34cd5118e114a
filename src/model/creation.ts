/** Whether anybody can bring documents of a resource into being, and how. */
import type { JsonSchema, Operation } from './description.ts';
import { schemaOf } from './evidence.ts';
import type { Group } from './groups.ts';
import { operationOf, operationsOf } from './paths.ts';
import { isBinary, requestOf, responseOf } from './representation.ts';
import { type Definitions, shapeOf } from './schema.ts';

export interface Creation {
  readonly possible: boolean;
  /** PUT to an item is the only way. */
  readonly byPutOnly: boolean;
  /** The body that creates, for the question who chooses the id. */
  readonly schema?: JsonSchema;
}

export function creationOf(group: Group, definitions: Definitions): Creation {
  if (group.kind === 'singleton') {
    const possible = group.places.some(({ node }) =>
      operationsOf(node).some(({ operation }) => operation.method === 'put' || operation.method === 'post'),
    );
    return { possible, byPutOnly: false };
  }
  const posts = group.places
    .map(({ node }) => operationOf(node, 'post'))
    .filter((operation) => operation !== undefined)
    .filter((operation) => createsDocument(operation, definitions));
  const puts = group.itemPlaces.some(({ node }) => {
    const put = operationOf(node, 'put');
    return put !== undefined && !isBinary(put);
  });
  const schema = posts
    .map((operation) => schemaOf(requestOf(operation, definitions)))
    .find((found) => found !== undefined);
  return {
    possible: posts.length > 0 || puts,
    byPutOnly: posts.length === 0 && puts,
    ...(schema !== undefined && { schema }),
  };
}

/** POST on a collection creates, unless what it takes or gives is no document. */
export function createsDocument(operation: Operation, definitions: Definitions): boolean {
  if (isBinary(operation)) return false;
  const taken = shapeOf(schemaOf(requestOf(operation, definitions)), definitions);
  const given = shapeOf(schemaOf(responseOf(operation, definitions)), definitions);
  return isDocument(taken.type) && (isDocument(given.type) || taken.type === 'object');
}

function isDocument(type: string | undefined): boolean {
  return type === undefined || type === 'object' || type === 'array';
}

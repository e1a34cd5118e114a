/**
 * Operations that change one document though their path, or their body, is not what a change usually has.
 */
import { aboutDocuments } from './creation.ts';
import type { Operation, Parameter } from './description.ts';
import { schemaOf } from './evidence.ts';
import type { Group } from './groups.ts';
import { isBinary, requestOf, responseOf } from './representation.ts';
import { type Definitions, shapeOf } from './schema.ts';
import type { Field, Resource } from './types.ts';
import { unwrapped } from './wrapper.ts';

/** The body is one document and declares the id: `PUT /pet` is about the pet that the body names. */
export function bodyNamesDocument(
  operation: Operation,
  group: Group,
  { property }: Resource['id'],
  definitions: Definitions,
): boolean {
  if (property === undefined || isBinary(operation)) return false;
  const body = schemaOf(requestOf(operation, definitions));
  const document = shapeOf(unwrapped(body, definitions, aboutDocuments(group)), definitions);
  return document.type !== 'array' && document.properties.has(property);
}

/** What a POST to one document, which answers nothing, may change: properties in the body, or in the query. */
export interface Changes {
  /** Absent: the change is in the body. */
  readonly parameters?: readonly string[];
}

/**
 * `POST /pet/{petId}` with a form of `name` and `status`, or with query parameters called so, sets them. All that it takes
 * must be properties of the document: `POST /accounts/{id}?notify=true` is an action.
 */
export function changesOf(
  operation: Operation,
  query: readonly Parameter[],
  resource: Pick<Resource, 'schema' | 'id' | 'fields'>,
  definitions: Definitions,
): Changes | undefined {
  if (schemaOf(responseOf(operation, definitions)) !== undefined || isBinary(operation)) return undefined;
  const body = shapeOf(schemaOf(requestOf(operation, definitions)), definitions);
  const inBody = [...body.properties.keys()];
  const { properties } = shapeOf(resource.schema === true ? undefined : resource.schema, definitions);
  if (inBody.length > 0) return inBody.every((name) => properties.has(name)) ? {} : undefined;
  if (operation.requestBody !== undefined || query.length === 0) return undefined;
  const isProperty = (parameter: Parameter) =>
    parameter.name !== resource.id.property &&
    resource.fields.some(
      (field) => field.path === parameter.name && !field.array && fits(parameter, field, definitions),
    );
  return query.every(isProperty) ? { parameters: query.map(({ name }) => name) } : undefined;
}

function fits({ schema }: Parameter, { type }: Field, definitions: Definitions): boolean {
  const given = shapeOf(schema, definitions).type ?? type;
  return given === type || (given === 'string' && (type === 'date' || type === 'datetime'));
}

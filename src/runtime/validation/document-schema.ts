import type { JsonSchema, Operation } from '../../model/description.ts';
import { pointerSteps } from '../../model/pointer.ts';
import { requestOf } from '../../model/representation.ts';
import { type Definitions, isSilent, schemaKey, shapeOf } from '../../model/schema.ts';
import type { ApiModel, Binding, Resource } from '../../model/types.ts';

/** What a changed document is held to. */
export interface ChangeSchemas {
  /** The document that a change leads to. */
  readonly result: JsonSchema;
  /** The body of the change itself, where its schema is written for it alone. */
  readonly change?: JsonSchema;
}

export interface DeclaredChange {
  readonly model: ApiModel;
  readonly binding: Binding;
  readonly operation: Operation;
}

/**
 * A change must lead to what a create or replace request would have been taken for: answers are often described by
 * examples, in which whatever happened to be null or missing seems to have to be.
 *
 * Property by property, the request of the change judges what it declares, then the requests that create and replace,
 * then the resource's schema, by which moreover what only the server writes is known. Required is what all creating
 * requests require. Where all of them are the resource's schema, that is the rule.
 */
export function changeSchemas(declared: DeclaredChange, resource: Resource): ChangeSchemas {
  const { model, binding, operation } = declared;
  const { $defs } = model;
  const key = schemaKey(resource.schema, $defs);
  const requests = requestSchemas(model, resource).filter((schema) => schemaKey(schema, $defs) !== key);
  const keys = new Set([key, ...requests.map((schema) => schemaKey(schema, $defs))]);
  const own = changes.has(binding.action.kind) ? documentSchema(operation, binding, $defs) : undefined;
  const change = own !== undefined && !keys.has(schemaKey(own, $defs)) ? own : undefined;
  if (requests.length === 0 && change === undefined) return { result: resource.schema };
  return {
    result: merged(resource.schema, requests, change, $defs),
    ...(change !== undefined && { change }),
  };
}

const changes: ReadonlySet<Binding['action']['kind']> = new Set<Binding['action']['kind']>([
  'update',
  'update-many',
  'update-singleton',
]);

const creations: ReadonlySet<Binding['action']['kind']> = new Set<Binding['action']['kind']>([
  'create',
  'replace',
  'upsert',
  'write-singleton',
]);

/** What the requests that create and replace documents declare, each schema once. */
function requestSchemas(model: ApiModel, resource: Resource): readonly JsonSchema[] {
  const operations = new Map(model.paths.flatMap((item) => item.operations.map((each) => [each.id, each] as const)));
  const found = new Map<string, JsonSchema>();
  for (const binding of model.bindings) {
    const { action } = binding;
    if (!('resource' in action) || action.resource !== resource.name || !creations.has(action.kind)) continue;
    const operation = operations.get(binding.operation);
    const schema = operation && documentSchema(operation, binding, model.$defs);
    const key = schemaKey(schema, model.$defs);
    if (schema !== undefined && key !== undefined) found.set(key, schema);
  }
  return [...found.values()];
}

/** The document in a declared request body: within its wrapper, an element of its array, else the body. */
function documentSchema(operation: Operation, binding: Binding, definitions: Definitions): JsonSchema | undefined {
  let schema = requestOf(operation, definitions)?.schema;
  for (const name of pointerSteps(binding.requestWrapper?.document ?? '')) {
    schema = shapeOf(schema, definitions).properties.get(name);
  }
  const shape = shapeOf(schema, definitions);
  const document = shape.type === 'array' ? shape.items : schema;
  return shapeOf(document, definitions).properties.size === 0 || isSilent(document, definitions) ? undefined : document;
}

function merged(
  own: Resource['schema'],
  requests: readonly JsonSchema[],
  change: JsonSchema | undefined,
  definitions: Definitions,
): JsonSchema {
  const base = shapeOf(own, definitions);
  const shapes = requests.map((schema) => shapeOf(schema, definitions));
  const changed = shapeOf(change, definitions);
  const properties = new Map(base.properties);
  for (const name of new Set(shapes.flatMap((shape) => [...shape.properties.keys()]))) {
    const said = shapes.map((shape) => shape.properties.get(name)).filter((schema) => schema !== undefined);
    const [only] = said;
    if (only !== undefined) properties.set(name, said.length > 1 ? { anyOf: said } : only);
  }
  for (const [name, schema] of changed.properties) properties.set(name, schema);
  const creating = shapes.length > 0 ? shapes : [base];
  const required = [...(creating[0]?.required ?? [])].filter((name) =>
    creating.every((shape) => shape.required.has(name)),
  );
  const named = [base, ...shapes].some(({ schema }) => schema.patternProperties !== undefined);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required,
    ...(!named && creating.every(({ closed }) => closed) && { additionalProperties: false }),
  };
}

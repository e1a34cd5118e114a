import type { JsonSchema, Operation, Parameter } from '../../model/description.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';
import type { ApiModel, Resource } from '../../model/types.ts';
import { unionMembers } from '../present/declared-error.ts';
import { isJson } from '../present/declared-response.ts';
import { demandingParameters } from '../request/parameters.ts';
import { changeSchemas, type DeclaredChange } from './document-schema.ts';
import type { Purpose } from './purpose.ts';

/**
 * The schemas that a `Validator` of this model is asked for, each once, by what they are asked for: parameters, request
 * bodies, what changes lead to, headers of parts, and answers. Not known before are only parts of answers that are made
 * up, where the whole was not accepted.
 */
export function askedSchemas(model: ApiModel): Readonly<Record<Purpose, readonly JsonSchema[]>> {
  const requests: JsonSchema[] = [];
  const bodies: JsonSchema[] = [];
  const responses: JsonSchema[] = [];
  const items = new Map(
    model.paths.flatMap((item) => item.operations.map((operation) => [operation.id, { item, operation }])),
  );
  for (const binding of model.bindings) {
    const declared = items.get(binding.operation);
    if (!declared) continue;
    const context = { model, binding, ...declared };
    requests.push(...demandingParameters(context).map(({ schema }) => schema), ...partHeaders(context.operation));
    bodies.push(...documentSchemas(context));
    responses.push(...answerSchemas(context.operation, model.$defs));
  }
  return {
    requests: distinct([...requests, ...bodies]),
    largeRequests: distinct(bodies),
    responses: distinct(responses),
  };
}

/** As `compileDocumentRules` asks for them, and `compileSample`. */
function documentSchemas(declared: DeclaredChange): readonly JsonSchema[] {
  const { model, binding, operation } = declared;
  const { action } = binding;
  const content = operation.requestBody?.content ?? [];
  switch (action.kind) {
    case 'sample':
    case 'head':
    case 'options':
      return content.map(({ schema = true }) => schema);
    case 'create':
    case 'replace':
    case 'upsert':
    case 'write-singleton': {
      const { schema: whole } = resourceOf(model, action.resource);
      const bodies = [...content.map(({ schema = whole }) => schema), ...(content.length === 0 ? [whole] : [])];
      return bodies.flatMap((schema) => {
        const isMany = action.kind === 'create' && action.many;
        return isMany ? [schema, shapeOf(schema, model.$defs).items ?? true] : [schema];
      });
    }
    case 'update':
    case 'update-many':
    case 'update-singleton':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute': {
      const { result, change } = changeSchemas(declared, resourceOf(model, action.resource));
      return change === undefined ? [result] : [result, change];
    }
    case 'list':
    case 'read':
    case 'read-singleton':
    case 'read-attribute':
    case 'remove':
    case 'remove-many':
    case 'remove-singleton':
      return [];
  }
}

function resourceOf({ resources }: ApiModel, name: string): Resource {
  const resource = resources.find((candidate) => candidate.name === name);
  if (!resource) throw new TypeError(`the model has no resource "${name}"`);
  return resource;
}

function partHeaders({ requestBody }: Operation): readonly JsonSchema[] {
  const encodings = (requestBody?.content ?? []).flatMap(({ encoding = [] }) => encoding);
  return encodings.flatMap(({ headers = [] }) => headers.map(schemaOf));
}

function answerSchemas({ responses }: Operation, definitions: Definitions): readonly JsonSchema[] {
  return responses.flatMap(({ status, headers, content }) => {
    const bodies = content.flatMap(({ mediaType, schema }) =>
      schema !== undefined && isJson(mediaType) ? [schema] : [],
    );
    const forms = /^[123]/.test(status) ? [] : bodies.flatMap((schema) => unionMembers(schema, definitions));
    return [...headers.map(schemaOf), ...bodies, ...forms];
  });
}

function schemaOf({ schema }: Parameter): JsonSchema {
  return schema;
}

function distinct(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}

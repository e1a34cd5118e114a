import type { JsonSchema, Response } from '../../model/description.ts';
import { type Definitions, isRecord, shapeOf } from '../../model/schema.ts';
import type { ApiModel, Binding, Resource } from '../../model/types.ts';

/**
 * The JSON schema of a success that the description leaves open; `undefined` where it says all there is to say.
 * Mirrors what the operations answer: documents as they are stored, lists in the default envelope, Ramses' shapes.
 *
 * @param isDeclared the description has the response, if not its body
 */
export function undeclaredAnswer(
  { $defs, format }: Pick<ApiModel, '$defs' | 'format'>,
  binding: Binding,
  resource: Resource,
  { status, content }: Pick<Response, 'status' | 'content'>,
  isDeclared: boolean,
): JsonSchema | undefined {
  if (status === '204' || content.some(({ schema }) => schema !== undefined)) return undefined;
  const { action, dialect } = binding;
  const isRamses = dialect === 'ramses';
  const document = isRamses ? ramsesDocument(resource.schema) : resource.schema;
  // OpenAPI declares an answer without `content` to have no body; RAML is silent where it names none.
  const showsDocument = isRamses || content.length > 0 || format.startsWith('raml') || !isDeclared;
  switch (action.kind) {
    case 'list':
      return isRamses ? ramsesList(document) : action.envelope.kind === 'array' ? listOf(document) : undefined;
    case 'create':
      return showsDocument ? (action.many ? listOf(document) : document) : undefined;
    case 'read':
    case 'read-singleton':
      return document;
    case 'replace':
    case 'update':
    case 'upsert':
    case 'write-singleton':
    case 'update-singleton':
      return showsDocument ? document : undefined;
    case 'read-attribute':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute': {
      const value = attributeSchema(resource, action.attribute, $defs);
      return isRamses && action.shape === 'list' ? ramsesValues(value) : value;
    }
    case 'remove':
    case 'remove-singleton':
      return isRamses ? ramsesStatus : undefined;
    case 'remove-many':
    case 'update-many':
      return isRamses ? ramsesStatus : countOnly;
    case 'sample':
    case 'head':
    case 'options':
      return undefined;
  }
}

function attributeSchema({ schema }: Resource, attribute: string, definitions: Definitions): JsonSchema {
  return shapeOf(schema, definitions).properties.get(attribute) ?? true;
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const countOnly = { type: 'object', required: ['count'], properties: { count } } as const;
const ramsesMembers = { type: 'object', properties: { _type: text, _pk: {}, _self: text } } as const;
const ramsesStatus = {
  type: 'object',
  properties: {
    status_code: { type: 'integer' },
    explanation: text,
    message: text,
    title: text,
    timestamp: text,
    request_url: text,
  },
} as const;

function ramsesDocument(schema: JsonSchema): JsonSchema {
  return isRecord(schema) ? { allOf: [schema, ramsesMembers] } : ramsesMembers;
}

function ramsesList(document: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['data', 'start', 'count'],
    properties: { data: listOf(document), start: count, fields: text, total: count, count },
  };
}

function ramsesValues(value: JsonSchema): JsonSchema {
  return { type: 'object', required: ['data', 'count'], properties: { data: value, count } };
}

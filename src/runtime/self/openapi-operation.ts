import type {
  JsonSchema,
  MediaType,
  Operation,
  PathItem,
  RequestBody,
  Response,
  SecurityRequirement,
} from '../../model/description.ts';
import { openapiExamples, openapiHeaders, openapiParameters } from '../../model/openapi/parameters.ts';
import type { ApiModel, Binding, Resource } from '../../model/types.ts';
import { listParameters } from './list-parameters.ts';

/** What all operations of one document share. */
export interface OperationTranslation {
  readonly model: ApiModel;
  readonly translate: (schema: JsonSchema) => JsonSchema;
  readonly security: (requirements: readonly SecurityRequirement[]) => readonly object[];
  readonly operationId: (operation: Operation) => string;
  /** Refers to the response of errors that the description does not declare. */
  readonly problem: object;
}

/** One Operation object: the declared, with what its binding adds. */
export function openapiOperation(item: PathItem, operation: Operation, translation: OperationTranslation): object {
  const { model, translate } = translation;
  const binding = model.bindings.find(({ path, method }) => path === item.path && method === operation.method);
  const resource = binding && resourceOf(model, binding);
  const declared = openapiParameters(operation.parameters, translate);
  const added =
    binding && resource ? listParameters(binding, resource, [...item.parameters, ...operation.parameters]) : [];
  const parameters = [...declared, ...added];
  const requestBody = openapiRequestBody(operation, binding, translate);
  return {
    operationId: translation.operationId(operation),
    ...(operation.summary !== undefined && { summary: operation.summary }),
    ...(operation.description !== undefined && { description: operation.description }),
    ...(operation.tags.length > 0 && { tags: operation.tags }),
    ...(operation.deprecated && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: openapiResponses(operation, binding, resource, translation),
    ...(operation.security && { security: translation.security(operation.security) }),
  };
}

function resourceOf(model: ApiModel, { action }: Binding): Resource | undefined {
  return 'resource' in action ? model.resources.find(({ name }) => name === action.resource) : undefined;
}

function openapiContent(content: readonly MediaType[], translate: OperationTranslation['translate']): object {
  const named = content.map(({ mediaType, schema, examples }): [string, object] => [
    mediaType,
    { ...(schema !== undefined && { schema: translate(schema) }), ...openapiExamples(examples) },
  ]);
  return Object.fromEntries(named);
}

/** A PATCH also takes the two standard patch types. */
function openapiRequestBody(
  operation: Operation,
  binding: Binding | undefined,
  translate: OperationTranslation['translate'],
): object | undefined {
  const declared: RequestBody | undefined = operation.requestBody;
  const patches = operation.method === 'patch' && binding && isUpdate(binding) ? patchContent : {};
  const content = { ...patches, ...openapiContent(declared?.content ?? [], translate) };
  if (Object.keys(content).length === 0) return undefined;
  return {
    ...(declared?.description !== undefined && { description: declared.description }),
    ...(declared?.required && { required: true }),
    content,
  };
}

function isUpdate({ action }: Binding): boolean {
  return action.kind === 'update' || action.kind === 'update-singleton';
}

const patchContent = {
  'application/merge-patch+json': { schema: { type: 'object', description: 'RFC 7396' } },
  'application/json-patch+json': {
    schema: {
      type: 'array',
      description: 'RFC 6902',
      items: {
        type: 'object',
        required: ['op', 'path'],
        properties: {
          op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
          path: { type: 'string' },
          from: { type: 'string' },
          value: true,
        },
      },
    },
  },
};

function openapiResponses(
  operation: Operation,
  binding: Binding | undefined,
  resource: Resource | undefined,
  { translate, problem }: OperationTranslation,
): object {
  const statuses = new Map(operation.responses.map((response) => [response.status, response]));
  const success = binding && String(binding.success);
  if (success !== undefined && !statuses.has(success)) statuses.set(success, silentResponse(operation, success));
  const responses = [...statuses].map(([status, response]): [string, object] => {
    const isSuccess = status === success;
    const added = isSuccess && binding && resource ? addedHeaders(binding) : {};
    const headers = { ...added, ...openapiHeaders(response.headers, translate) };
    const shown = isSuccess && binding && resource ? addedContent(response, binding, resource, translate) : undefined;
    const content = shown ?? openapiContent(response.content, translate);
    return [
      status,
      {
        description: response.description ?? '',
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(Object.keys(content).length > 0 && { content }),
      },
    ];
  });
  return { ...Object.fromEntries(responses), ...(!statuses.has('default') && { default: problem }) };
}

function silentResponse({ at }: Operation, status: string): Response {
  return { status, headers: [], content: [], links: [], extensions: [], at };
}

/** What a success is answered with although the description does not say so. */
function addedHeaders({ action }: Binding): object {
  switch (action.kind) {
    case 'list':
      return { Link: linkHeader };
    case 'create':
      return action.many ? {} : { Location: locationHeader, ETag: tagHeader };
    case 'upsert':
    case 'read':
    case 'replace':
    case 'update':
    case 'read-singleton':
    case 'write-singleton':
    case 'update-singleton':
    case 'read-attribute':
      return { ETag: tagHeader };
    default:
      return {};
  }
}

const linkHeader = { description: 'Neighbouring pages (RFC 8288).', schema: { type: 'string' } };
const locationHeader = {
  description: 'Where the new document is.',
  schema: { type: 'string', format: 'uri-reference' },
};
const tagHeader = {
  description: 'Revision of the document, for If-Match and If-None-Match.',
  schema: { type: 'string' },
};

/** Ramses' envelope and documents, where RAML declares no response. */
function addedContent(
  { content }: Response,
  { action, dialect }: Binding,
  resource: Resource,
  translate: OperationTranslation['translate'],
): object | undefined {
  if (dialect !== 'ramses' || content.some(({ schema }) => schema !== undefined)) return undefined;
  const document = translate(resource.schema === true ? ramsesMembers : { allOf: [resource.schema, ramsesMembers] });
  switch (action.kind) {
    case 'list':
      return { 'application/json': { schema: ramsesList(document) } };
    case 'create':
    case 'read':
    case 'replace':
    case 'update':
    case 'upsert':
    case 'read-singleton':
    case 'write-singleton':
    case 'update-singleton':
      return { 'application/json': { schema: document } };
    case 'remove':
    case 'remove-many':
    case 'update-many':
    case 'remove-singleton':
      return { 'application/json': { schema: ramsesStatus } };
    default:
      return undefined;
  }
}

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const ramsesMembers = { type: 'object', properties: { _type: text, _pk: text, _self: text } } as const;
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

function ramsesList(document: JsonSchema): object {
  return {
    type: 'object',
    required: ['data', 'start', 'count'],
    properties: { data: { type: 'array', items: document }, start: count, fields: text, total: count, count },
  };
}

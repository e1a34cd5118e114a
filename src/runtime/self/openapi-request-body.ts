import type { JsonSchema, Operation } from '../../model/description.ts';
import { aboutBody, openapiContent } from '../../model/openapi/content.ts';
import type { Binding, Resource } from '../../model/types.ts';

/**
 * The Request Body object: what is declared; for a PATCH the two standard patch types, too; and the document itself,
 * where the description has a write without a body.
 */
export function openapiRequestBody(
  { requestBody: declared }: Operation,
  binding: Binding | undefined,
  resource: Resource | undefined,
  translate: (schema: JsonSchema) => JsonSchema,
): object | undefined {
  const described = openapiContent(declared?.content ?? [], translate);
  const content = { ...addedContent(binding, resource, Object.keys(described), translate), ...described };
  if (Object.keys(content).length === 0) return undefined;
  return { ...aboutBody(declared), content };
}

function addedContent(
  binding: Binding | undefined,
  resource: Resource | undefined,
  declared: readonly string[],
  translate: (schema: JsonSchema) => JsonSchema,
): object {
  if (!binding || !resource) return {};
  // A list of operations has no place for the id.
  if (binding.action.kind === 'update' && 'idIn' in binding.action) return mergePatchContent;
  switch (binding.action.kind) {
    case 'update':
    case 'update-singleton':
    case 'update-many':
      return patchContent;
    case 'create':
    case 'replace':
    case 'upsert':
    case 'write-singleton':
      return declared.length > 0 ? {} : { 'application/json': { schema: translate(resource.schema) } };
    case 'write-attribute':
    case 'replace-attribute':
      return declared.length > 0 ? {} : { 'application/json': {} };
    default:
      return {};
  }
}

const pointer = { type: 'string', format: 'json-pointer' } as const;

const mergePatchContent = {
  'application/merge-patch+json': { schema: { type: 'object', description: 'RFC 7396' } },
} as const;

const patchContent = {
  ...mergePatchContent,
  'application/json-patch+json': {
    schema: {
      type: 'array',
      description: 'RFC 6902',
      items: {
        type: 'object',
        required: ['op', 'path'],
        properties: {
          op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
          path: pointer,
          from: pointer,
          value: true,
        },
      },
    },
  },
} as const;

import type { Method, Operation, Parameter, Position, Response } from '../../../src/model/description.ts';
import type { ApiModel, Binding, Resource } from '../../../src/model/types.ts';
import type { StoredDocument } from '../../../src/stores/contract.ts';

/** Small models, so that a test names only what it is about. */
export const at: Position = { file: 'api.raml', line: 1, column: 1 };

export function model(parts: Partial<ApiModel> = {}): ApiModel {
  return {
    format: 'raml-1.0',
    file: 'api.raml',
    title: 'Bookstore',
    documentation: [],
    servers: [],
    mediaTypes: ['application/json'],
    paths: [],
    securitySchemes: [],
    security: [],
    $defs: {},
    schemaPositions: {},
    extensions: [],
    resources: [],
    bindings: [],
    inferences: [],
    ...parts,
  };
}

export function resource(parts: Partial<Resource> = {}): Resource {
  return {
    name: 'books',
    typeName: 'Book',
    kind: 'collection',
    path: '/books',
    itemPath: '/books/{isbn}',
    schema: true,
    id: { property: 'isbn', type: 'string', generate: 'none', clientMayChoose: true, scope: 'global' },
    fields: [],
    links: [],
    secrets: [],
    seeds: [],
    at,
    ...parts,
  };
}

export function binding(
  path: string,
  method: Method,
  action: Binding['action'],
  parts: Partial<Binding> = {},
): Binding {
  return { operation: `${method} ${path}`, path, method, action, dialect: 'plain', success: 200, ...parts };
}

export function operation(responses: readonly Response[], parts: Partial<Operation> = {}): Operation {
  return {
    method: 'get',
    id: 'get /',
    tags: [],
    deprecated: false,
    parameters: [],
    responses,
    traits: [],
    extensions: [],
    at,
    ...parts,
  };
}

/** `content` maps a media type to its schema and examples. */
export function response(
  status: string,
  content: Readonly<
    Record<string, { schema?: Response['content'][number]['schema']; examples?: Record<string, unknown> }>
  > = {},
  headers: readonly Parameter[] = [],
): Response {
  return {
    status,
    headers,
    content: Object.entries(content).map(([mediaType, { schema, examples = {} }]) => ({
      mediaType,
      ...(schema !== undefined && { schema }),
      examples: Object.entries(examples).map(([name, value]) => ({ name, value, strict: true, at })),
      extensions: [],
      at,
    })),
    links: [],
    extensions: [],
    at,
  };
}

export function header(name: string, parts: Partial<Parameter> = {}): Parameter {
  return {
    name,
    in: 'header',
    required: false,
    schema: { type: 'string' },
    style: 'simple',
    explode: false,
    examples: [],
    extensions: [],
    at,
    ...parts,
  };
}

export function stored(key: string, text: string, links: Readonly<Record<string, string>> = {}): StoredDocument {
  return { key, revision: 1, text, links };
}

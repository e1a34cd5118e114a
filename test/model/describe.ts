/** Descriptions for tests, from a terse literal: paths with methods, each with its parameters, body and answers. */
import type {
  ApiDescription,
  Example,
  Extension,
  Format,
  JsonSchema,
  MediaType,
  Method,
  Operation,
  Parameter,
  PathItem,
} from '../../src/model/description.ts';
import { parametersOf } from '../../src/model/paths.ts';

export interface OperationLiteral {
  readonly query?: Readonly<Record<string, JsonSchema>>;
  readonly body?: JsonSchema;
  readonly bodyType?: string;
  /** Status to schema; `null`: no body. */
  readonly answers?: Readonly<Record<string, JsonSchema | null>>;
  readonly example?: unknown;
  readonly answerType?: string;
  readonly cartouche?: unknown;
}

export interface PathLiteral extends Partial<Readonly<Record<Method, OperationLiteral>>> {
  readonly uri?: Readonly<Record<string, JsonSchema>>;
  readonly resourceType?: string;
  readonly cartouche?: unknown;
}

const at = { file: 'api.yaml', line: 1, column: 1 };
const methods: readonly Method[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];

export function describe(
  paths: Readonly<Record<string, PathLiteral>>,
  $defs: Readonly<Record<string, JsonSchema>> = {},
  format: Format = 'openapi-3.1',
): ApiDescription {
  return {
    format,
    file: at.file,
    title: 'Test',
    documentation: [],
    servers: [],
    mediaTypes: ['application/json'],
    paths: Object.entries(paths).map(([path, literal]) => pathItem(path, literal)),
    securitySchemes: [],
    security: [],
    $defs: Object.assign(Object.create(null), $defs),
    schemaPositions: {},
    extensions: [],
  };
}

export const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });
export const listOf = (name: string): JsonSchema => ({ type: 'array', items: ref(name) });
export const object = (properties: Readonly<Record<string, JsonSchema>>, more: object = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});

function pathItem(path: string, literal: PathLiteral): PathItem {
  return {
    path,
    parameters: parametersOf(path).map((name) => parameter(name, 'path', literal.uri?.[name] ?? { type: 'string' })),
    operations: methods.flatMap((method) => {
      const operation = literal[method];
      return operation === undefined ? [] : [operationOf(path, method, operation)];
    }),
    ...(literal.resourceType !== undefined && { resourceType: literal.resourceType }),
    extensions: extensions(literal.cartouche),
    at,
  };
}

function operationOf(path: string, method: Method, literal: OperationLiteral): Operation {
  const examples: readonly Example[] =
    'example' in literal ? [{ name: '', value: literal.example, strict: true, at }] : [];
  return {
    method,
    id: `${method} ${path}`,
    tags: [],
    deprecated: false,
    parameters: Object.entries(literal.query ?? {}).map(([name, schema]) => parameter(name, 'query', schema)),
    ...(literal.body !== undefined && {
      requestBody: { required: true, content: [media(literal.body, literal.bodyType)], at },
    }),
    responses: Object.entries(literal.answers ?? ('example' in literal ? { 200: true } : {})).map(
      ([status, schema]) => ({
        status,
        headers: [],
        content: schema === null ? [] : [{ ...media(schema, literal.answerType), examples }],
        links: [],
        extensions: [],
        at,
      }),
    ),
    traits: [],
    extensions: extensions(literal.cartouche),
    at,
  };
}

function media(schema: JsonSchema, mediaType = 'application/json'): MediaType {
  return { mediaType, ...(schema !== true && { schema }), examples: [], extensions: [], at };
}

function parameter(name: string, place: Parameter['in'], schema: JsonSchema): Parameter {
  const { 'x-cartouche': said, ...rest }: Record<string, unknown> = typeof schema === 'object' ? schema : {};
  return {
    name,
    in: place,
    required: place === 'path',
    schema: typeof schema === 'boolean' ? schema : rest,
    style: place === 'path' ? 'simple' : 'form',
    explode: false,
    examples: [],
    extensions: extensions(said),
    at,
  };
}

function extensions(value: unknown): readonly Extension[] {
  return value === undefined ? [] : [{ name: 'x-cartouche', value }];
}

/**
 * The paths that a collection of things is served at, as an author would have declared them.
 */
import type {
  JsonSchema,
  MediaType,
  Method,
  Operation,
  Parameter,
  PathItem,
  Position,
  Response,
} from '../../model/description.ts';
import { pascal, singular } from '../../model/names.ts';
import type { Entity } from './entities.ts';
import type { Relation } from './relations.ts';

/** A collection and its items: list, create, read, replace, update, delete. */
export function collectionPaths(entity: Entity): readonly PathItem[] {
  const { at } = entity;
  const one = pascal(singular(entity.plural));
  const many = pascal(entity.plural);
  const schema = referenceTo(entity);
  const collection: PathItem = {
    path: `/${entity.plural}`,
    parameters: [],
    operations: [
      operation(entity, 'get', `list${many}`, { answer: { type: 'array', items: schema } }),
      operation(entity, 'post', `create${one}`, { body: schema, status: '201', answer: schema }),
    ],
    extensions: [],
    at,
  };
  const item: PathItem = {
    path: `/${entity.plural}/{${entity.idName}}`,
    parameters: [idParameter(entity)],
    operations: documentOperations(entity, one),
    extensions: [],
    at,
  };
  return [collection, item];
}

/** What belongs to one thing: its list, or its only one. */
export function relationPath({ parent, child, segment, single }: Relation): PathItem {
  const owner = pascal(singular(parent.plural));
  const schema = referenceTo(child);
  const one = `${owner}${pascal(singular(segment))}`;
  const operations = single
    ? [
        ...documentOperations(child, one),
        operation(child, 'post', `create${one}`, { body: schema, status: '201', answer: schema }),
      ]
    : [
        operation(child, 'get', `list${owner}${pascal(segment)}`, { answer: { type: 'array', items: schema } }),
        operation(child, 'post', `create${one}`, { body: schema, status: '201', answer: schema }),
      ];
  return {
    path: `/${parent.plural}/{${parent.idName}}/${segment}`,
    parameters: [idParameter(parent)],
    operations,
    // `/users/{username}/assigned-stories` are stories, whatever they are called there.
    extensions: single || segment === child.plural ? [] : [{ name: 'x-cartouche', value: { resource: child.plural } }],
    at: child.at,
  };
}

function documentOperations(entity: Entity, name: string): readonly Operation[] {
  const schema = referenceTo(entity);
  return [
    operation(entity, 'get', `get${name}`, { answer: schema }),
    operation(entity, 'put', `replace${name}`, { body: schema, answer: schema }),
    operation(entity, 'patch', `update${name}`, {
      body: { type: 'object' },
      bodyType: 'application/merge-patch+json',
      answer: schema,
    }),
    operation(entity, 'delete', `delete${name}`, { status: '204' }),
  ];
}

interface Exchange {
  readonly body?: JsonSchema;
  readonly bodyType?: string;
  /** Default: 200. */
  readonly status?: string;
  readonly answer?: JsonSchema;
}

function operation({ plural, at }: Entity, method: Method, id: string, exchange: Exchange): Operation {
  const { body, bodyType = 'application/json', status = '200', answer } = exchange;
  const content = answer === undefined ? [] : [mediaType('application/json', answer, at)];
  const response: Response = { status, headers: [], content, links: [], extensions: [], at };
  return {
    method,
    id,
    tags: [plural],
    deprecated: false,
    parameters: [],
    ...(body !== undefined && { requestBody: { required: true, content: [mediaType(bodyType, body, at)], at } }),
    responses: [response],
    traits: [],
    extensions: [],
    at,
  };
}

function mediaType(name: string, schema: JsonSchema, at: Position): MediaType {
  return { mediaType: name, schema, examples: [], extensions: [], at };
}

function idParameter({ idName, idType, at }: Entity): Parameter {
  return {
    name: idName,
    in: 'path',
    required: true,
    schema: { type: idType },
    style: 'simple',
    explode: false,
    examples: [],
    extensions: [],
    at,
  };
}

function referenceTo({ definition }: Entity): JsonSchema {
  return { $ref: `#/$defs/${definition}` };
}

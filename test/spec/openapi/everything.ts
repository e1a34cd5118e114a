/**
 * A document that uses every field of every object of OpenAPI 3.1.1, none at its default, so that what is lost shows.
 */
import { isObject } from '../../../src/spec/record.ts';

const x = { 'x-a': { b: [1] } };
const OK = { description: 'OK' };

const server = {
  url: 'https://{h}.a.test/v1',
  description: 'd',
  variables: { h: { enum: ['a', 'b'], default: 'a', description: 'd', ...x } },
  ...x,
};
const docs = { description: 'd', url: 'https://a.test/docs', ...x };
const examples = { e: { summary: 's', description: 'd', value: 'v', ...x } };

const header = {
  description: 'd',
  required: true,
  deprecated: true,
  style: 'simple',
  explode: true,
  schema: { type: 'string' },
  examples,
  ...x,
};
const content = {
  'application/json': {
    schema: { $ref: '#/components/schemas/Thing' },
    examples: {
      e: { summary: 's', description: 'd', value: { n: 1 }, ...x },
      far: { externalValue: 'far.json', ...x },
    },
    ...x,
  },
};
const link = {
  operationId: 'read',
  parameters: { id: '$response.body#/n' },
  requestBody: '$request.body',
  description: 'd',
  server,
  ...x,
};
const response = {
  description: 'OK',
  headers: { 'X-H': header, 'X-C': { content: { 'text/plain': { schema: { type: 'string' }, example: 'v' } } } },
  content,
  links: { l: link, r: { operationRef: '#/paths/~1a~1%7Bid%7D/get' } },
  ...x,
};
const callback = {
  '{$request.body#/u}': { post: { operationId: 'tell', responses: { 200: OK } } },
  // The official schema takes it for a path item.
  'x-a': { summary: 's' },
};
const parameters = [
  {
    name: 'q',
    in: 'query',
    description: 'd',
    required: true,
    deprecated: true,
    allowEmptyValue: true,
    style: 'pipeDelimited',
    explode: false,
    allowReserved: true,
    schema: { type: 'array', items: { type: 'string' } },
    examples: { e: { summary: 's', description: 'd', value: ['v'], ...x } },
    ...x,
  },
  { name: 'one', in: 'header', schema: { type: 'string' }, example: 'v' },
  { name: 'cookie', in: 'cookie', style: 'form', explode: true, schema: { type: 'string' } },
  { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' }, example: { a: 1 } } } },
];
const put = {
  tags: ['t'],
  summary: 's',
  description: 'd',
  externalDocs: docs,
  operationId: 'write',
  parameters,
  requestBody: {
    description: 'd',
    required: true,
    content: {
      ...content,
      'multipart/form-data': {
        schema: { type: 'object', properties: { f: { type: 'string' } } },
        example: { f: 'v' },
        encoding: {
          f: {
            contentType: 'text/plain',
            headers: { 'X-P': { schema: { type: 'string' } } },
            style: 'form',
            explode: false,
            allowReserved: true,
            ...x,
          },
        },
      },
    },
    ...x,
  },
  responses: { 200: response, '4XX': { description: 'no' }, default: { description: 'else' }, ...x },
  callbacks: { told: callback },
  deprecated: true,
  security: [{ key: [], flow: ['read'] }, {}],
  servers: [server],
  ...x,
};
const simple = (operationId: string) => ({ operationId, responses: { 200: OK } });

export const everything = {
  openapi: '3.1.1',
  info: {
    title: 'T',
    summary: 's',
    description: 'd',
    termsOfService: 'https://a.test/terms',
    contact: { name: 'n', url: 'https://a.test', email: 'e@a.test', ...x },
    license: { name: 'MIT', identifier: 'MIT', ...x },
    version: '1',
    ...x,
  },
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  servers: [server],
  paths: {
    '/a/{id}': {
      summary: 's',
      description: 'd',
      get: simple('read'),
      put,
      post: simple('add'),
      delete: simple('remove'),
      options: simple('ask'),
      head: simple('peek'),
      patch: simple('change'),
      trace: simple('trace'),
      servers: [server],
      parameters: [
        { name: 'id', in: 'path', required: true, style: 'label', explode: true, schema: { type: 'string' } },
        { name: 'X-Id', in: 'header', schema: { type: 'string' } },
      ],
      ...x,
    },
    '/b': { $ref: '#/components/pathItems/B' },
    ...x,
  },
  webhooks: { added: { post: { operationId: 'hook', responses: { 200: OK } } } },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: { n: { type: 'integer' } },
        discriminator: { propertyName: 'n', ...x },
        xml: { name: 'n', namespace: 'https://a.test/ns', prefix: 'p', attribute: true, wrapped: true, ...x },
        externalDocs: docs,
        example: { n: 1 },
        ...x,
      },
    },
    responses: { R: response },
    parameters: { P: { name: 'page', in: 'query', schema: { type: 'integer' } } },
    examples: { E: { value: 1 } },
    requestBodies: { Q: { content } },
    headers: { H: header },
    securitySchemes: {
      key: { type: 'apiKey', description: 'd', name: 'k', in: 'header', ...x },
      bearer: { type: 'http', description: 'd', scheme: 'bearer', bearerFormat: 'JWT', ...x },
      flow: {
        type: 'oauth2',
        description: 'd',
        flows: {
          implicit: { authorizationUrl: '/a', refreshUrl: '/r', scopes: { read: 'r' }, ...x },
          password: { tokenUrl: '/t', refreshUrl: '/r', scopes: { read: 'r' }, ...x },
          clientCredentials: { tokenUrl: '/t', refreshUrl: '/r', scopes: { read: 'r' }, ...x },
          authorizationCode: { authorizationUrl: '/a', tokenUrl: '/t', refreshUrl: '/r', scopes: { read: 'r' }, ...x },
          ...x,
        },
        ...x,
      },
      oidc: { type: 'openIdConnect', description: 'd', openIdConnectUrl: '/i', ...x },
      tls: { type: 'mutualTLS', description: 'd', ...x },
    },
    links: { L: link },
    callbacks: { C: callback },
    pathItems: { B: { summary: 'far', get: simple('far') } },
    ...x,
  },
  security: [{ bearer: [] }, { oidc: [], tls: [] }],
  tags: [{ name: 't', description: 'd', externalDocs: docs, ...x }],
  externalDocs: docs,
  ...x,
};

/** The same without what came with 3.1, and without `x-…` keys of encodings, which the official schema forgot. */
export function everythingOf30(): unknown {
  const { jsonSchemaDialect: _, webhooks: _w, ...rest } = structuredClone(everything);
  Reflect.deleteProperty(rest.paths['/a/{id}'].put.requestBody.content['multipart/form-data'].encoding.f, 'x-a');
  const { summary: _s, ...info } = rest.info;
  const { pathItems, ...components } = rest.components;
  const { identifier: _i, ...license } = info.license;
  const { tls: _t, ...securitySchemes } = components.securitySchemes;
  return {
    ...rest,
    openapi: '3.0.4',
    info: { ...info, license: { ...license, url: 'https://a.test/license' } },
    paths: { ...rest.paths, '/b': pathItems.B },
    components: { ...components, securitySchemes },
    security: [{ bearer: [] }, { oidc: [] }],
  };
}

/** Where two values differ: `pointer: one → other`. */
export function differences(one: unknown, other: unknown, pointer = ''): readonly string[] {
  if (isObject(one) && isObject(other)) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      differences(one[key], other[key], `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    );
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((item, index) => differences(item, other[index], `${pointer}/${index}`));
  }
  const [before, after] = [JSON.stringify(one), JSON.stringify(other)];
  return before === after ? [] : [`${pointer}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`];
}

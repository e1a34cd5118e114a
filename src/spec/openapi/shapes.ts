/**
 * The objects of OpenAPI 3.0 and 3.1 as data: which fields each has, what stands in them, which are required.
 * Sources: https://spec.openapis.org/oas/v3.0.4.html §4.7 and https://spec.openapis.org/oas/v3.1.1.html §4.8.
 */

/** What may stand in a place. */
export type Rule =
  | { readonly kind: 'text' | 'flag' | 'anything' | 'schema' }
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'object'; readonly shape: ShapeName }
  | { readonly kind: 'list'; readonly items: Rule }
  | { readonly kind: 'map'; readonly values: Rule; readonly keys?: KeyRule };

/** What the keys of a map must look like. */
export type KeyRule = 'path' | 'status' | 'component' | 'media-type';

export interface Field {
  readonly rule: Rule;
  /** `'3.0'`: required there, optional in 3.1. `'for-people'`: required, but nothing is served otherwise for it. */
  readonly required?: true | '3.0' | 'for-people';
  readonly since?: '3.1';
}

export interface Shape {
  /** In words, with an article. */
  readonly title: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** A `$ref` may stand in its place. */
  readonly referable?: true;
  /** What stands behind all other keys; default: there are none. */
  readonly others?: Rule;
  /** Two fields of which an object has one at most. */
  readonly exclusive?: readonly [string, string];
}

const text: Rule = { kind: 'text' };
const flag: Rule = { kind: 'flag' };
const anything: Rule = { kind: 'anything' };
const schema: Rule = { kind: 'schema' };
const object = (shape: ShapeName): Rule => ({ kind: 'object', shape });
const list = (items: Rule): Rule => ({ kind: 'list', items });
const oneOf = (...values: readonly string[]): Rule => ({ kind: 'one-of', values });
const map = (values: Rule, keys?: KeyRule): Rule => ({ kind: 'map', values, ...(keys && { keys }) });

const may = (rule: Rule): Field => ({ rule });
const must = (rule: Rule): Field => ({ rule, required: true });
const ought = (rule: Rule): Field => ({ rule, required: 'for-people' });
const must30 = (rule: Rule): Field => ({ rule, required: '3.0' });
const may31 = (rule: Rule): Field => ({ rule, since: '3.1' });

const requirements = list(map(list(text)));
const content = map(object('MediaType'), 'media-type');
const component = (shape: ShapeName) => may(map(object(shape), 'component'));

/** Fields that a parameter, a header and (in part) an encoding have in common. */
const description = {
  description: may(text),
  required: may(flag),
  deprecated: may(flag),
  allowEmptyValue: may(flag),
  explode: may(flag),
  allowReserved: may(flag),
  schema: may(schema),
  content: may(content),
  example: may(anything),
  examples: may(map(object('Example'))),
};

const operation = may(object('Operation'));

export type ShapeName =
  | 'OpenAPI'
  | 'Info'
  | 'Contact'
  | 'License'
  | 'Server'
  | 'ServerVariable'
  | 'Components'
  | 'PathItem'
  | 'Operation'
  | 'ExternalDocs'
  | 'Callback'
  | 'Parameter'
  | 'RequestBody'
  | 'MediaType'
  | 'Encoding'
  | 'Response'
  | 'Example'
  | 'Link'
  | 'Header'
  | 'Tag'
  | 'SecurityScheme'
  | 'Flows'
  | 'ImplicitFlow'
  | 'TokenFlow'
  | 'CodeFlow';

export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  OpenAPI: {
    title: 'an OpenAPI document',
    fields: {
      openapi: must(anything),
      info: must(object('Info')),
      jsonSchemaDialect: may31(text),
      servers: may(list(object('Server'))),
      paths: must30(map(object('PathItem'), 'path')),
      webhooks: may31(map(object('PathItem'))),
      components: may(object('Components')),
      security: may(requirements),
      tags: may(list(object('Tag'))),
      externalDocs: may(object('ExternalDocs')),
    },
  },
  Info: {
    title: 'the info object',
    fields: {
      title: ought(text),
      summary: may31(text),
      description: may(text),
      termsOfService: may(text),
      contact: may(object('Contact')),
      license: may(object('License')),
      version: ought(text),
    },
  },
  Contact: { title: 'a contact', fields: { name: may(text), url: may(text), email: may(text) } },
  License: {
    title: 'a license',
    fields: { name: ought(text), identifier: may31(text), url: may(text) },
    exclusive: ['identifier', 'url'],
  },
  Server: {
    title: 'a server',
    fields: { url: must(text), description: may(text), variables: may(map(object('ServerVariable'))) },
  },
  ServerVariable: {
    title: 'a server variable',
    fields: { enum: may(list(text)), default: must(text), description: may(text) },
  },
  Components: {
    title: 'the components object',
    fields: {
      schemas: may(map(schema, 'component')),
      responses: component('Response'),
      parameters: component('Parameter'),
      examples: component('Example'),
      requestBodies: component('RequestBody'),
      headers: component('Header'),
      securitySchemes: component('SecurityScheme'),
      links: component('Link'),
      callbacks: component('Callback'),
      pathItems: { rule: map(object('PathItem'), 'component'), since: '3.1' },
    },
  },
  PathItem: {
    title: 'a path item',
    referable: true,
    fields: {
      summary: may(text),
      description: may(text),
      get: operation,
      put: operation,
      post: operation,
      delete: operation,
      options: operation,
      head: operation,
      patch: operation,
      trace: operation,
      servers: may(list(object('Server'))),
      parameters: may(list(object('Parameter'))),
    },
  },
  Operation: {
    title: 'an operation',
    fields: {
      tags: may(list(text)),
      summary: may(text),
      description: may(text),
      externalDocs: may(object('ExternalDocs')),
      operationId: may(text),
      parameters: may(list(object('Parameter'))),
      requestBody: may(object('RequestBody')),
      responses: must30(map(object('Response'), 'status')),
      callbacks: may(map(object('Callback'))),
      deprecated: may(flag),
      security: may(requirements),
      servers: may(list(object('Server'))),
    },
  },
  Callback: { title: 'a callback', referable: true, fields: {}, others: object('PathItem') },
  ExternalDocs: { title: 'external documentation', fields: { description: may(text), url: ought(text) } },
  Parameter: {
    title: 'a parameter',
    referable: true,
    fields: {
      name: must(text),
      in: must(oneOf('path', 'query', 'header', 'cookie')),
      style: may(oneOf('simple', 'label', 'matrix', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject')),
      ...description,
    },
  },
  RequestBody: {
    title: 'a request body',
    referable: true,
    fields: { description: may(text), content: must(content), required: may(flag) },
  },
  MediaType: {
    title: 'a media type',
    fields: {
      schema: may(schema),
      example: may(anything),
      examples: may(map(object('Example'))),
      encoding: may(map(object('Encoding'))),
    },
    exclusive: ['example', 'examples'],
  },
  Encoding: {
    title: 'an encoding',
    fields: {
      contentType: may(text),
      headers: may(map(object('Header'))),
      style: may(oneOf('form', 'spaceDelimited', 'pipeDelimited', 'deepObject')),
      explode: may(flag),
      allowReserved: may(flag),
    },
  },
  Response: {
    title: 'a response',
    referable: true,
    fields: {
      description: ought(text),
      headers: may(map(object('Header'))),
      content: may(content),
      links: may(map(object('Link'), 'component')),
    },
  },
  Example: {
    title: 'an example',
    referable: true,
    fields: { summary: may(text), description: may(text), value: may(anything), externalValue: may(text) },
    exclusive: ['value', 'externalValue'],
  },
  Link: {
    title: 'a link',
    referable: true,
    fields: {
      operationRef: may(text),
      operationId: may(text),
      parameters: may(map(anything)),
      requestBody: may(anything),
      description: may(text),
      server: may(object('Server')),
    },
  },
  Header: {
    title: 'a header',
    referable: true,
    fields: { style: may(oneOf('simple')), ...description },
  },
  Tag: {
    title: 'a tag',
    fields: { name: must(text), description: may(text), externalDocs: may(object('ExternalDocs')) },
  },
  SecurityScheme: {
    title: 'a security scheme',
    referable: true,
    fields: {
      type: must(oneOf('apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS')),
      description: may(text),
      name: may(text),
      in: may(oneOf('query', 'header', 'cookie')),
      scheme: may(text),
      bearerFormat: may(text),
      flows: may(object('Flows')),
      openIdConnectUrl: may(text),
    },
  },
  Flows: {
    title: 'OAuth flows',
    fields: {
      implicit: may(object('ImplicitFlow')),
      password: may(object('TokenFlow')),
      clientCredentials: may(object('TokenFlow')),
      authorizationCode: may(object('CodeFlow')),
    },
  },
  ImplicitFlow: {
    title: 'an implicit flow',
    fields: { authorizationUrl: ought(text), refreshUrl: may(text), scopes: ought(map(text)) },
  },
  TokenFlow: {
    title: 'a flow',
    fields: { tokenUrl: ought(text), refreshUrl: may(text), scopes: ought(map(text)) },
  },
  CodeFlow: {
    title: 'an authorization code flow',
    fields: { authorizationUrl: ought(text), tokenUrl: ought(text), refreshUrl: may(text), scopes: ought(map(text)) },
  },
};

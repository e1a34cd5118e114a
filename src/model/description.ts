/**
 * What a description declares, told the same way for RAML 0.8, RAML 1.0, OpenAPI 3.0 and OpenAPI 3.1.
 *
 * Plain, readonly, JSON-serialisable data: `JSON.parse(JSON.stringify(description))` equals it. Names that come from a
 * description are values (`{ name: '…' }`), never object keys, so that a property called `__proto__` is a name like any
 * other. The one exception is `$defs`, which JSON Schema dictates; readers create it without a prototype.
 */

/** A JSON Schema 2020-12. `true` accepts everything, `false` nothing. `x-…` and `_…` keys are kept verbatim. */
export type JsonSchema = boolean | SchemaObject;

/** The object form of a schema. `$ref`s point into the model itself: `#/$defs/<name>`. */
export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

/** A place in a description. `file` is relative to the folder of the root file, with `/`; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Format = 'raml-0.8' | 'raml-1.0' | 'openapi-3.0' | 'openapi-3.1' | 'json-schema';

export type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options' | 'trace';

/** Everything a reader found, and nothing that was inferred. */
export interface ApiDescription {
  readonly format: Format;
  /** Path of the root file relative to its own folder, that is, its base name. */
  readonly file: string;
  readonly title: string;
  readonly version?: string;
  readonly description?: string;
  readonly documentation: readonly { readonly title: string; readonly content: string }[];
  readonly servers: readonly Server[];
  /** Media types of bodies that name none (RAML `mediaType`). */
  readonly mediaTypes: readonly string[];
  /** Flat, in the description's order; nested RAML resources carry their full path. */
  readonly paths: readonly PathItem[];
  readonly securitySchemes: readonly SecurityScheme[];
  /** Alternatives that hold where an operation declares none. An empty list: no security was declared. */
  readonly security: readonly SecurityRequirement[];
  readonly $defs: Readonly<Record<string, JsonSchema>>;
  /** Where each definition stands, keyed by its JSON pointer (`#/$defs/Book/properties/title`). */
  readonly schemaPositions: Readonly<Record<string, Position>>;
  readonly extensions: readonly Extension[];
  /** OpenAPI: what stands in `info` besides title, version and description. */
  readonly info?: Info;
  /** OpenAPI: tags that are declared, in their order. */
  readonly tags?: readonly Tag[];
  readonly externalDocs?: ExternalDocs;
  /** Requests that the provider sends by itself: `path` is their name. Never sent; kept for the documents. */
  readonly webhooks?: readonly PathItem[];
  /** `x-…` keys beside the paths, and beside the kinds of components. */
  readonly pathsExtensions?: readonly Extension[];
  readonly componentsExtensions?: readonly Extension[];
}

export interface Info {
  readonly summary?: string;
  readonly termsOfService?: string;
  /** As declared, `x-…` keys included. */
  readonly contact?: Readonly<Record<string, unknown>>;
  readonly license?: Readonly<Record<string, unknown>>;
  readonly extensions: readonly Extension[];
}

export interface Tag {
  readonly name: string;
  readonly description?: string;
  readonly externalDocs?: ExternalDocs;
  readonly extensions: readonly Extension[];
}

export interface ExternalDocs {
  readonly url: string;
  readonly description?: string;
  readonly extensions: readonly Extension[];
}

export interface Server {
  readonly url: string;
  readonly description?: string;
  readonly variables: readonly {
    readonly name: string;
    readonly default?: string;
    readonly enum?: readonly string[];
    readonly description?: string;
    readonly extensions?: readonly Extension[];
  }[];
  readonly extensions?: readonly Extension[];
}

/** One path, absolute, with its templates as written: `/users/{username}/stories`. */
export interface PathItem {
  readonly path: string;
  readonly displayName?: string;
  readonly description?: string;
  /** Path parameters in the order of the template, declared or implied; then parameters shared by all operations. */
  readonly parameters: readonly Parameter[];
  readonly operations: readonly Operation[];
  /** RAML resource type, as written, for naming and inference. */
  readonly resourceType?: string;
  /** Servers of this path alone. Kept for the documents; requests are answered below the one base path. */
  readonly servers?: readonly Server[];
  readonly extensions: readonly Extension[];
  readonly at: Position;
}

/** Requests that the provider sends when an operation was called. Never sent; kept for the documents. */
export interface Callback {
  readonly name: string;
  /** `path` is a runtime expression: `{$request.body#/url}`. */
  readonly paths: readonly PathItem[];
  readonly extensions: readonly Extension[];
  readonly at: Position;
}

export interface Operation {
  readonly method: Method;
  /** `operationId`, else `<method> <path>`. Unique within the description. */
  readonly id: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** Query, header and cookie parameters of this operation, and path parameters that it refines. */
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: readonly Response[];
  /** Absent: the description's own `security` holds. Empty: declared to need none. */
  readonly security?: readonly SecurityRequirement[];
  /** RAML traits by name, as written. */
  readonly traits: readonly string[];
  readonly externalDocs?: ExternalDocs;
  readonly callbacks?: readonly Callback[];
  /** Servers of this operation alone; see `PathItem`. */
  readonly servers?: readonly Server[];
  readonly extensions: readonly Extension[];
  /** `x-…` keys beside the responses. */
  readonly responsesExtensions?: readonly Extension[];
  readonly at: Position;
}

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  /** RAML `repeat: true` and array query parameters: the name is repeated. */
  | 'repeat';

export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** The name alone may be sent, whatever the schema says. */
  readonly allowEmptyValue?: boolean;
  /** OpenAPI `content`: the value is a document of this media type. */
  readonly contentType?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly examples: readonly Example[];
  readonly externalExamples?: readonly ExternalExample[];
  readonly extensions: readonly Extension[];
  readonly at: Position;
}

export interface RequestBody {
  readonly required: boolean;
  readonly description?: string;
  readonly content: readonly MediaType[];
  readonly extensions?: readonly Extension[];
  readonly at: Position;
}

export interface MediaType {
  /** Lower case, as declared, parameters kept: `application/json`, `application/*`, `text/plain; charset=utf-8`. */
  readonly mediaType: string;
  /** Absent where the description declares a body and no schema. */
  readonly schema?: JsonSchema;
  readonly examples: readonly Example[];
  readonly externalExamples?: readonly ExternalExample[];
  readonly encoding?: readonly Encoding[];
  readonly extensions: readonly Extension[];
  readonly at: Position;
}

/** How one property of a form is written. */
export interface Encoding {
  readonly name: string;
  /** Of a part: `image/png`, `image/*`, or several, separated by commas. */
  readonly contentType?: string;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** Headers of a part; `Content-Type` is said by `contentType`. */
  readonly headers?: readonly Parameter[];
  readonly extensions?: readonly Extension[];
}

export interface Example {
  /** Empty for a single, unnamed example. */
  readonly name: string;
  /** Parsed for JSON media types, text otherwise. */
  readonly value: unknown;
  readonly summary?: string;
  readonly description?: string;
  readonly extensions?: readonly Extension[];
  /** RAML `strict: false`: the example need not fit the schema. */
  readonly strict: boolean;
  readonly at: Position;
}

/** An example that stands elsewhere. It is never fetched: only said again. */
export interface ExternalExample {
  readonly name: string;
  /** As it is written. */
  readonly url: string;
  readonly summary?: string;
  readonly description?: string;
  readonly extensions?: readonly Extension[];
  readonly at: Position;
}

export interface Response {
  /** `200`, `4XX` (upper case) or `default`. */
  readonly status: string;
  readonly description?: string;
  readonly headers: readonly Parameter[];
  readonly content: readonly MediaType[];
  readonly links: readonly ResponseLink[];
  readonly extensions: readonly Extension[];
  readonly at: Position;
}

/** An operation that can be called with what a response says. */
export interface ResponseLink {
  readonly name: string;
  readonly operationId?: string;
  readonly operationRef?: string;
  readonly parameters: unknown;
  readonly requestBody?: unknown;
  readonly description?: string;
  readonly server?: Server;
  readonly extensions?: readonly Extension[];
  readonly at: Position;
}

/** All schemes of one requirement must hold; of several requirements, one. No schemes: anonymous access is allowed. */
export interface SecurityRequirement {
  readonly schemes: readonly { readonly name: string; readonly scopes: readonly string[] }[];
}

export interface SecurityScheme {
  readonly name: string;
  /** OpenAPI's types; RAML's are mapped to them. RAML's own `x-…` types keep their name. */
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS' | `x-${string}`;
  readonly description?: string;
  /** `apiKey`: where the key is and what it is called. */
  readonly in?: 'query' | 'header' | 'cookie';
  readonly parameterName?: string;
  /** `http`: `basic`, `bearer`, `digest`, … */
  readonly scheme?: string;
  /** Flows, URLs, `x-ACL` lines, cookie names: as declared, real types. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** RAML `describedBy`, apart from the operations' own parameters and responses. */
  readonly parameters: readonly Parameter[];
  readonly responses: readonly Response[];
  readonly at: Position;
}

/** `x-…` key, RAML annotation (`(name)`) or Ramses' `_…` key, with its value. */
export interface Extension {
  readonly name: string;
  readonly value: unknown;
}

/**
 * A model as people write and read it in code: what is usual is left out, and nothing has a place in a file. An emitted
 * project consists of these; `apiModel` makes an `ApiModel` of them, which is equal to the one they were emitted from.
 */
import type {
  ApiDescription,
  Callback,
  Encoding,
  Example,
  ExternalExample,
  MediaType,
  Method,
  Operation,
  Parameter,
  PathItem,
  RequestBody,
  Response,
  ResponseLink,
  SecurityScheme,
} from '../model/description.ts';
import type { Action, Binding, Envelope, Field, Resource } from '../model/types.ts';

/** Without a place, and what is usual may be left out. */
type Without<Thing, Usual extends keyof Thing> = Omit<Thing, Usual | 'at'> & Partial<Pick<Thing, Usual>>;

/** Usual: not strict is not, no name. */
export type ExampleDefinition = Without<Example, 'name' | 'strict'>;

export type ExternalExampleDefinition = Without<ExternalExample, 'name'>;

interface Examples {
  readonly examples?: readonly ExampleDefinition[];
  readonly externalExamples?: readonly ExternalExampleDefinition[];
}

/** Usual: a path parameter is required and no other; `style` and `explode` as OpenAPI has them for the place. */
export type ParameterDefinition = Omit<
  Without<Parameter, 'required' | 'style' | 'explode' | 'extensions'>,
  keyof Examples
> &
  Examples;

export type EncodingDefinition = Omit<Encoding, 'headers'> & { readonly headers?: readonly ParameterDefinition[] };

export type MediaTypeDefinition = Omit<Without<MediaType, 'extensions'>, keyof Examples | 'encoding'> &
  Examples & { readonly encoding?: readonly EncodingDefinition[] };

/** Usual: the body is not required. */
export type RequestBodyDefinition = Omit<Without<RequestBody, 'required'>, 'content'> & {
  readonly content: readonly MediaTypeDefinition[];
};

export type ResponseLinkDefinition = Without<ResponseLink, never>;

export type ResponseDefinition = Omit<Without<Response, 'extensions'>, 'headers' | 'content' | 'links'> & {
  readonly headers?: readonly ParameterDefinition[];
  readonly content?: readonly MediaTypeDefinition[];
  readonly links?: readonly ResponseLinkDefinition[];
};

/** What an operation declares. Its method and path stand where it is routed. */
export type DeclaredOperation = Omit<
  Without<Operation, 'tags' | 'deprecated' | 'traits' | 'extensions'>,
  'method' | 'parameters' | 'requestBody' | 'responses' | 'callbacks'
> & {
  readonly parameters?: readonly ParameterDefinition[];
  readonly requestBody?: RequestBodyDefinition;
  readonly responses?: readonly ResponseDefinition[];
  readonly callbacks?: readonly CallbackDefinition[];
};

export type CallbackDefinition = Omit<Without<Callback, 'extensions'>, 'paths'> & {
  readonly paths: readonly RequestDefinition[];
};

/** A path of a callback or webhook: of requests that somebody else answers. */
export type RequestDefinition = PathDefinition & {
  readonly requests: readonly (DeclaredOperation & { readonly method: Method })[];
};

/** What an operation declares, and what its bodies and parameters mean. */
export interface OperationDefinition
  extends DeclaredOperation,
    Partial<Pick<Binding, 'dialect' | 'requestWrapper' | 'answerWrapper'>> {
  /** The status of its success. Usual: 200. */
  readonly success?: number;
  /** The shape of a list. Usual: a bare array. */
  readonly envelope?: EnvelopeDefinition;
  /** What the query parameters of a list mean. */
  readonly controls?: ListAction['controls'];
  /** The unit of `Range` requests for parts of a list. */
  readonly ranges?: NonNullable<ListAction['ranges']>;
  /** Query parameters that are the change of an update, each called like its property. */
  readonly changes?: readonly string[];
}

type ListAction = Extract<Action, { readonly kind: 'list' }>;

export type EnvelopeDefinition = Without<Envelope & { readonly at?: never }, 'slots' | 'constants'>;

/** What all operations of a path share. */
export type PathDefinition = Omit<Without<PathItem, 'extensions'>, 'parameters' | 'operations'> & {
  readonly parameters?: readonly ParameterDefinition[];
  /** Ids of its operations, where the path is declared more than once. Usual: all that are routed there. */
  readonly operations?: readonly string[];
};

export type SecuritySchemeDefinition = Omit<Without<SecurityScheme, 'settings'>, 'parameters' | 'responses'> & {
  readonly parameters?: readonly ParameterDefinition[];
  readonly responses?: readonly ResponseDefinition[];
};

/** The description as a whole. */
export type ApiDefinition = Omit<
  Without<
    ApiDescription & { readonly at?: never },
    'documentation' | 'servers' | 'mediaTypes' | 'security' | 'extensions'
  >,
  'paths' | '$defs' | 'schemaPositions' | 'securitySchemes' | 'webhooks'
> & {
  readonly securitySchemes?: readonly SecuritySchemeDefinition[];
  readonly webhooks?: readonly RequestDefinition[];
};

/** Usual: one value, not unique, not indexed, not searched. */
export type FieldDefinition = Without<Field & { readonly at?: never }, 'array' | 'unique' | 'indexed' | 'text'>;

/** A kind of thing that is stored. Usual: a collection, linked to nothing, without secrets. */
export type ResourceDefinition = Omit<Without<Resource, 'kind' | 'links' | 'secrets' | 'seeds'>, 'fields'> & {
  readonly fields: readonly FieldDefinition[];
};

/** What was left out of a definition, put in. */
import type {
  Callback,
  Encoding,
  Example,
  ExternalExample,
  MediaType,
  Method,
  Operation,
  Parameter,
  ParameterPlace,
  ParameterStyle,
  PathItem,
  Position,
  RequestBody,
  Response,
  SecurityScheme,
} from '../model/description.ts';
import type { Envelope, Resource } from '../model/types.ts';
import type {
  CallbackDefinition,
  DeclaredOperation,
  EncodingDefinition,
  EnvelopeDefinition,
  ExampleDefinition,
  ExternalExampleDefinition,
  MediaTypeDefinition,
  ParameterDefinition,
  PathDefinition,
  RequestBodyDefinition,
  RequestDefinition,
  ResourceDefinition,
  ResponseDefinition,
  SecuritySchemeDefinition,
} from './types.ts';

/** Code is no place in a description. */
export const nowhere: Position = { file: '', line: 0, column: 0 };

/** The style of a parameter that says nothing else (OpenAPI 3.1 section 4.8.12.1). */
export function usualStyle(place: ParameterPlace): ParameterStyle {
  return place === 'query' || place === 'cookie' ? 'form' : 'simple';
}

export function usualExplode(style: ParameterStyle): boolean {
  return style === 'form' || style === 'repeat';
}

export function parameterOf(definition: ParameterDefinition): Parameter {
  const { examples = [], externalExamples, style = usualStyle(definition.in), ...rest } = definition;
  return {
    required: rest.in === 'path',
    explode: usualExplode(style),
    extensions: [],
    ...rest,
    style,
    examples: examples.map(exampleOf),
    ...(externalExamples && { externalExamples: externalExamples.map(externalExampleOf) }),
    at: nowhere,
  };
}

export function operationOf(method: Method, definition: DeclaredOperation): Operation {
  const { parameters = [], requestBody, responses = [], callbacks, ...rest } = definition;
  return {
    tags: [],
    deprecated: false,
    traits: [],
    extensions: [],
    ...rest,
    method,
    parameters: parameters.map(parameterOf),
    ...(requestBody && { requestBody: requestBodyOf(requestBody) }),
    responses: responses.map(responseOf),
    ...(callbacks && { callbacks: callbacks.map(callbackOf) }),
    at: nowhere,
  };
}

export function pathItemOf(definition: PathDefinition, operations: readonly Operation[]): PathItem {
  const { parameters = [], operations: _, ...rest } = definition;
  return { extensions: [], ...rest, parameters: parameters.map(parameterOf), operations, at: nowhere };
}

export function requestOf({ requests, ...path }: RequestDefinition): PathItem {
  return pathItemOf(
    path,
    requests.map(({ method, ...operation }) => operationOf(method, operation)),
  );
}

export function securitySchemeOf(definition: SecuritySchemeDefinition): SecurityScheme {
  const { parameters = [], responses = [], ...rest } = definition;
  return {
    settings: {},
    ...rest,
    parameters: parameters.map(parameterOf),
    responses: responses.map(responseOf),
    at: nowhere,
  };
}

export function resourceOf({ fields, ...rest }: ResourceDefinition): Resource {
  return {
    kind: 'collection',
    links: [],
    secrets: [],
    seeds: [],
    ...rest,
    fields: fields.map((field) => ({ array: false, unique: false, indexed: false, text: false, ...field })),
    at: nowhere,
  };
}

export function envelopeOf(definition: EnvelopeDefinition | undefined): Envelope {
  return { slots: [], constants: [], ...(definition ?? { kind: 'array', items: '' }) };
}

function responseOf({ headers = [], content = [], links = [], ...rest }: ResponseDefinition): Response {
  return {
    extensions: [],
    ...rest,
    headers: headers.map(parameterOf),
    content: content.map(mediaTypeOf),
    links: links.map((link) => ({ ...link, at: nowhere })),
    at: nowhere,
  };
}

function requestBodyOf({ content, ...rest }: RequestBodyDefinition): RequestBody {
  return { required: false, ...rest, content: content.map(mediaTypeOf), at: nowhere };
}

function mediaTypeOf({ examples = [], externalExamples, encoding, ...rest }: MediaTypeDefinition): MediaType {
  return {
    extensions: [],
    ...rest,
    examples: examples.map(exampleOf),
    ...(externalExamples && { externalExamples: externalExamples.map(externalExampleOf) }),
    ...(encoding && { encoding: encoding.map(encodingOf) }),
    at: nowhere,
  };
}

function encodingOf({ headers, ...rest }: EncodingDefinition): Encoding {
  return { ...rest, ...(headers && { headers: headers.map(parameterOf) }) };
}

function exampleOf(definition: ExampleDefinition): Example {
  return { name: '', strict: true, ...definition, at: nowhere };
}

function externalExampleOf(definition: ExternalExampleDefinition): ExternalExample {
  return { name: '', ...definition, at: nowhere };
}

function callbackOf({ paths, ...rest }: CallbackDefinition): Callback {
  return { extensions: [], ...rest, paths: paths.map(requestOf), at: nowhere };
}

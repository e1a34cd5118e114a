import type { MediaType, Operation, Parameter, PathItem } from '../model/description.ts';
import { mergeParameters } from '../model/parameter.ts';
import type { ApiModel, Binding } from '../model/types.ts';
import { sample } from './sample.ts';

/**
 * The arguments of a `curl` that sends a valid request of an operation, not quoted for any shell: values of parameters
 * and bodies are the description's examples, else samples. `undefined` for an operation that the model does not have.
 *
 * @example curlArguments(model, binding, 'http://localhost:3000') // ['-X', 'DELETE', 'http://localhost:3000/books/1']
 */
export function curlArguments(model: ApiModel, binding: Binding, url: string): readonly string[] | undefined {
  const path = model.paths.find((candidate) => candidate.path === binding.path);
  const operation = path?.operations.find(({ method }) => method === binding.method);
  if (!path || !operation) return undefined;
  const parameters = mergeParameters(path.parameters, operation.parameters);
  const required = parameters.filter((parameter) => parameter.required);
  const query = required
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => `${encodeURIComponent(parameter.name)}=${encodeURIComponent(valueFor(model, parameter))}`);
  const target = `${url}${filledPath(model, path, parameters)}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  return [
    ...methodArguments(binding),
    target,
    ...required
      .filter((parameter) => parameter.in === 'header')
      .flatMap((parameter) => ['-H', `${parameter.name}: ${valueFor(model, parameter)}`.replace(/[\r\n]+/g, ' ')]),
    ...bodyArguments(model, binding, operation),
  ];
}

/** `-X HEAD` would wait for a body that never comes. */
function methodArguments({ method }: Binding): readonly string[] {
  if (method === 'get') return [];
  return method === 'head' ? ['--head'] : ['-X', method.toUpperCase()];
}

function filledPath(model: ApiModel, { path }: PathItem, parameters: readonly Parameter[]): string {
  return path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    return encodeURIComponent(parameter ? valueFor(model, parameter) : '1');
  });
}

function valueFor(model: ApiModel, parameter: Parameter): string {
  const value = parameter.examples[0]?.value ?? sample(parameter.schema, model.$defs, { direction: 'request' });
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function bodyArguments(model: ApiModel, binding: Binding, operation: Operation): readonly string[] {
  const content = operation.requestBody?.content ?? [];
  const media = content.find(({ mediaType }) => isJson(mediaType));
  if (!media) return [];
  const body = withoutGivenId(model, binding, bodyFor(model, media));
  return ['-H', `Content-Type: ${media.mediaType}`, '-d', JSON.stringify(body)];
}

function bodyFor(model: ApiModel, media: MediaType): unknown {
  const example = media.examples.find(({ strict }) => strict);
  if (example) return example.value;
  if (media.schema === undefined) return {};
  return sample(media.schema, model.$defs, { direction: 'request' });
}

/** An id that the server would give is left to it, so that the command works a second time. */
function withoutGivenId(model: ApiModel, { action }: Binding, body: unknown): unknown {
  const id = 'resource' in action ? model.resources.find(({ name }) => name === action.resource)?.id : undefined;
  if (!id || id.generate === 'none' || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== id.property));
}

function isJson(mediaType: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/.test(mediaType);
}

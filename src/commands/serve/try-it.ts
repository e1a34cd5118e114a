import { sample } from '../../fake/sample.ts';
import type { MediaType, Operation, Parameter, PathItem } from '../../model/description.ts';
import type { ApiModel, Binding } from '../../model/types.ts';

/**
 * One command to copy that works at once: a create with a valid body where the model has one, else a list, else any
 * GET without path parameters. `undefined` where the description has nothing of the kind.
 *
 * @example curl -X POST http://127.0.0.1:3000/books -H 'Content-Type: application/json' -d '{"title":"…"}'
 */
export function tryIt(model: ApiModel, url: string, options: { readonly readOnly: boolean }): string | undefined {
  const rootBindings = model.bindings.filter((binding) => !binding.path.includes('{'));
  const creating = options.readOnly ? undefined : rootBindings.find(({ action }) => action.kind === 'create');
  const listing = rootBindings.find(({ action, method }) => action.kind === 'list' && method === 'get');
  const binding = creating ?? listing ?? rootBindings.find(({ method }) => method === 'get');
  return binding && curlFor(model, binding, url);
}

function curlFor(model: ApiModel, binding: Binding, url: string): string | undefined {
  const path = model.paths.find((candidate) => candidate.path === binding.path);
  const operation = path?.operations.find(({ method }) => method === binding.method);
  if (!path || !operation) return undefined;
  const required = requiredParameters(path, operation);
  const query = required
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => `${encodeURIComponent(parameter.name)}=${encodeURIComponent(valueFor(model, parameter))}`);
  const target = `${url}${binding.path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  return [
    'curl',
    ...(binding.method === 'get' ? [] : ['-X', binding.method.toUpperCase()]),
    /[?&()$;*[\]'"\s]/.test(target) ? shellQuoted(target) : target,
    ...required
      .filter((parameter) => parameter.in === 'header')
      .flatMap((parameter) => ['-H', shellQuoted(`${parameter.name}: ${valueFor(model, parameter)}`)]),
    ...bodyArguments(model, binding, operation),
  ].join(' ');
}

function requiredParameters(path: PathItem, operation: Operation): readonly Parameter[] {
  const refined = new Set(operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`));
  const shared = path.parameters.filter((parameter) => !refined.has(`${parameter.in} ${parameter.name}`));
  return [...shared, ...operation.parameters].filter((parameter) => parameter.required);
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
  return ['-H', shellQuoted(`Content-Type: ${media.mediaType}`), '-d', shellQuoted(JSON.stringify(body))];
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

/** For POSIX shells: everything but the quote itself is literal between single quotes. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

import type { Operation, Parameter, PathItem } from '../../model/description.ts';
import { mergeParameters } from '../../model/parameter.ts';
import { annotated } from './annotations.ts';
import { requestBodyMember, responsesMember } from './bodies.ts';
import { keptAs, keptDocs, keptExtensions, keptPaths, keptServers } from './kept.ts';
import { ramlParameters } from './parameters.ts';
import type { Translation } from './translation.ts';

/** Methods of one resource, by name. */
export function ramlMethods(item: PathItem, translation: Translation): object {
  const said = item.operations.filter(({ method, at }) => {
    if (method === 'trace') translation.report.lost(`TRACE ${item.path} is left out: RAML has no such method.`, at);
    return method !== 'trace';
  });
  return Object.fromEntries(said.map((operation) => [operation.method, ramlMethod(item, operation, translation)]));
}

function ramlMethod(item: PathItem, operation: Operation, translation: Translation): object {
  const { id, summary, description, tags, deprecated, security, at } = operation;
  const what = `${operation.method.toUpperCase()} ${item.path}`;
  const { annotations, report } = translation;
  const parameters = mergeParameters(item.parameters, operation.parameters);
  for (const { name, at: place } of parameters.filter((parameter) => parameter.in === 'cookie')) {
    report.lost(`The cookie "${name}" of ${what} is left out: RAML does not describe cookies.`, place);
  }
  return {
    ...(summary !== undefined && { displayName: summary }),
    ...(description !== undefined && { description }),
    // The readers' stand-in for an id, `get /books`, is none that tools could use.
    ...(!id.includes(' ') && { [annotations.key('operationId')]: id }),
    ...(tags.length > 0 && { [annotations.key('tags')]: tags }),
    ...(deprecated && { [annotations.key('deprecated')]: true }),
    ...keptAs(
      'externalDocs',
      keptDocs(operation.externalDocs),
      `The external documentation of ${what} is kept`,
      at,
      translation,
    ),
    ...keptAs('servers', keptServers(operation.servers), `The servers of ${what} are kept`, at, translation),
    ...keptAs('callbacks', keptCallbacks(operation, translation), `The callbacks of ${what} are kept`, at, translation),
    ...keptAs(
      'responses',
      keptExtensions(operation.responsesExtensions),
      `What stands beside the responses of ${what} is kept`,
      at,
      translation,
    ),
    ...annotated(operation.extensions, annotations),
    ...(security && { securedBy: translation.securedBy(security, what, at) }),
    ...parametersMember('queryParameters', 'query', parameters, translation),
    ...parametersMember('headers', 'header', parameters, translation),
    ...requestBodyMember(operation.requestBody, what, translation),
    ...responsesMember(operation.responses, what, translation),
  };
}

function keptCallbacks({ callbacks }: Operation, translation: Translation): unknown {
  if (callbacks === undefined) return undefined;
  return Object.fromEntries(callbacks.map(({ name, paths }) => [name, keptPaths(paths, translation)]));
}

function parametersMember(
  member: string,
  place: Parameter['in'],
  parameters: readonly Parameter[],
  translation: Translation,
): object {
  const here = parameters.filter((parameter) => parameter.in === place);
  return here.length === 0 ? {} : { [member]: ramlParameters(here, translation) };
}

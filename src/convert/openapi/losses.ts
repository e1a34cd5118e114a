/**
 * What an OpenAPI document does not say, or says in other words, of a description: one entry for each, with its place.
 */
import type {
  ApiDescription,
  Extension,
  MediaType,
  Operation,
  Parameter,
  PathItem,
  Position,
  Response,
  SecurityScheme,
} from '../../model/description.ts';
import { componentNames } from '../../model/openapi/component-names.ts';
import { extensionName } from '../../model/openapi/extensions.ts';
import { describedElsewhere } from '../../model/openapi/parameters.ts';
import { isDescribable } from '../../model/openapi/security.ts';
import type { Loss } from '../loss.ts';
import { unsaidSchemes } from './custom-security.ts';
import { isAnnotation } from './keywords.ts';
import { mergedPaths } from './merged-paths.ts';
import { definitionLosses, inlineLosses } from './schema-losses.ts';
import { variablesWithoutDefault } from './servers.ts';

/** In the order of the description: its head, schemas, security schemes, then path by path. */
export function lossesToOpenapi(description: ApiDescription): readonly Loss[] {
  return [
    ...headLosses(description),
    ...renamedDefinitions(description),
    ...definitionLosses(description.$defs, description.schemaPositions),
    ...description.securitySchemes.flatMap(schemeLosses),
    ...mergedPaths(description.paths).flatMap(mergeLosses),
    ...description.paths.flatMap((item) => pathLosses(item, description)),
  ];
}

function headLosses(description: ApiDescription): readonly Loss[] {
  const at: Position = { file: description.file, line: 1, column: 1 };
  const { title, version, documentation, servers, security, securitySchemes, extensions } = description;
  const unsaid = unsaidSchemes(security, securitySchemes);
  return [
    ...(title === '' ? [changed('There is no title, which OpenAPI asks for: it is empty.', at)] : []),
    ...(version === undefined ? [changed('There is no version, which OpenAPI asks for: it is "1".', at)] : []),
    ...documentation.map((page) => changed(`The page "${page.title}" became a section of the description.`, at)),
    ...servers.flatMap((server) =>
      variablesWithoutDefault(server).map((name) =>
        changed(`The variable {${name}} of ${server.url} has no default, which OpenAPI asks for: it got one.`, at),
      ),
    ),
    ...unsaid.map((name) => lost(`That everything is secured by "${name}" is kept as "x-secured-by" only.`, at)),
    ...writtenOut(description, at),
    ...annotationLosses(extensions, at),
  ];
}

/** RAML's templates; the readers have applied them. */
function writtenOut({ paths }: ApiDescription, at: Position): readonly Loss[] {
  const traits = new Set(paths.flatMap(({ operations }) => operations.flatMap((operation) => operation.traits)));
  const types = new Set(paths.flatMap(({ resourceType }) => (resourceType === undefined ? [] : [resourceType])));
  const what = [
    ...(types.size > 0 ? [`resource types (${[...types].join(', ')})`] : []),
    ...(traits.size > 0 ? [`traits (${[...traits].join(', ')})`] : []),
  ];
  if (what.length === 0) return [];
  return [changed(`What ${what.join(' and ')} say is written out wherever they are used.`, at)];
}

function renamedDefinitions({ $defs, schemaPositions, file }: ApiDescription): readonly Loss[] {
  return [...componentNames(Object.keys($defs))].flatMap(([name, component]) => {
    if (name === component) return [];
    const at = schemaPositions[`#/$defs/${name}`] ?? { file, line: 1, column: 1 };
    return [changed(`The type "${name}" is called "${component}": OpenAPI allows no other letters.`, at)];
  });
}

function schemeLosses(scheme: SecurityScheme): readonly Loss[] {
  const { name, type, at } = scheme;
  if (!isDescribable(scheme)) {
    const why = type.startsWith('x-') ? `OpenAPI has no type "${type}"` : 'too little is said about it';
    return [lost(`The security scheme "${name}" is kept under "x-security-schemes" only: ${why}.`, at)];
  }
  const isKey = (parameter: Parameter) => type === 'apiKey' && parameter.name === scheme.parameterName;
  const settings =
    type === 'http'
      ? Object.keys(scheme.settings).filter((key) => key !== 'bearerFormat' && !key.startsWith('x-'))
      : [];
  return [
    ...scheme.parameters
      // The Authorization header is what the type of the scheme says already.
      .filter((parameter) => !isKey(parameter) && parameter.name.toLowerCase() !== 'authorization')
      .map((parameter) => lost(`The security scheme "${name}" no longer describes "${parameter.name}".`, parameter.at)),
    ...scheme.responses.map((response) =>
      lost(`The security scheme "${name}" no longer describes the response ${response.status}.`, response.at),
    ),
    ...settings.map((setting) => lost(`The setting "${setting}" of the security scheme "${name}" has no place.`, at)),
  ];
}

function mergeLosses({ path, left, joined }: ReturnType<typeof mergedPaths>[number]): readonly Loss[] {
  return [
    ...joined.map((item) => changed(`"${item.path}" is the same path as "${path}" and became part of it.`, item.at)),
    ...left.map((operation) =>
      lost(`${operation.method.toUpperCase()} ${path} is there already: OpenAPI takes one of each.`, operation.at),
    ),
  ];
}

function pathLosses(item: PathItem, description: ApiDescription): readonly Loss[] {
  return [
    ...annotationLosses(item.extensions, item.at),
    ...item.parameters.flatMap(parameterLosses),
    ...item.operations.flatMap((operation) => operationLosses(operation, item, description)),
  ];
}

function operationLosses(operation: Operation, item: PathItem, description: ApiDescription): readonly Loss[] {
  const { at, security } = operation;
  const unsaid = unsaidSchemes(security ?? [], description.securitySchemes);
  const named = `${operation.method.toUpperCase()} ${item.path}`;
  return [
    ...annotationLosses(operation.extensions, at),
    ...unsaid.map((name) => lost(`That ${named} is secured by "${name}" is kept as "x-secured-by" only.`, at)),
    ...operation.parameters.flatMap(parameterLosses),
    ...(operation.requestBody?.content ?? []).flatMap(contentLosses),
    ...operation.responses.flatMap(responseLosses),
  ];
}

function parameterLosses(parameter: Parameter): readonly Loss[] {
  const { name, at } = parameter;
  if (parameter.in === 'header' && describedElsewhere.has(name.toLowerCase())) {
    const where = name.toLowerCase() === 'authorization' ? 'security' : 'content';
    return [lost(`The header "${name}" is left out: OpenAPI says it by "${where}".`, at)];
  }
  const optional = parameter.in === 'path' && !parameter.required;
  return [
    ...(optional ? [changed(`The path parameter "${name}" is required now: in OpenAPI each is.`, at)] : []),
    ...annotationLosses(parameter.extensions, at),
    ...inlineLosses(parameter.schema, at),
    ...exampleLosses(parameter.examples),
  ];
}

function responseLosses(response: Response): readonly Loss[] {
  return [
    ...annotationLosses(response.extensions, response.at),
    ...response.headers.flatMap((header) =>
      header.name.toLowerCase() === 'content-type'
        ? [lost('The response header "Content-Type" is left out: OpenAPI says it by "content".', header.at)]
        : [...annotationLosses(header.extensions, header.at), ...inlineLosses(header.schema, header.at)],
    ),
    ...response.content.flatMap(contentLosses),
  ];
}

function contentLosses({ schema, examples, extensions, at }: MediaType): readonly Loss[] {
  return [...annotationLosses(extensions, at), ...inlineLosses(schema ?? true, at), ...exampleLosses(examples)];
}

function exampleLosses(examples: MediaType['examples']): readonly Loss[] {
  return examples.flatMap(({ strict, at }) =>
    strict ? [] : [lost('That the example need not fit its schema ("strict: false") cannot be said.', at)],
  );
}

function annotationLosses(extensions: readonly Extension[], at: Position): readonly Loss[] {
  return extensions
    .filter(({ name }) => isAnnotation(name))
    .map(({ name }) => changed(`The annotation "${name}" is kept as "${extensionName(name)}".`, at));
}

function lost(message: string, at: Position): Loss {
  return { kind: 'lost', message, at };
}

function changed(message: string, at: Position): Loss {
  return { kind: 'changed', message, at };
}

/**
 * Path, query and header parameters, which RAML describes by its own types only.
 */
import type { JsonSchema, Parameter, SchemaObject } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import { annotated } from './annotations.ts';
import { exampleMembers } from './examples.ts';
import { keptAs, keptExternalExamples } from './kept.ts';
import { definitionOf } from './schema-text.ts';
import type { Translation } from './translation.ts';
import { compact, facets, type RamlType } from './typed.ts';
import { typeOf } from './types.ts';

/** A map such as `queryParameters`, by name; `name?` for those that may be left out. */
export function ramlParameters(parameters: readonly Parameter[], translation: Translation): object {
  return Object.fromEntries(parameters.map((parameter) => ramlParameter(parameter, translation)));
}

function ramlParameter(parameter: Parameter, translation: Translation): readonly [string, RamlType] {
  const { name, required, description, deprecated } = parameter;
  reportStyle(parameter, translation);
  const elsewhere = keptExternalExamples(parameter.externalExamples);
  const type = {
    ...facets(nearestType(parameter, translation)),
    ...(description !== undefined && { description }),
    ...exampleMembers(parameter.examples),
    ...(deprecated === true && { [translation.annotations.key('deprecated')]: true }),
    ...keptAs('externalExamples', elsewhere, `Where examples of "${name}" stand is kept`, parameter.at, translation),
    ...annotated(parameter.extensions, translation.annotations),
  };
  const isOptional = !required && parameter.in !== 'path';
  if (name.endsWith('?')) return [name, { ...type, required: !isOptional }];
  return [isOptional ? `${name}?` : name, compact(type)];
}

/** The type of a parameter without what RAML cannot say, which is reported. */
function nearestType({ name, schema, at }: Parameter, { types, $defs, report }: Translation): RamlType {
  let rest = isRecord(schema) ? own(schema, $defs, types.isType) : schema;
  for (;;) {
    const typed = typeOf(rest, types);
    if ('type' in typed) return typed.type;
    if (!isRecord(rest) || !Object.hasOwn(rest, typed.unsaid)) {
      report.lost(`What a value of the parameter "${name}" must be is left out: RAML has no "${typed.unsaid}".`, at);
      return 'any';
    }
    const { [typed.unsaid]: left, ...others } = rest;
    // A pattern that may match anywhere says the same with anything around it.
    if (typed.unsaid === 'pattern' && typeof left === 'string' && !left.includes(anything)) {
      rest = { ...rest, pattern: `^(?:${anything}(?:${left})${anything})$` };
      continue;
    }
    report.lost(`"${typed.unsaid}" of the parameter "${name}" is left out: RAML's own types have none.`, at);
    rest = others;
  }
}

const anything = '[\\s\\S]*';

/** A parameter cannot refer to a definition that is JSON Schema; what that says stands in the parameter. */
function own(
  schema: SchemaObject,
  $defs: Translation['$defs'],
  isType: (definition: string) => boolean,
  seen: readonly string[] = [],
): JsonSchema {
  const definition = definitionOf(schema.$ref);
  if (definition === undefined || isType(definition) || seen.includes(definition)) return schema;
  const { $ref: _, ...beside } = schema;
  const referred = Object.hasOwn($defs, definition) ? $defs[definition] : undefined;
  const resolved = isRecord(referred) ? own(referred, $defs, isType, [...seen, definition]) : undefined;
  return isRecord(resolved) ? { ...resolved, ...beside } : beside;
}

/** RAML repeats the name for each value of an array, and takes objects as JSON. */
function reportStyle(
  { name, in: place, style, explode, schema, contentType, at, ...also }: Parameter,
  { report }: Translation,
): void {
  const type = isRecord(schema) ? schema.type : undefined;
  const isCompound = type === 'array' || type === 'object';
  const isRepeated = style === 'repeat' || (style === 'form' && explode && type === 'array');
  const isJson = contentType === 'application/json' && type === 'object';
  const isSaid =
    place === 'query' ? isJson || !isCompound || isRepeated : style === 'simple' && !(explode && type === 'object');
  if (!isSaid || (contentType !== undefined && !isJson)) {
    report.lost(`How the parameter "${name}" is written (${contentType ?? style}) cannot be said.`, at);
  } else if (place === 'query' && style !== 'form' && style !== 'repeat') {
    report.lost(`The style "${style}" of the parameter "${name}" cannot be said.`, at);
  }
  if (also.allowReserved === true) report.lost(`"allowReserved" of the parameter "${name}" cannot be said.`, at);
  if (also.allowEmptyValue === true) report.lost(`"allowEmptyValue" of the parameter "${name}" cannot be said.`, at);
}

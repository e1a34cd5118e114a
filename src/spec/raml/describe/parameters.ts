/**
 * Parameters: RAML 0.8's named parameters and RAML 1.0's property declarations become one shape.
 */
import { diagnostic } from '../../../diagnostics.ts';
import type {
  Example,
  JsonSchema,
  Parameter,
  ParameterPlace,
  ParameterStyle,
  Position,
} from '../../../model/description.ts';
import { isObject, type Json } from '../../record.ts';
import { impossibleRange } from '../../schema/limits.ts';
import { elementsOf, placeOf, textOf, textsOf } from '../parsed.ts';
import { exampleOfText } from '../types/converter.ts';
import { isExternal } from '../types/external.ts';
import { nameOf } from '../types/facets.ts';
import { namedParameters } from '../types/named-parameters.ts';
import { type Context, extensionsOf } from './context.ts';
import { examplesOf } from './examples.ts';

/** The parameters of a list such as `queryParameters`. `owner` is the place for those that have none. */
export function parametersOf(
  list: unknown,
  place: ParameterPlace,
  owner: Position,
  context: Context,
): readonly Parameter[] {
  if (context.version === '0.8') return parameters08(list, place, owner, context);
  return elementsOf(list).map((declaration) => {
    const at = placeOf(declaration, owner);
    if (textsOf(declaration.type).some(isExternal)) reportExternal(declaration, at, context);
    const schema = withoutExamples(context.types.schemaOf(declaration, at));
    return parameter(declaration, { place, at, schema, required: declaration.required !== false, context });
  });
}

/** RAML 1.0 `queryString` of an object type: its properties are the query parameters. */
export function queryStringParameters(value: unknown, owner: Position, context: Context): readonly Parameter[] {
  if (!isObject(value)) return [];
  const at = placeOf(value, owner);
  const found = context.types.properties(context.types.schemaOf(value, at));
  if (!found) return [];
  return Object.entries(found.properties).map(([name, schema]) => {
    const own: JsonSchema = isObject(schema) ? schema : true;
    const required = found.required.includes(name);
    return parameter({ name }, { place: 'query', at, schema: own, required, context });
  });
}

function parameters08(list: unknown, place: ParameterPlace, owner: Position, context: Context): readonly Parameter[] {
  return namedParameters(list).map(({ declaration, schema, required, repeat }) => {
    const at = placeOf(declaration, owner);
    const range = impossibleRange(declaration);
    if (range) {
      context.report(diagnostic('impossible-range', range.message, { at, hint: 'swap the two', severity: 'warning' }));
    }
    // A part of the path is always there, whatever `required` says.
    const converted = parameter(declaration, { place, at, schema, required: required || place === 'path', context });
    return repeat ? { ...converted, examples: converted.examples.map(ofOneItem) } : converted;
  });
}

/** The example of a parameter that may be repeated shows it once. */
function ofOneItem(example: Example): Example {
  return { ...example, value: [example.value] };
}

function reportExternal(declaration: Json, at: Position, context: Context): void {
  const name = nameOf(declaration);
  context.report(
    diagnostic('raml-questionable', `RAML does not allow JSON Schema or XML Schema for the parameter "${name}".`, {
      at,
    }),
  );
}

interface ParameterDetails {
  readonly place: ParameterPlace;
  readonly at: Position;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly context: Context;
}

function parameter(declaration: Json, { place, at, schema, required, context }: ParameterDetails): Parameter {
  const description = textOf(declaration.description);
  const { type } = context.types.resolve(schema);
  const examples = examplesOf(declaration, { at, mediaType: undefined, context });
  const style = styleOf(place, type);
  return {
    name: nameOf(declaration),
    in: place,
    required,
    schema,
    style,
    explode: style === 'repeat' || style === 'form',
    ...(place === 'query' && type === 'object' && { contentType: 'application/json' }),
    ...(description !== undefined && { description }),
    examples: type === 'string' ? examples.map(asText) : examples,
    extensions: extensionsOf(declaration),
    at,
  };
}

function asText(example: Example): Example {
  return { ...example, value: exampleOfText(example.value) };
}

function styleOf(place: ParameterPlace, type: unknown): ParameterStyle {
  if (place === 'header' || place === 'path') return 'simple';
  return type === 'array' ? 'repeat' : 'form';
}

/** Examples of a parameter stand on the parameter. */
function withoutExamples(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { examples: _, ...others } = schema;
  return others;
}

/** Form parameters of RAML 0.8 as one object schema. */
export function formSchema08(list: unknown): JsonSchema {
  const parameters = namedParameters(list);
  const required = parameters.filter((entry) => entry.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
  };
}

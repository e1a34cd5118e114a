import type { Example, ExternalExample, JsonSchema, Parameter } from '../description.ts';
import { openapiExtensions } from './extensions.ts';

type Translate = (schema: JsonSchema) => JsonSchema;

/** Headers that OpenAPI describes elsewhere and tells readers to ignore as parameters. */
export const describedElsewhere: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** Parameter objects; later ones with the same name and place win, as an operation refines its path. */
export function openapiParameters(parameters: readonly Parameter[], translate: Translate): readonly object[] {
  const unique = new Map<string, Parameter>();
  for (const parameter of parameters) {
    if (parameter.in === 'header' && describedElsewhere.has(parameter.name.toLowerCase())) continue;
    unique.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...unique.values()].map((parameter) => ({
    name: parameter.name,
    in: parameter.in,
    ...(parameter.in === 'path' ? { required: true } : parameter.required && { required: true }),
    ...describe(parameter, translate),
  }));
}

/** Header objects of a response: parameters without name and place. */
export function openapiHeaders(headers: readonly Parameter[], translate: Translate): Readonly<Record<string, object>> {
  const named = headers
    .filter(({ name }) => name.toLowerCase() !== 'content-type')
    .map((header): [string, object] => {
      const {
        style: _style,
        allowReserved: _allowReserved,
        allowEmptyValue: _allowEmptyValue,
        ...described
      } = describe(header, translate);
      return [header.name, { ...(header.required && { required: true }), ...described }];
    });
  return Object.fromEntries(named);
}

/** `example` or `examples` of a parameter or media type. */
export function openapiExamples({
  examples,
  externalExamples = [],
}: {
  readonly examples: readonly Example[];
  readonly externalExamples?: readonly ExternalExample[];
}): object {
  const [first] = examples;
  if (!first && externalExamples.length === 0) return {};
  if (first?.name === '' && examples.length + externalExamples.length === 1) return { example: first.value };
  const named = examples.map(({ name, value, summary, description, extensions = [] }, index): [string, object] => [
    name || `example-${index + 1}`,
    {
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      value,
      ...openapiExtensions(extensions),
    },
  ]);
  const elsewhere = externalExamples.map(({ name, url, summary, description, extensions = [] }): [string, object] => [
    name,
    {
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      externalValue: url,
      ...openapiExtensions(extensions),
    },
  ]);
  return { examples: Object.fromEntries([...named, ...elsewhere]) };
}

interface Described {
  readonly description?: string;
  readonly deprecated?: true;
  readonly schema?: JsonSchema;
  readonly content?: object;
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: true;
  readonly allowEmptyValue?: true;
}

function describe(parameter: Parameter, translate: Translate): Described {
  const schema = translate(parameter.schema);
  const annotations = {
    ...(parameter.description !== undefined && { description: parameter.description }),
    ...(parameter.deprecated && { deprecated: true as const }),
    ...openapiExtensions(parameter.extensions),
  };
  if (parameter.contentType !== undefined) {
    return { ...annotations, content: { [parameter.contentType]: { schema, ...openapiExamples(parameter) } } };
  }
  return { ...annotations, schema, ...serialisation(parameter), ...openapiExamples(parameter) };
}

/** Said only where it is not OpenAPI's default. RAML's repeated names are an exploded form. */
function serialisation({
  in: place,
  style,
  explode,
  allowReserved,
  allowEmptyValue,
}: Parameter): Omit<Described, 'schema'> {
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  const name = style === 'repeat' ? 'form' : style;
  const exploded = style === 'repeat' ? true : explode;
  return {
    ...(name !== usual && { style: name }),
    ...(exploded !== (name === 'form') && { explode: exploded }),
    ...(allowReserved && place === 'query' && { allowReserved: true as const }),
    ...(allowEmptyValue && place === 'query' && { allowEmptyValue: true as const }),
  };
}

import type { JsonSchema, MediaType } from '../description.ts';
import { openapiExtensions } from './extensions.ts';
import { openapiExamples } from './parameters.ts';

/** Media Type objects by media type: the `content` of a body. */
export function openapiContent(
  content: readonly MediaType[],
  translate: (schema: JsonSchema) => JsonSchema,
): Readonly<Record<string, object>> {
  const named = content.map(({ mediaType, schema, examples, encoding, extensions }): [string, object] => [
    mediaType,
    {
      ...(schema !== undefined && { schema: translate(schema) }),
      ...openapiExamples(examples),
      ...(encoding && { encoding: Object.fromEntries(encoding.map(({ name, ...described }) => [name, described])) }),
      ...openapiExtensions(extensions),
    },
  ]);
  return Object.fromEntries(named);
}

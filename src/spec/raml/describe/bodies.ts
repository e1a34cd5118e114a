/**
 * Bodies of requests and responses, one per media type.
 */
import { diagnostic } from '../../../diagnostics.ts';
import type { JsonSchema, MediaType, Position, RequestBody, Response } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import type { Json } from '../../record.ts';
import { elementsOf, isTextOfUnreadFile, placeOf, textOf } from '../parsed.ts';
import { nameOf } from '../types/facets.ts';
import { checkMediaType } from './checks.ts';
import { type Context, extensionsOf } from './context.ts';
import { examplesOf } from './examples.ts';
import { formSchema08, parametersOf } from './parameters.ts';

/** The request body of a method. `wanted` names a schema that has no name of its own, such as `books`. */
export function requestBodyOf(
  method: Json,
  wanted: string,
  owner: Position,
  context: Context,
): RequestBody | undefined {
  const content = contentOf(method.body, wanted, owner, context);
  const [first] = content;
  if (!first) return undefined;
  return { required: true, content, at: first.at };
}

export function responsesOf(list: unknown, wanted: string, owner: Position, context: Context): readonly Response[] {
  const responses = elementsOf(list).map((response) => responseOf(response, wanted, owner, context));
  return mergeDuplicates(responses.filter((response) => response !== undefined));
}

function responseOf(response: Json, wanted: string, owner: Position, context: Context): Response | undefined {
  const at = placeOf(response, owner);
  const status = String(response.code ?? '');
  if (!/^[1-5][0-9][0-9]$/.test(status)) return undefined;
  const description = textOf(response.description);
  return {
    status,
    ...(description !== undefined && { description }),
    headers: parametersOf(response.headers, 'header', at, context),
    content: contentOf(response.body, wanted, at, context),
    links: [],
    extensions: extensionsOf(response),
    at,
  };
}

/** A status that is written twice (an error that the parser reports): the first one counts, and the second fills gaps. */
function mergeDuplicates(responses: readonly Response[]): readonly Response[] {
  const byStatus = new Map<string, Response>();
  for (const response of responses) {
    const first = byStatus.get(response.status);
    byStatus.set(
      response.status,
      first ? { ...response, ...first, content: [...first.content, ...response.content] } : response,
    );
  }
  return [...byStatus.values()];
}

function contentOf(list: unknown, wanted: string, owner: Position, context: Context): readonly MediaType[] {
  return elementsOf(list)
    .filter((body) => nameOf(body).includes('/'))
    .map((body) => mediaTypeOf(body, wanted, owner, context));
}

function mediaTypeOf(body: Json, wanted: string, owner: Position, context: Context): MediaType {
  const at = placeOf(body, owner);
  const mediaType = nameOf(body).toLowerCase();
  checkMediaType(mediaType, at, context);
  const schema = context.version === '0.8' ? schema08(body, wanted, at, context) : schema10(body, wanted, at, context);
  return {
    mediaType,
    ...(schema !== undefined && schema !== true && { schema }),
    examples: examplesOf(body, { at, mediaType, context }),
    extensions: extensionsOf(body),
    at,
  };
}

function schema08(body: Json, wanted: string, at: Position, context: Context): JsonSchema | undefined {
  if (elementsOf(body.formParameters).length > 0) return formSchema08(body.formParameters);
  const text = textOf(body.schema)?.trim();
  if (text === undefined || text === '' || isTextOfUnreadFile(text)) return undefined;
  const schema = context.schemas08.schemaOf(body, wanted, at);
  if (schema === undefined) reportUnknownSchema(text, at, context);
  return schema;
}

function reportUnknownSchema(text: string, at: Position, context: Context): void {
  // A text of several lines is no name: a schema that is broken at its first character.
  const name = text.length > 80 || text.includes('\n') ? `${text.slice(0, 40).split('\n')[0]}…` : text;
  const nearest = suggest(name, context.schemas08.names());
  context.report(
    diagnostic('unknown-type', `There is no schema "${name}".`, {
      at,
      hint: nearest ? `did you mean "${nearest}"?` : 'declare it under "schemas" at the top of the description',
    }),
  );
}

/** `any`, which is what the parser gives for a body without a type, says nothing. */
function schema10(body: Json, wanted: string, at: Position, context: Context): JsonSchema | undefined {
  // Both stand on the media type.
  const { examples: _examples, annotations: _annotations, ...declaration } = body;
  const schema = context.types.schemaOf({ ...declaration, name: wanted, displayName: wanted }, at);
  const silent = typeof schema === 'boolean' || Object.keys(schema).every((keyword) => keyword === 'description');
  return silent ? undefined : schema;
}

/**
 * What an operation takes and gives: the JSON body of its request and of its success response, as schema and examples.
 */
import type { Example, JsonSchema, MediaType, Operation, Response } from './description.ts';
import { remembering } from './memory.ts';
import { type Definitions, isRecord, isSilent } from './schema.ts';

/** A JSON body: its schema where one says something, and its examples. */
export interface Representation {
  readonly schema?: JsonSchema;
  readonly examples: readonly Example[];
  readonly mediaType: string;
}

/** The body of the lowest 2XX response that has one we can hold (JSON, or a type that is not binary and has a schema). */
export function responseOf(operation: Operation | undefined, definitions: Definitions): Representation | undefined {
  return operation && answerOnce(operation, definitions);
}

const answerOnce = remembering((operation: Operation, definitions: Definitions): Representation | undefined => {
  for (const response of successes(operation)) {
    const found = bodyOf(response.content, definitions);
    if (found !== undefined) return found;
  }
  return undefined;
});

export function requestOf(operation: Operation | undefined, definitions: Definitions): Representation | undefined {
  const content = operation?.requestBody?.content;
  return content && bodyOnce(content, definitions);
}

const bodyOnce = remembering(bodyOf);

/** The lowest declared 2XX status; `2XX` and `default` say nothing exact. */
export function successOf(operation: Operation): number | undefined {
  let lowest: string | undefined;
  for (const { status } of operation.responses) {
    if (/^2\d\d$/.test(status) && (lowest === undefined || status < lowest)) lowest = status;
  }
  return lowest === undefined ? undefined : Number(lowest);
}

/** It declares this status among its responses. */
export function declares(operation: Operation, status: number): boolean {
  return operation.responses.some((response) => response.status === String(status));
}

/** The operation answers or takes only what is no document: images, archives, plain text. */
export function isBinary(operation: Operation): boolean {
  const { requestBody } = operation;
  if (requestBody !== undefined && isOnlyOpaque(requestBody)) return true;
  return successes(operation).some(isOnlyOpaque);
}

function isOnlyOpaque({ content }: { readonly content: readonly MediaType[] }): boolean {
  return content.length > 0 && content.every(isOpaque);
}

/** JSON in any of its spellings: `application/json`, `application/vnd.api+json`, and wildcards that include it. */
export function isJson(mediaType: string): boolean {
  return /^(?:application|text)\/(?:[\w.+-]*\+)?json\b|^(?:\*|application)\/\*/.test(mediaType);
}

/** A schema that accepts what the examples show, for descriptions that give examples only. */
export function schemaOfExample(value: unknown, depth = 0): JsonSchema {
  if (depth > 8) return true;
  if (Array.isArray(value)) {
    const items = value.filter(isRecord);
    return items.length > 0
      ? { type: 'array', items: schemaOfExample(Object.assign({}, ...items), depth + 1) }
      : { type: 'array', ...(value.length > 0 && { items: schemaOfExample(value[0], depth + 1) }) };
  }
  if (isRecord(value)) {
    const properties: Record<string, JsonSchema> = Object.create(null);
    for (const [name, member] of Object.entries(value)) properties[name] = schemaOfExample(member, depth + 1);
    return { type: 'object', properties };
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return value === null ? true : { type: typeof value };
}

function successes({ responses }: Operation): readonly Response[] {
  const declared = responses.filter(({ status }) => /^2(?:\d\d|XX)$/.test(status));
  if (declared.length === 0) return responses.filter(({ status }) => status === 'default');
  return declared.length === 1 ? declared : declared.toSorted((left, right) => rank(left.status) - rank(right.status));
}

function rank(status: string): number {
  return Number(status.replace('XX', '99'));
}

function bodyOf(content: readonly MediaType[], definitions: Definitions): Representation | undefined {
  const best =
    content.length === 1 ? content.find((media) => isHeld(media, definitions)) : bestOf(content, definitions);
  if (best === undefined) return undefined;
  const { schema, examples, mediaType } = best;
  const says = schema !== undefined && !isSilent(schema, definitions);
  return says ? { schema, examples, mediaType } : { examples, mediaType };
}

function isHeld(media: MediaType, definitions: Definitions): boolean {
  return !isOpaque(media) && (isJson(media.mediaType) || !isSilent(media.schema, definitions));
}

function bestOf(content: readonly MediaType[], definitions: Definitions): MediaType | undefined {
  const held = content.filter((media) => !isOpaque(media));
  return (
    held.find(({ mediaType, schema }) => isJson(mediaType) && !isSilent(schema, definitions)) ??
    held.find(({ mediaType, examples }) => isJson(mediaType) && examples.length > 0) ??
    held.find(({ mediaType }) => isJson(mediaType)) ??
    held.find(({ schema }) => !isSilent(schema, definitions))
  );
}

function isOpaque({ mediaType }: MediaType): boolean {
  return /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|x-tar|x-zip)|^text\/(?!json|yaml|xml)/.test(
    mediaType,
  );
}

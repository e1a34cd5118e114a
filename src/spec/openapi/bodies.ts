/**
 * What goes in and out: request bodies, responses and their media types.
 */
import type { MediaType, RequestBody, Response } from '../../model/description.ts';
import type { DocumentNode } from '../document/library.ts';
import { readEncodings } from './encodings.ts';
import { readExamples, readExternalExamples } from './examples.ts';
import { someExtensions } from './info.ts';
import { readLinks } from './links.ts';
import { readHeaders } from './parameters.ts';
import { dereference, entriesOf, extensionsOf, flagOf, placeOf, type Reading, schemaOf, textOf } from './reading.ts';

export function readRequestBody(reading: Reading, entry: DocumentNode): RequestBody | undefined {
  const node = dereference(reading, entry);
  if (!node) return undefined;
  const description = textOf(entry, 'description') ?? textOf(node, 'description');
  return {
    required: flagOf(node, 'required') ?? false,
    ...(description === undefined ? {} : { description }),
    content: readContent(reading, node),
    ...someExtensions(node),
    at: placeOf(node),
  };
}

export function readResponses(reading: Reading, operation: DocumentNode): readonly Response[] {
  return entriesOf(operation, 'responses').flatMap(([key, entry]) => {
    const status = statusOf(key);
    const node = status === undefined ? undefined : dereference(reading, entry);
    return status !== undefined && node ? [readResponse(reading, status, entry, node)] : [];
  });
}

/** `200`, `4XX`, `default`; `undefined` for anything else. `2xx` is a common slip that leaves no doubt. */
export function statusOf(key: string): string | undefined {
  if (key === 'default') return key;
  return /^[1-5]([0-9]{2}|xx)$/i.test(key) ? key.toUpperCase() : undefined;
}

function readResponse(reading: Reading, status: string, entry: DocumentNode, node: DocumentNode): Response {
  const description = textOf(entry, 'description') ?? textOf(node, 'description');
  return {
    status,
    ...(description === undefined ? {} : { description }),
    headers: readHeaders(reading, node),
    content: readContent(reading, node),
    links: readLinks(reading, node),
    extensions: extensionsOf(node),
    at: placeOf(node),
  };
}

function readContent(reading: Reading, node: DocumentNode): readonly MediaType[] {
  return entriesOf(node, 'content').map(([name, media]) => readMediaType(reading, name, media));
}

function readMediaType(reading: Reading, name: string, node: DocumentNode): MediaType {
  const mediaType = name.toLowerCase();
  const schema = schemaOf(reading, node);
  const isJson = /^[^;]*[/+]json\s*(;|$)/.test(mediaType);
  return {
    mediaType,
    ...(schema === undefined ? {} : { schema }),
    examples: readExamples(reading, node, { schema, isJson }),
    ...readExternalExamples(reading, node),
    ...readEncodings(reading, node, { mediaType, schema }),
    extensions: extensionsOf(node),
    at: placeOf(node),
  };
}

/**
 * How the properties of a form are written (OpenAPI 3.1.1 §4.8.15), and what makes no sense there.
 */
import type { Encoding, JsonSchema } from '../../model/description.ts';
import { shapeOf } from '../../model/schema.ts';
import { suggest } from '../../suggest.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { someExtensions } from './info.ts';
import { readHeaders } from './parameters.ts';
import { entriesOf, flagOf, has, placeOf, type Reading, report, textOf } from './reading.ts';

const STYLES = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'] as const;

/** The member `encoding` of a media type that has one. */
export function readEncodings(
  reading: Reading,
  media: DocumentNode,
  { mediaType, schema }: { readonly mediaType: string; readonly schema: JsonSchema | undefined },
): { readonly encoding?: readonly Encoding[] } {
  const entries = entriesOf(media, 'encoding');
  if (entries.length === 0) return {};
  const isMultipart = mediaType.startsWith('multipart/');
  if (!isMultipart && !mediaType.startsWith('application/x-www-form-urlencoded')) {
    const message = `"encoding" has no effect for ${mediaType}: it is for multipart and application/x-www-form-urlencoded.`;
    report(reading, 'unsupported-keyword', message, { at: placeOf(childOf(media, 'encoding')), hint: 'remove it' });
  }
  return {
    encoding: entries.map(([name, node]) => {
      checkProperty(reading, name, node, schema);
      checkEffect(reading, node, isMultipart);
      return readEncoding(reading, name, node);
    }),
  };
}

function readEncoding(reading: Reading, name: string, node: DocumentNode): Encoding {
  const contentType = textOf(node, 'contentType');
  const style = STYLES.find((known) => known === textOf(node, 'style'));
  const [explode, allowReserved] = [flagOf(node, 'explode'), flagOf(node, 'allowReserved')];
  const headers = readHeaders(reading, node);
  return {
    name,
    ...(contentType === undefined ? {} : { contentType }),
    ...(style === undefined ? {} : { style }),
    ...(explode === undefined ? {} : { explode }),
    ...(allowReserved === undefined ? {} : { allowReserved }),
    ...(headers.length > 0 && { headers }),
    ...someExtensions(node),
  };
}

/** An encoding must belong to a property; with a schema that names none, nobody can tell. */
function checkProperty(reading: Reading, name: string, node: DocumentNode, schema: JsonSchema | undefined): void {
  const names = [...shapeOf(schema, reading.schemas.$defs).properties.keys()];
  if (names.length === 0 || names.includes(name)) return;
  const near = suggest(name, names);
  report(reading, 'unsupported-keyword', `The schema has no property "${name}", so that its encoding has no effect.`, {
    at: placeOf(node),
    hint: near ? `did you mean "${near}"?` : `one of ${names.join(', ')}`,
  });
}

/** `headers` are for parts only; in OpenAPI 3.0, `style` and its companions are for urlencoded bodies only. */
function checkEffect(reading: Reading, node: DocumentNode, isMultipart: boolean): void {
  const idle = isMultipart ? (reading.version === '3.0' ? ['style', 'explode', 'allowReserved'] : []) : ['headers'];
  for (const key of idle.filter((key) => has(node, key))) {
    const message = isMultipart
      ? `"${key}" has no effect for the parts of a multipart body in OpenAPI 3.0.`
      : `"${key}" has no effect: only the parts of a multipart body have headers.`;
    report(reading, 'unsupported-keyword', message, { at: placeOf(childOf(node, key)), hint: 'remove it' });
  }
}

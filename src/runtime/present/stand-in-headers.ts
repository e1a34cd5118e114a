import { sample } from '../../fake/sample.ts';
import type { Parameter } from '../../model/description.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';

/**
 * Values for declared headers that nobody fills by their meaning: those that are required, and those with an example, so
 * that clients that read them find something valid. What frames a message, or tells others how to treat it, is never
 * made up: an example's `Transfer-Encoding` would break the answer, its `max-age` would keep it for ever.
 *
 * @example standInHeaders([{ name: 'X-Rate-Limit', required: true, … }], $defs) // { 'X-Rate-Limit': '3' }
 */
export function standInHeaders(headers: readonly Parameter[], $defs: Definitions): Readonly<Record<string, string>> {
  const shown = headers.filter(
    ({ name, required, examples }) => !isOurs.test(name) && (required || examples.length > 0),
  );
  return Object.fromEntries(shown.map((header) => [header.name, standInFor(header, $defs)]));
}

/** Of the message, the connection, other origins; filled by whoever sends the answer, or by nobody. */
const isOurs =
  /^(?:content-(?:type|length|encoding|range)|transfer-encoding|te|trailer|upgrade|connection|keep-alive|proxy-.*|date|etag|last-modified|vary|allow|x-request-id|access-control-.*)$/i;

/** A live answer may change with the next write, whatever the example says. */
const uncached: ReadonlyMap<string, string> = new Map([
  ['cache-control', 'no-cache'],
  ['expires', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['age', '0'],
]);

function standInFor({ name, schema, examples: [example] }: Parameter, $defs: Definitions): string {
  const instead = uncached.get(name.toLowerCase());
  if (instead !== undefined && isFree(shapeOf(schema, $defs).schema)) return instead;
  return textOf(example ? example.value : sample(schema, $defs));
}

/** Nothing but the type is declared. */
function isFree(schema: Readonly<Record<string, unknown>>): boolean {
  return ['enum', 'const', 'pattern'].every((keyword) => schema[keyword] === undefined);
}

function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
  // Node refuses to send anything else in a header.
  return text.replace(/[^\x20-\x7e]/g, (character) =>
    encodeURIComponent(character.replace(/\p{Surrogate}/gu, '\ufffd')),
  );
}

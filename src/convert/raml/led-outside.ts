import type { JsonSchema } from '../../model/description.ts';
import { leadsOutside } from '../../model/openapi/schemas.ts';
import { isRecord } from '../../model/schema.ts';

/**
 * A schema without keywords that are none of JSON Schema and hold references: nobody followed these when the description
 * was read, and a reader of the new document would look for what they name.
 *
 * @param left told the name of each keyword that is left out
 */
export function withoutLedOutside(schema: JsonSchema, left: (keyword: string) => void): JsonSchema {
  return isRecord(schema) ? cleaned(schema, left) : schema;
}

const holdsNames: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const holdsData: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples', 'required', 'xml']);

function cleaned(schema: Readonly<Record<string, unknown>>, left: (keyword: string) => void): Record<string, unknown> {
  const members = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (leadsOutside(keyword, value)) {
      left(keyword);
      return [];
    }
    if (holdsData.has(keyword) || /^(?:x-|_|\()/.test(keyword)) return [[keyword, value]];
    if (!holdsNames.has(keyword) || !isRecord(value)) return [[keyword, inner(value, left)]];
    return [[keyword, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each, left)]))]];
  });
  return Object.fromEntries(members);
}

function inner(value: unknown, left: (keyword: string) => void): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => inner(each, left));
  return isRecord(value) ? cleaned(value, left) : value;
}

/**
 * What RAML's types say that JSON Schema has no keyword for. The readers keep it as `x-…`, and so does the document.
 */
import type { JsonSchema, Position } from '../../model/description.ts';
import { extensionName } from '../../model/openapi/extensions.ts';
import { leadsOutside } from '../../model/openapi/schemas.ts';
import { type Definitions, isRecord } from '../../model/schema.ts';
import type { Loss } from '../loss.ts';
import { isAnnotation } from './keywords.ts';

export function definitionLosses($defs: Definitions, positions: Readonly<Record<string, Position>>): readonly Loss[] {
  return Object.entries($defs).flatMap(([name, schema]) =>
    schemaLosses(schema, `#/$defs/${escaped(name)}`, (pointer) => nearest(pointer, positions)),
  );
}

/** The losses of a schema that stands in a parameter or body, all at the place of that. */
export function inlineLosses(schema: JsonSchema, at: Position): readonly Loss[] {
  return schemaLosses(schema, '', () => at);
}

type Locate = (pointer: string) => Position;

function schemaLosses(value: unknown, pointer: string, locate: Locate): readonly Loss[] {
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, index) => schemaLosses(element, `${pointer}/${index}`, locate));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([keyword, inner]) => {
    const below = `${pointer}/${escaped(keyword)}`;
    if (leadsOutside(keyword, inner)) {
      const unknown = `The keyword "${keyword}" is none of JSON Schema and holds a reference; it is left out.`;
      return [{ kind: 'lost', message: unknown, at: locate(below) } as const];
    }
    const message = messageFor(keyword, inner);
    if (message !== undefined) return [{ kind: 'changed', message, at: locate(pointer) } as const];
    if (holdsData.has(keyword) || /^(?:x-|_)/.test(keyword)) return [];
    // Names in there are the description's own: a property may be called `x-format`.
    if (!holdsNames.has(keyword) || !isRecord(inner)) return schemaLosses(inner, below, locate);
    return Object.entries(inner).flatMap(([name, schema]) => schemaLosses(schema, `${below}/${escaped(name)}`, locate));
  });
}

const holdsData: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples', 'required', 'xml']);
const holdsNames: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);

function messageFor(keyword: string, value: unknown): string | undefined {
  if (isAnnotation(keyword)) return `The annotation "${keyword}" is kept as "${extensionName(keyword)}".`;
  switch (keyword) {
    case 'x-format':
      return `The format "${String(value)}" is checked by a pattern or bounds, and kept as "x-format".`;
    case 'x-facets':
      return `The facets ${isRecord(value) ? Object.keys(value).join(', ') : ''} of RAML are kept as "x-facets".`;
    case 'x-fileTypes':
      return 'The facet "fileTypes" is kept as "x-fileTypes".';
    case 'x-discriminatorValue':
      return 'The facet "discriminatorValue" is kept as "x-discriminatorValue".';
    case 'x-pattern':
      return 'The pattern is no regular expression of ECMAScript; it is kept as "x-pattern" and not checked.';
    case 'x-xml-schema':
      return 'The XML Schema is kept as text in "x-xml-schema" and not checked.';
    default:
      return undefined;
  }
}

function nearest(pointer: string, positions: Readonly<Record<string, Position>>): Position {
  let current = pointer;
  for (;;) {
    const position = Object.hasOwn(positions, current) ? positions[current] : undefined;
    if (position) return position;
    const end = current.lastIndexOf('/');
    if (end === -1) return { file: '', line: 1, column: 1 };
    current = current.slice(0, end);
  }
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

import type { JsonSchema, Position } from '../model/description.ts';
import { escapePointer } from '../model/pointer.ts';
import { isRecord, isSchema, referenceName } from '../model/schema.ts';
import type { ApiModel } from '../model/types.ts';

/** A description, as far as schemas need it. */
export type SchemaSource = Pick<ApiModel, '$defs' | 'schemaPositions'>;

/** A schema, what it is called, and where it stands. */
export interface Located {
  readonly schema: JsonSchema;
  readonly source: SchemaSource;
  /** `Book.author.name`; of what has no name, `response 200: items[].title`. */
  readonly label: string;
  /** Its place, or that of the nearest thing around it that has one. */
  readonly at: Position;
  /** `#/$defs/Book/properties/title`; absent in schemas that have no name. */
  readonly pointer?: string;
}

/** A schema within another one: `keywords` lead there. `step` is how it is called: `.title`, `[]`. */
export function within(parent: Located, schema: JsonSchema, keywords: readonly string[], step: string): Located {
  const pointer = parent.pointer && [parent.pointer, ...keywords.map(escapePointer)].join('/');
  const at = pointer === undefined ? undefined : placeOf(parent.source, pointer);
  return {
    schema,
    source: parent.source,
    label: labelOf(parent.label, step),
    at: at ?? parent.at,
    ...(pointer !== undefined && { pointer }),
  };
}

/** Follows references until something else is said; the last name on the way is what it is called. */
export function dereferenced(located: Located): Located {
  let current = located;
  const seen = new Set<string>();
  for (;;) {
    const { schema, source } = current;
    const name = isPlainReference(schema) ? referenceName(schema) : undefined;
    if (name === undefined || seen.has(name) || !Object.hasOwn(source.$defs, name)) return current;
    seen.add(name);
    current = definitionOf(name, current);
  }
}

/** The definition of that name, seen from a schema that refers to it. */
export function definitionOf(name: string, from: Located): Located {
  const pointer = `#/$defs/${escapePointer(name)}`;
  const schema = Object.hasOwn(from.source.$defs, name) ? from.source.$defs[name] : undefined;
  return {
    schema: isSchema(schema) ? schema : true,
    source: from.source,
    label: name,
    at: placeOf(from.source, pointer) ?? from.at,
    pointer,
  };
}

function placeOf({ schemaPositions }: SchemaSource, pointer: string): Position | undefined {
  return Object.hasOwn(schemaPositions, pointer) ? schemaPositions[pointer] : undefined;
}

function isPlainReference(schema: JsonSchema): boolean {
  return isRecord(schema) && Object.keys(schema).every((keyword) => keyword === '$ref' || keyword === 'description');
}

/** `Book` and `.title` is `Book.title`; `response 200` and `.items` is `response 200: items`. */
function labelOf(parent: string, step: string): string {
  if (!/ [^:]*$/.test(parent)) return parent + step;
  return `${parent}: ${step.replace(/^\./, '')}`;
}

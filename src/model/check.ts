/**
 * Findings about a model: overrides that say nothing we know, or name what is not there. Plain data; `spec` turns it into
 * diagnostics. Operations that answer with a sample are in the report of `inspect`.
 */
import type { Extension, JsonSchema, Position } from './description.ts';
import {
  type OverridePlace,
  overrideIn,
  overrideKeys,
  overrideOf,
  pathKinds,
  saidActions,
  saidMoments,
} from './overrides.ts';
import { escapePointer } from './pointer.ts';
import { type Definitions, isRecord, isSchema } from './schema.ts';
import type { ApiModel } from './types.ts';

export interface Finding {
  readonly message: string;
  readonly hint?: string;
  readonly at: Position;
}

/** Checks a model as a whole. The findings are in the description's order. */
export function checkModel(model: ApiModel): readonly Finding[] {
  const names = new Set(model.resources.map(({ name }) => name));
  const fields = new Set(model.resources.flatMap(({ fields }) => fields.map(({ path }) => path)));
  const context: Context = { names, fields };
  return [
    ...model.paths.flatMap((item) => [
      ...inExtensions('path', item.extensions, item.at, context),
      ...item.parameters.flatMap(({ extensions, at }) => inExtensions('parameter', extensions, at, context)),
      ...item.operations.flatMap((operation) => [
        ...inExtensions('operation', operation.extensions, operation.at, context),
        ...operation.parameters.flatMap(({ extensions, at }) => inExtensions('parameter', extensions, at, context)),
      ]),
    ]),
    ...inDefinitions(model, context),
  ];
}

/** What an override may refer to. */
interface Context {
  readonly names: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

function inExtensions(
  place: OverridePlace,
  extensions: readonly Extension[],
  at: Position,
  context: Context,
): readonly Finding[] {
  const raw = overrideIn(extensions);
  return raw === undefined ? [] : inOverride(place, raw, at, context);
}

/** Schemas and their properties, one level of nesting after another; each schema object once. */
function inDefinitions(model: ApiModel, context: Context): readonly Finding[] {
  const seen = new Set<unknown>();
  const nowhere = { file: model.file, line: 1, column: 1 };
  const positionOf = (pointer: string, above: Position): Position =>
    Object.hasOwn(model.schemaPositions, pointer) ? (model.schemaPositions[pointer] ?? above) : above;
  const visit = (
    schema: JsonSchema,
    place: OverridePlace,
    pointer: string,
    above: Position,
    depth: number,
  ): readonly Finding[] => {
    if (!isRecord(schema) || seen.has(schema) || depth > 16) return [];
    seen.add(schema);
    const at = positionOf(pointer, above);
    const raw = overrideOf(schema);
    const own = raw === undefined ? [] : inSchemaOverride(place, raw, schema, at, context, model.$defs);
    const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
    return [
      ...own,
      ...properties.flatMap(([name, property]) =>
        isSchema(property)
          ? visit(property, 'property', `${pointer}/properties/${escapePointer(name)}`, at, depth + 1)
          : [],
      ),
      ...(isSchema(schema.items) ? visit(schema.items, 'schema', `${pointer}/items`, at, depth + 1) : []),
    ];
  };
  return Object.entries(model.$defs).flatMap(([name, schema]) =>
    visit(schema, 'schema', `#/$defs/${escapePointer(name)}`, nowhere, 0),
  );
}

/** The override of a schema moreover names a property of it. */
function inSchemaOverride(
  place: OverridePlace,
  raw: Raw,
  schema: Readonly<Record<string, unknown>>,
  at: Position,
  context: Context,
  definitions: Definitions,
): readonly Finding[] {
  const found = inOverride(place, raw, at, context);
  if (place !== 'schema' || typeof raw.id !== 'string' || !isRecord(schema.properties)) return found;
  const known = Object.keys(schema.properties);
  // A property may come from `allOf`; only a schema that stands alone can be judged.
  if (known.includes(raw.id) || schema.allOf !== undefined || Object.keys(definitions).length === 0) return found;
  return [...found, unknownName('id', raw.id, 'property', known, at)];
}

type Raw = Readonly<Record<string, unknown>>;

function inOverride(place: OverridePlace, raw: Raw, at: Position, context: Context): readonly Finding[] {
  const allowed: readonly string[] = overrideKeys[place];
  const unknown = Object.keys(raw)
    .filter((key) => !allowed.includes(key))
    .map(
      (key): Finding => ({
        message: `x-cartouche on a ${place} has no key "${key}".`,
        hint: suggestion(key, allowed),
        at,
      }),
    );
  return [...unknown, ...inValues(raw, at, context)];
}

function inValues(raw: Raw, at: Position, { names, fields }: Context): readonly Finding[] {
  const found: Finding[] = [];
  const among = (key: string, noun: string, known: readonly string[]) => {
    const value = raw[key];
    if (value !== undefined && !known.includes(String(value)))
      found.push(unknownName(key, String(value), noun, known, at));
  };
  among('kind', 'kind', pathKinds);
  among('action', 'action', saidActions);
  among('generate', 'way to generate ids', ['uuid', 'sequence', 'none']);
  among('scope', 'scope', ['global', 'parent']);
  among('timestamp', 'moment', saidMoments);
  among('parent', 'resource', [...names]);
  among('filter', 'field', [...fields]);
  return found;
}

function unknownName(key: string, value: string, noun: string, known: readonly string[], at: Position): Finding {
  return {
    message: `x-cartouche: ${key}: there is no ${noun} "${value}".`,
    hint: suggestion(value, known),
    at,
  };
}

/** The nearest known word, else all of them. */
function suggestion(word: string, known: readonly string[]): string {
  const lower = word.toLowerCase();
  const near = known.find((candidate) => distance(lower, candidate.toLowerCase()) <= Math.ceil(word.length / 3));
  if (near !== undefined) return `did you mean "${near}"?`;
  return known.length === 0 ? 'there is none' : `known are ${known.slice(0, 12).join(', ')}`;
}

/** Levenshtein's distance, for short words. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [position, letter] of [...left.slice(0, 40)].entries()) {
    const next = [position + 1];
    for (let column = 1; column <= right.length; column++) {
      const cost = right[column - 1] === letter ? 0 : 1;
      next.push(Math.min((next[column - 1] ?? 0) + 1, (row[column] ?? 0) + 1, (row[column - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

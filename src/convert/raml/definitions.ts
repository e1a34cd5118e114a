/**
 * All definitions as RAML types: in RAML's own words where these say the same, else as JSON Schema.
 */
import type { ApiDescription, JsonSchema } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import type { Annotations } from './annotations.ts';
import { withoutLedOutside } from './led-outside.ts';
import type { Report } from './report.ts';
import { schemaText } from './schema-text.ts';
import { typeNames } from './type-names.ts';
import type { RamlType, Typed } from './typed.ts';
import { type TypeContext, typeOf } from './types.ts';

export interface Definitions {
  /** The definitions that were written down: without what leads nowhere. */
  readonly $defs: ApiDescription['$defs'];
  readonly types: Readonly<Record<string, RamlType>>;
  readonly context: TypeContext;
}

export function definitionTypes(description: ApiDescription, annotations: Annotations, report: Report): Definitions {
  const { schemaPositions, file } = description;
  const place = (definition: string) => schemaPositions[`#/$defs/${definition}`] ?? { file, line: 1, column: 1 };
  const $defs = Object.fromEntries(
    Object.entries(description.$defs).map(([name, schema]) => [
      name,
      withoutLedOutside(schema, (keyword) => {
        const unknown = `The keyword "${keyword}" is none of JSON Schema and holds a reference; it is left out.`;
        report.lost(unknown, place(name));
      }),
    ]),
  );
  const names = typeNames(Object.keys($defs));
  const unsaid = unsaidKeywords($defs, names);
  const context: TypeContext = { names, annotations, isType: (name) => !unsaid.has(name), mayRefer: false };
  const types = Object.entries($defs).map(([definition, schema]): [string, RamlType] => {
    const at = place(definition);
    const name = names.get(definition) ?? definition;
    if (name !== definition) {
      report.changed(`The type "${definition}" is called "${name}": in RAML its name means something else.`, at);
    }
    const keyword = unsaid.get(definition);
    const xml = isRecord(schema) ? schema['x-xml-schema'] : undefined;
    if (typeof xml === 'string') return [name, { type: xml }];
    const typed = definitionType(schema, context);
    if ('type' in typed) return [name, typed.type];
    report.changed(`The type "${name}" is written as JSON Schema: RAML's own types have no "${keyword}".`, at);
    return [name, { type: schemaText(schema, $defs) }];
  });
  return { $defs, types: Object.fromEntries(types), context: { ...context, mayRefer: true } };
}

/** A list refers to what it is a list of, even to JSON Schema, so that it is known to be a list of that. */
function definitionType(schema: JsonSchema, context: TypeContext): Typed {
  const isList =
    isRecord(schema) && schema.type === 'array' && isRecord(schema.items) && schema.items.$ref !== undefined;
  return typeOf(schema, isList ? { ...context, mayRefer: true } : context);
}

/** Definitions that have to be JSON Schema, each with the keyword; those with unions of such ones too, and so on. */
function unsaidKeywords(
  $defs: Readonly<Record<string, JsonSchema>>,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const unsaid = new Map<string, string>();
  // Keys that are asked for here are asked for again when the types are written.
  const annotations: Annotations = { key: (name) => name, types: () => ({}) };
  const context: TypeContext = { names, annotations, isType: (name) => !unsaid.has(name), mayRefer: false };
  for (let before = -1; before < unsaid.size; ) {
    before = unsaid.size;
    for (const [name, schema] of Object.entries($defs)) {
      if (unsaid.has(name)) continue;
      const typed = definitionType(schema, context);
      if ('unsaid' in typed) unsaid.set(name, typed.unsaid);
    }
  }
  return unsaid;
}

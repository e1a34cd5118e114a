import type { SchemaObject } from '../../model/description.ts';

/** A type's name or expression, or a declaration with facets. */
export type RamlType = string | Readonly<Record<string, unknown>>;

/** A type, or the keyword that RAML has no words for. */
export type Typed = { readonly type: RamlType } | { readonly unsaid: string };

/** The type, if the schema has no other keywords than those; else the first one that it has. */
export function onlyWith(schema: SchemaObject, keywords: readonly string[], type: () => Typed): Typed {
  const other = Object.keys(schema).find((keyword) => !keywords.includes(keyword));
  return other === undefined ? type() : { unsaid: other };
}

/** A type as a declaration, to add facets to. */
export function facets(type: RamlType): Readonly<Record<string, unknown>> {
  return typeof type === 'string' ? { type } : type;
}

/** A type that only has a name is its name. */
export function compact(type: Readonly<Record<string, unknown>>): RamlType {
  return Object.keys(type).length === 1 && typeof type.type === 'string' ? type.type : type;
}
